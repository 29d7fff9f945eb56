"""What somebody comes to know of a profile by searching: who is listed, by which words, by which filter."""

from collections.abc import Callable, Mapping
from functools import partial
from urllib.parse import urlencode

from sqlalchemy import delete, select

from academy import clock
from academy.folding import fold
from academy.notices.models import Notice
from alumni.directory import finding, saving
from alumni.directory.cards import card_of
from alumni.directory.forms import wish_of
from alumni.directory.models import SavedSearch
from alumni.directory.rules import Wish
from alumni.graduates import queries as graduates
from alumni.profiles.viewers import is_of_the_network, viewer_of
from tests.alumni.ways import MARKS, Looking
from tests.makers import LONG_AGO

WORDS = ("name", "town", "organisation", "skills", "story", "offers", "seeks")
FILTERS: Mapping[str, Callable[[Looking], dict[str, str]]] = {
    "country": lambda _: {"country": "FJ"},
    "languages": lambda _: {"language": "et", "level": "c1"},
    "skills": lambda _: {"skill": MARKS["skills"]},
    "offers": lambda _: {"offers": fold(MARKS["offers"])},
    "cohort": lambda looking: {"cohort": _cohort(looking)},
}


def _words_of(field: str, _looking: Looking) -> dict[str, str]:
    return {"q": MARKS[field]}


NOTICED: Mapping[str, Callable[[Looking], dict[str, str]]] = {
    **{field: partial(_words_of, field) for field in WORDS},
    **FILTERS,
}
"""A search that finds whoever shows this field, by its words or by a filter."""
CARDS = ("name", "photo", "cohort", "country", "town", "languages", "field", "organisation", "skills", "offers")


def _cohort(looking: Looking) -> str:
    return graduates.cohorts_of(looking.session, [looking.owner_id])[looking.owner_id][0].key


def finds(looking: Looking, wish: Wish) -> bool:
    """Whether the owner is among those who are found."""
    viewer = viewer_of(looking.session, looking.actor)
    found = finding.people(looking.session, viewer, wish)
    return looking.owner_id in {row.member_id for row in found.people}


def _is_owner(looking: Looking) -> bool:
    # Members find themselves only by what others find them by; another test says so.
    return looking.actor is not None and looking.actor.id == looking.owner_id


def by_card(looking: Looking) -> set[str]:
    """The list itself, in both orders: what a card in it says."""
    if _is_owner(looking):
        return set(CARDS)
    viewer, seen = viewer_of(looking.session, looking.actor), list[set[str]]()
    for sort in ("name", "newest"):
        found = finding.people(looking.session, viewer, Wish(sort=sort)).people
        cards = [card_of(each) for each in found if each.member_id == looking.owner_id]
        seen.append({field for field in CARDS if any(MARKS[field] in str(card) for card in cards)})
    assert seen[0] == seen[1]
    return seen[0]


def by_notice(looking: Looking) -> set[str]:
    """What the watcher of a kept search is told: there is a search for each field, and nobody fitted it before."""
    actor = looking.actor
    if actor is None or _is_owner(looking) or not is_of_the_network(actor):
        return (by_words(looking) | by_filter(looking)) & NOTICED.keys()  # they keep no searches
    with looking.app.extensions["academy.database"].writing() as session:
        names = list(NOTICED)
        for start in range(0, len(names), saving.MOST_TOLD):
            for name in names[start : start + saving.MOST_TOLD]:
                said = urlencode(NOTICED[name](looking))
                session.add(SavedSearch(member_id=actor.id, name=name, said=said, created_at=LONG_AGO))
            session.flush()
            saving.tell_of_new(session, actor.id, clock.now())
            session.execute(delete(SavedSearch))
        told = session.scalars(select(Notice.values).where(Notice.member_id == actor.id, Notice.kind == saving.KIND))
        fields = {str(values["search"]) for values in told}
        session.rollback()
    return fields


def by_words(looking: Looking) -> set[str]:
    """A search by the very words of a field, alone and together with a filter that everybody fits."""
    if _is_owner(looking):
        return set(WORDS)
    return {field for field in WORDS if finds(looking, wish_of({"q": MARKS[field], "sort": "newest"}))}


def by_filter(looking: Looking) -> set[str]:
    """A filter by the value of a field, alone and together with the name."""
    if _is_owner(looking):
        return set(FILTERS)
    alone = {field for field, asked in FILTERS.items() if finds(looking, wish_of(asked(looking)))}
    named = {
        field for field, asked in FILTERS.items() if finds(looking, wish_of({**asked(looking), "q": MARKS["name"]}))
    }
    assert alone == named
    return alone
