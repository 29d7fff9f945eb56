"""How the author of a row is named to whoever asks: columns of hot statements, and what a page makes of them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from academy.i18n import gettext as _
from academy.people.models import Member
from alumni.blocks.queries import blocked_of, blockers_of
from alumni.forum.places.asking import Asker, Kind
from alumni.forum.topics.models import ForumChoice
from alumni.profiles.models import Profile
from alumni.profiles.queries import Byline, naming

Author = InstrumentedAttribute[int | None]
_Choice = aliased(ForumChoice)


def columns(kind: Kind, author: Author) -> tuple[ColumnElement[Any], ...]:
    """The columns that say who wrote a row, and whether one of the two keeps the other away."""
    name, hides, handle, _photo = naming(kind.viewer)
    me = kind.viewer.member_id
    return (
        author.label("author_id"),
        func.coalesce(name, "").label("name"),
        func.coalesce(hides, false()).label("hides"),
        func.coalesce(handle, "").label("handle"),
        func.coalesce(_Choice.searchable, false()).label("searchable"),
        _is_among(author, blockers_of(me)).label("keeps_away"),
        _is_among(author, blocked_of(me)).label("kept_away"),
    )


def _is_among(author: Author, those: Select[int]) -> ColumnElement[bool]:
    return func.coalesce(author.in_(those), false())


def joined(statement: Select[Any], author: Author) -> Select[Any]:
    """The statement with the tables that `columns` wants."""
    statement = statement.outerjoin(Member, Member.id == author)
    statement = statement.outerjoin(Profile, Profile.member_id == author)
    return statement.outerjoin(_Choice, _Choice.member_id == author)


def not_by_whoever_keeps_away(kind: Kind, author: Author) -> ColumnElement[bool]:
    """Rows whose author does not keep whoever asks away; all rows for those who keep order."""
    if kind.keeps_order:
        return true()
    return ~func.coalesce(author.in_(blockers_of(kind.viewer.member_id)), false())


def is_named_to_visitors(session: Session, member_id: int) -> bool:
    """Whether visitors read the name of this member beside what they wrote."""
    return bool(session.scalar(select(_Choice.searchable).where(_Choice.member_id == member_id)))


def byline(asker: Asker, row: Any) -> Byline:  # noqa: ANN401  a row with these columns
    """How the author of a row is named to whoever asks."""
    return named(row, visitor=asker.actor is None, mine=row.author_id == asker.member_id)


def named(row: Any, *, visitor: bool, mine: bool) -> Byline:  # noqa: ANN401  a row with these columns
    """The same, said of whoever asks: to visitors only those are named who let search engines keep what they write.

    Whoever hides everywhere is named to themselves alone: here everybody reads.
    """
    if visitor and not row.searchable:
        return Byline(0, _("A member"))
    if row.hides and not mine:
        return Byline(0, "", hides=True)
    return Byline(row.author_id or 0, row.name, row.handle)
