"""What members are told about groups. Of a hidden group no notice and no letter says the name."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.notices import kinds
from academy.notices.kinds import Kind, Values
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from alumni.groups.models import Entry, Group

ABOUT, CARE = "groups", "group_care"
LIST = "/alumni/groups/"

_WORDS: dict[str, tuple[Text, Text]] = {
    "accepted": (_l("You are in the group “%(group)s” now."), _l("You are in a group now.")),
    "refused": (
        _l("Your request to join “%(group)s” was not accepted. %(words)s"),
        _l("Your request to join a group was not accepted. %(words)s"),
    ),
    "removed": (
        _l("You were taken out of the group “%(group)s”. The reason given: %(words)s"),
        _l("You were taken out of a group. The reason given: %(words)s"),
    ),
    "invited": (_l("You are invited to the group “%(group)s”."), _l("You are invited to a group.")),
    "opened": (_l("The group you proposed is open: “%(group)s”."), _l("The group you proposed is open.")),
    "declined": (
        _l("The group you proposed, “%(group)s”, was not opened. %(words)s"),
        _l("The group you proposed was not opened. %(words)s"),
    ),
    "convener": (_l("You look after the group “%(group)s” now."), _l("You look after a group now.")),
    "relieved": (
        _l("You look after the group “%(group)s” no longer. The reason given: %(words)s"),
        _l("You look after one of your groups no longer. The reason given: %(words)s"),
    ),
    "alone": (
        _l("Nobody looks after the group “%(group)s” any more. Would you?"),
        _l("Nobody looks after a group of yours any more. Would you?"),
    ),
    "asked": (_l("Somebody asks to join “%(group)s”."), _l("Somebody asks to join a group you look after.")),
}


def init_app() -> None:
    """Register what is told."""
    kinds.add(Kind(ABOUT, _l("Your groups: invitations, answers, changes"), _sentence))
    kinds.add(Kind(CARE, _l("Groups you look after: who asks to join"), _sentence, mail=AT_ONCE))


def _sentence(values: Values) -> str:
    named, nameless = _WORDS[str(values["what"])]
    return (str(named if values["group"] else nameless) % values).strip()


def about(
    session: Session, *, group: Group, what: str, to: Collection[int], now: datetime, words: str = "", url: str = ""
) -> None:
    """Tell these members what happened; `words` were written for them, `url` leads to the group unless given."""
    named = "" if group.entry == Entry.HIDDEN else group.name
    tell(
        session,
        member_ids=to,
        kind=CARE if what == "asked" else ABOUT,
        values={"what": what, "group": named, "words": words},
        url=url or f"{LIST}{group.key}",
        now=now,
    )
