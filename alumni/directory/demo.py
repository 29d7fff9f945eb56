"""Searches that the demo's alumna keeps; somebody new fits one of them."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from alumni.audiences import Audience
from alumni.directory import saving, service
from alumni.directory.models import SavedSearch, SavedSearchPerson
from alumni.directory.rules import Wish
from alumni.profiles.viewers import Viewer

ME = "alumnus"
KEPT = {
    "Speakers of Kyrgyz for the spring session": Wish(language="ky", level="b2"),
    "Кто поможет с переговорами о воде": Wish(offers="water"),
}


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let her keep two searches; she is told of the last who fitted."""
    if ME not in people:
        return
    session.flush()
    service.refresh(session, list(people.values()))
    for days, (name, wish) in zip((24, 9), KEPT.items(), strict=True):
        viewer = Viewer(people[ME], Audience.NETWORK)
        saving.save(session, viewer=viewer, name=name, wish=wish, now=now - timedelta(days=days))
    _forget_the_last(session, people[ME])
    saving.tell_of_new(session, people[ME], now - timedelta(hours=7))


def _forget_the_last(session: Session, member_id: int) -> None:
    """Let the newest of those her last search found be somebody it has not found yet."""
    last = select(func.max(SavedSearch.id)).where(SavedSearch.member_id == member_id).scalar_subquery()
    newest = select(func.max(SavedSearchPerson.member_id)).where(SavedSearchPerson.search_id == last).scalar_subquery()
    session.execute(
        delete(SavedSearchPerson).where(SavedSearchPerson.search_id == last, SavedSearchPerson.member_id == newest),
        execution_options={"synchronize_session": False},
    )
