"""What somebody comes to know of a profile by searching: who is listed, by which words, by which filter."""

from collections.abc import Callable, Mapping

from academy.folding import fold
from alumni.directory import finding
from alumni.directory.cards import shown_of
from alumni.directory.forms import wish_of
from alumni.directory.rules import Wish
from alumni.graduates import queries as graduates
from alumni.profiles.viewers import viewer_of
from tests.alumni.ways import MARKS, Looking

WORDS = ("name", "town", "organisation", "skills", "story", "offers", "seeks")
FILTERS: Mapping[str, Callable[[Looking], dict[str, str]]] = {
    "country": lambda _: {"country": "FJ"},
    "languages": lambda _: {"language": "et", "level": "c1"},
    "skills": lambda _: {"skill": MARKS["skills"]},
    "offers": lambda _: {"offers": fold(MARKS["offers"])},
    "cohort": lambda looking: {"cohort": _cohort(looking)},
}
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
        cards = [each.drawn() for each in shown_of(looking.session, found) if each.row.member_id == looking.owner_id]
        seen.append({field for field in CARDS if any(MARKS[field] in str(card) for card in cards)})
    assert seen[0] == seen[1]
    return seen[0]


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
