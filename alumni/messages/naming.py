"""How those whom one writes to are named."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.blocks.queries import apart_from
from alumni.messages.models import GONE, OPEN, Conversation, Message, Side
from alumni.messages.service import STAFF
from alumni.profiles.models import Profile
from alumni.profiles.queries import Byline, bylines
from alumni.profiles.viewers import Viewer, sees


def named(session: Session, actor: Actor, viewer: Viewer, member_ids: Collection[int]) -> dict[int, Byline]:
    """How these members are named to whoever asks (one query, two for staff).

    Staff may write to members by their number: that alone shows them nobody's pen name, which the member never gave.
    """
    found = bylines(session, viewer, member_ids)
    veiled = _veiled(session, viewer, member_ids) if actor.is_staff else ()
    return found | {number: Byline(number, _("A member")) for number in veiled}


def met_by(session: Session, member_id: int, others: Collection[int]) -> set[int]:
    """Those of these members whom somebody may write to and who agreed to it: they know each other's name.

    Whom staff wrote to unasked agreed to nothing until they answer.
    """
    theirs = Side.member_id == member_id, Side.other_id.in_(others), Side.box != GONE
    met = select(Side.other_id).join(Conversation, Conversation.id == Side.conversation_id)
    agreed = or_(Conversation.origin != STAFF, _wrote(Side.other_id))
    known = set(session.scalars(met.where(*theirs, Conversation.state == OPEN, agreed)))
    return known - apart_from(session, member_id, known) if known else known


def _wrote(author: ColumnElement[int] | InstrumentedAttribute[int]) -> ColumnElement[bool]:
    theirs = select(Message.id).where(Message.conversation_id == Conversation.id, Message.author_id == author)
    return theirs.correlate(Conversation, Side, Profile).exists()


def _veiled(session: Session, viewer: Viewer, member_ids: Collection[int]) -> Collection[int]:
    """Those with a pen name that the viewer does not see, and who neither wrote to them nor agreed to write."""
    theirs = Side.member_id == viewer.member_id, Side.other_id == Profile.member_id
    met = select(Side.member_id).join(Conversation, Conversation.id == Side.conversation_id)
    met = met.where(*theirs, or_(Conversation.origin != STAFF, _wrote(Profile.member_id)))
    hidden = select(Profile.member_id).join(Member, Member.id == Profile.member_id)
    return session.scalars(
        hidden.where(Profile.member_id.in_(member_ids), Profile.pen_name != "", ~sees(viewer), ~met.exists())
    ).all()
