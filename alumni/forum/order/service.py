"""Making, changing and putting away places; naming those who look after them."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.markdown import render_member_text
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.forum.order import desk_queries, telling
from alumni.forum.order.refusals import AddressTaken, ChangedMeanwhile, FollowsOthers, NobodyThere, NotEmpty
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.models import Category, Keeper
from alumni.forum.places.service import Outline

RESERVED = frozenset(
    {"t", "p", "begin", "drafts", "feed", "new", "places", "search", "settings", "tags", "unread", "waiting", "watched"}
)


def make_place(session: Session, outline: Outline, by: Actor, now: datetime) -> Category:
    """Make a place; raise AddressTaken."""
    kind = outline.slug.partition("-")[0]
    if outline.slug in RESERVED or kind in {circles.COURSE, circles.COHORT, circles.GROUP}:
        raise AddressTaken
    try:
        with session.begin_nested():
            made = places.open_place(session, outline, now)
    except IntegrityError as error:
        raise AddressTaken from error
    _note(session, by, "forum.place.made", made, now)
    return made


def change_place(session: Session, place: Category, outline: Outline, version: int, by: Actor, now: datetime) -> None:
    """Say something else of a place; raise FollowsOthers or ChangedMeanwhile."""
    if place.made_for is not None:
        raise FollowsOthers
    _at(place, version)
    place.name, place.readers, place.writers, place.starters = (
        outline.name,
        outline.readers,
        outline.writers,
        outline.starters,
    )
    _describe(place, outline.description, outline.place)
    _note(session, by, "forum.place.changed", place, now)


def describe_place(
    session: Session, place: Category, description: str, where: int, version: int, by: Actor, now: datetime
) -> None:
    """Change what is said of a place that belongs to something; raise ChangedMeanwhile."""
    _at(place, version)
    _describe(place, description, where)
    _note(session, by, "forum.place.changed", place, now)


def _at(place: Category, version: int) -> None:
    if place.version != version:
        raise ChangedMeanwhile
    place.version += 1


def _describe(place: Category, description: str, where: int) -> None:
    place.description, place.description_html = description, str(render_member_text(description))
    place.place = where


def put_away(session: Session, place: Category, by: Actor, now: datetime) -> None:
    """Let nobody write there any more; twice is once."""
    if place.archived_at is None:
        place.archived_at = now
        _note(session, by, "forum.place.put_away", place, now)


def open_again(session: Session, place: Category, by: Actor, now: datetime) -> None:
    """Let people write there again; twice is once."""
    if place.archived_at is not None:
        place.archived_at, place.open_since = None, now
        _note(session, by, "forum.place.opened", place, now)


def remove_place(session: Session, place: Category, by: Actor, now: datetime) -> None:
    """Delete a place in which nothing was ever written; raise FollowsOthers or NotEmpty."""
    if place.made_for is not None:
        raise FollowsOthers
    if desk_queries.has_topics(session, place.id):
        raise NotEmpty
    _note(session, by, "forum.place.removed", place, now)
    session.delete(place)


def appoint(session: Session, place: Category, typed: str, by: Actor, now: datetime) -> Member:
    """Let a member look after a place, and tell them; twice is once. Raises NobodyThere."""
    member = desk_queries.member_called(session, typed)
    if member is None:
        raise NobodyThere
    if session.get(Keeper, (place.id, member.id)) is None:
        session.add(Keeper(category_id=place.id, member_id=member.id, since=now))
        telling.appointed(session, place, member.id, now)
        _note(session, by, "forum.keeper.named", place, now, f"member:{member.id}")
    return member


def dismiss(session: Session, place: Category, member_id: int, by: Actor, now: datetime) -> None:
    """Let a member look after a place no longer."""
    theirs = (Keeper.category_id == place.id) & (Keeper.member_id == member_id)
    if session.scalar(delete(Keeper).where(theirs).returning(Keeper.member_id)) is not None:
        _note(session, by, "forum.keeper.dismissed", place, now, f"member:{member_id}")


def _note(session: Session, by: Actor, action: str, place: Category, now: datetime, detail: str = "") -> None:
    record(session, actor=by, action=action, now=now, subject=f"forum_category:{place.id}", detail=detail)
