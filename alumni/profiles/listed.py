"""People in lists of others' making: whoever was asked or invited did nothing yet to show themselves by."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from alumni.profiles.queries import Byline, bylines, visible_among
from alumni.profiles.viewers import Viewer


def listed(session: Session, viewer: Viewer, member_ids: Collection[int]) -> dict[int, Byline]:
    """How these people are named to this viewer: by name only whose name the viewer may see (two queries)."""
    named = bylines(session, viewer, visible_among(session, viewer, member_ids))
    return {number: named.get(number) or Byline(number, _("A member")) for number in member_ids}
