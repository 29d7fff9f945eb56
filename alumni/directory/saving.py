"""Searches that members keep, and the notice when somebody new fits."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, exists, insert, or_, select
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices import service as notices
from academy.people.actor import ADMIN, MODERATOR
from academy.people.models import ACTIVE, Member, RoleGrant
from alumni.audiences import Audience
from alumni.directory.finding import those_who_fit
from alumni.directory.forms import wish_of
from alumni.directory.models import SavedSearch, SavedSearchPerson
from alumni.directory.rules import Wish
from alumni.graduates import queries as graduates
from alumni.profiles.viewers import Viewer

KIND = "directory.found"
MOST_SEARCHES, MOST_PEOPLE, MOST_TOLD = 10, 200, 3


class TooManySearches(DomainError):
    """A member keeps so many searches that another would drown the rest."""

    status = 422
    sentence = _l("You keep ten searches already. Remove one first.")


class FindsTooMany(DomainError):
    """A search finds so many people that news of it would say nothing."""

    status = 422
    sentence = _l("This search finds more than 200 people. Narrow it, so that a notice tells you something.")


def searches_of(session: Session, member_id: int) -> Sequence[SavedSearch]:
    """The searches a member keeps, the latest first."""
    return session.scalars(
        select(SavedSearch).where(SavedSearch.member_id == member_id).order_by(SavedSearch.id.desc())
    ).all()


def wish_in(search: SavedSearch) -> Wish:
    """Whom a kept search looks for."""
    return wish_of(dict(parse_qsl(search.said)))


def save(session: Session, *, viewer: Viewer, name: str, wish: Wish, now: datetime) -> None:
    """Keep a search; whoever fits now is no news. Raises TooManySearches or FindsTooMany."""
    member_id = viewer.member_id or 0
    if len(searches_of(session, member_id)) >= MOST_SEARCHES:
        raise TooManySearches
    fitting = those_who_fit(session, viewer, wish, most=MOST_PEOPLE + 1)
    if len(fitting) > MOST_PEOPLE:
        raise FindsTooMany
    search = SavedSearch(member_id=member_id, name=name, said=urlencode(wish.address), created_at=now)
    session.add(search)
    session.flush()
    _know(session, search.id, fitting)


def remove(session: Session, *, member_id: int, number: int) -> None:
    """Keep a search no longer; to do it twice changes nothing."""
    mine = select(SavedSearch.id).where(SavedSearch.id == number, SavedSearch.member_id == member_id)
    session.execute(delete(SavedSearchPerson).where(SavedSearchPerson.search_id.in_(mine)))
    session.execute(delete(SavedSearch).where(SavedSearch.id == number, SavedSearch.member_id == member_id))


def tell_of_new(session: Session, member_id: int, now: datetime) -> None:
    """Tell one member of the new people their searches find, of at most three searches at a time."""
    viewer = Viewer(member_id, Audience.NETWORK, graduates.keys_of(session, member_id))
    told = 0
    for search in searches_of(session, member_id):
        new = those_who_fit(session, viewer, wish_in(search), most=MOST_PEOPLE) - _known(session, search.id)
        new.discard(member_id)
        if new and told < MOST_TOLD:
            told += 1
            _know(session, search.id, new)
            url = f"/alumni/?{search.said}"
            values = {"search": search.name, "num": len(new)}
            notices.tell(session, member_ids=[member_id], kind=KIND, values=values, url=url, now=now)


def searchers(session: Session) -> Sequence[int]:
    """The members of the network who keep searches."""
    looks_after = exists().where(RoleGrant.member_id == Member.id, RoleGrant.role.in_((MODERATOR, ADMIN)))
    belongs = or_(Member.alumnus_since.is_not(None), looks_after)
    keeps = Member.id.in_(select(SavedSearch.member_id))
    return session.scalars(select(Member.id).where(Member.state == ACTIVE, belongs, keeps).order_by(Member.id)).all()


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """The searches a member keeps, for their export."""
    return {"searches": [{"name": each.name, "said": each.said} for each in searches_of(session, member_id)]}


def forget(session: Session, member_id: int) -> None:
    """Erase the searches of a member, and that others' searches found them."""
    for search in searches_of(session, member_id):
        remove(session, member_id=member_id, number=search.id)
    session.execute(delete(SavedSearchPerson).where(SavedSearchPerson.member_id == member_id))


def _known(session: Session, number: int) -> set[int]:
    return set(session.scalars(select(SavedSearchPerson.member_id).where(SavedSearchPerson.search_id == number)))


def _know(session: Session, number: int, people: Collection[int]) -> None:
    if people:
        session.execute(insert(SavedSearchPerson), [{"search_id": number, "member_id": each} for each in people])
