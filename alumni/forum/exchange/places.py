"""Where topics of an old forum go: into a place that is here, or into one that is made for them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from alumni.forum.exchange import queries, rules
from alumni.forum.exchange.entries import Place
from alumni.forum.exchange.faults import CannotBeRead
from alumni.forum.exchange.people import People
from alumni.forum.exchange.rules import Wish
from alumni.forum.exchange.staging import Stage
from alumni.forum.places import circles, service
from alumni.forum.places.models import Category, Keeper
from alumni.forum.places.service import Outline

LOOKED_AT = 200
LONGEST_NAME, LONGEST_DESCRIPTION = 80, 2000


@dataclass(frozen=True, slots=True)
class Way:
    """Where the topics of an old place go: the number of a place here, or what is made for them."""

    old: Place
    category_id: int | None
    outline: Outline
    made_for: str = ""

    def __str__(self) -> str:
        where = f"“{self.outline.name}” (/forum/{self.outline.slug}/)"
        new = "" if self.category_id is not None else f", which is made for “{self.outline.readers}”"
        return f"“{self.old.name}” → {where}{new}"


def ways(session: Session, stage: Stage, wish: Wish) -> dict[str, Way]:
    """For each old place that holds topics, where these go. Raises CannotBeRead for places that are not here."""
    found: dict[str, Way] = {}
    made: set[str] = set()
    for key in _wanted(stage, wish):
        old = stage.get(Place, key) or Place(key, f"Place {key}" if key else "Without a place")
        there = _there(session, stage, wish, old)
        outline = _outline_of(there) if there is not None else _outline(session, stage, wish, old, made)
        made.add(outline.slug)
        found[key] = Way(old, there.id if there else None, outline, _made_for(wish, old))
    return found


def _wanted(stage: Stage, wish: Wish) -> list[str]:
    """Of our own exports empty places are brought in too."""
    used = stage.places_used()
    return used if not wish.ours else sorted({*used, *(each.entry.key for each in stage.all(Place))}, key=_by_number)


def _by_number(key: str) -> tuple[int, str]:
    return (len(key), key)


def _there(session: Session, stage: Stage, wish: Wish, old: Place) -> Category | None:
    slug = next((wish.into[each] for each in (old.key, old.slug, old.name) if each in wish.into), wish.everything_into)
    if slug:
        there = queries.place_with(session, slug=slug)
        if there is None:
            raise CannotBeRead(f"There is no place with the address “{slug}” in this forum.")
        return there
    if made_for := _made_for(wish, old):
        return queries.place_with(session, made_for=made_for)
    origins = [rules.topic_origin(wish.source, each) for each in stage.talks_in(old.key, LOOKED_AT)]
    before = queries.most_common_place(session, origins)
    if before is not None:
        return session.get(Category, before)
    same = queries.place_with(session, slug=rules.slug_for(old, ()))
    return same if same is not None and _alike(same, stage, wish, old) else None


def _alike(there: Category, stage: Stage, wish: Wish, old: Place) -> bool:
    """Whether a place of the same address and name is for the same people: no others are to read what was theirs."""
    names = there.name == _name(stage, old)
    return names and there.readers == _circles(wish, old)[0] and there.made_for is None


def _made_for(wish: Wish, old: Place) -> str:
    if circles.parted(old.made_for)[0] not in rules.OWN_PLACES:
        return ""
    circle = rules.circle_here(old.made_for, same_circles=wish.same_circles)
    return circle if circle == old.made_for else ""


def _circles(wish: Wish, old: Place) -> tuple[str, str, str]:
    if not wish.ours:
        circle = "staff" if old.private else wish.readers
        return circle, "members" if circle == "everyone" else circle, "members" if circle == "everyone" else circle
    readers, writers, starters = (
        rules.circle_here(each, same_circles=wish.same_circles) for each in (old.readers, old.writers, old.starters)
    )
    return readers, writers, starters


def _outline_of(there: Category) -> Outline:
    return Outline(there.slug, there.name, there.readers, there.writers, there.starters, there.description, there.place)


def _outline(session: Session, stage: Stage, wish: Wish, old: Place, made: Collection[str]) -> Outline:
    free = rules.slug_for(old, ())
    taken = {*made, *queries.slugs_like(session, free)}
    return Outline(
        rules.slug_for(old, taken),
        _name(stage, old),
        *_circles(wish, old),
        description=old.description[:LONGEST_DESCRIPTION],
        place=min(max(old.place, 0), 999),
    )


def _name(stage: Stage, old: Place) -> str:
    """Its name, behind that of the place above it."""
    above = stage.get(Place, old.above) if old.above else None
    return (f"{above.name}: {old.name}" if above is not None else old.name)[:LONGEST_NAME]


def made(session: Session, found: Mapping[str, Way], people: People, now: datetime) -> dict[str, int]:
    """The numbers of these places here; what is not there is made now."""
    return {key: way.category_id or _open(session, way, people, now) for key, way in found.items()}


def _open(session: Session, way: Way, people: People, now: datetime) -> int:
    place = service.open_place(session, way.outline, rules.moment(way.old.open_since) or now)
    place.made_for = way.made_for or None
    place.archived_at = rules.moment(way.old.archived_at)
    for member in sorted({found for each in way.old.keepers if (found := people.member(each)) is not None}):
        session.add(Keeper(category_id=place.id, member_id=member, since=now))
    session.flush()
    return place.id
