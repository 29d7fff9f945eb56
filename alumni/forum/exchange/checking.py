"""Looking at everything that was read before any of it is brought in: what does not fit together, what will change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from alumni.forum.exchange import drawing, enclosures, queries, rules
from alumni.forum.exchange.entries import Place, Said, Talk
from alumni.forum.exchange.people import People
from alumni.forum.exchange.portions import Portion, portions
from alumni.forum.exchange.reading import Desk
from alumni.forum.exchange.rules import Wish
from alumni.forum.exchange.staging import Staged
from alumni.forum.exchange.wording import Lookups, Reference
from alumni.forum.order import moving
from alumni.forum.places import circles
from alumni.forum.topics.rules import LONGEST_TITLE

DEEDS = frozenset(
    {
        moving.CLOSED,
        moving.OPENED,
        moving.PINNED,
        moving.UNPINNED,
        moving.ANNOUNCED,
        moving.MOVED,
        moving.SPLIT_OFF,
        moving.CAME_FROM,
        moving.MERGED,
    }
)


@dataclass(slots=True)
class Counted:
    """What there is: topics and posts in all and those that are new here, and how many of these are by members.

    `same_site`: they were written here. `latest` is the topic that was looked at last.
    """

    topics: int = 0
    posts: int = 0
    new_topics: int = 0
    new_posts: int = 0
    by_known: int = 0
    same_site: bool = False
    latest: str = ""


def sort_out(desk: Desk, wish: Wish) -> None:
    """Leave out what does not fit together, and say so."""
    _drop(desk, Talk, desk.stage.all(Talk), lambda talk: _unfit(desk, talk, wish))
    _drop(desk, Said, desk.stage.homeless(), lambda said: _homeless(desk, said))
    if wish.ours:
        _drop(desk, Said, desk.stage.all(Said), _unknown_line)
    _drop(desk, Talk, desk.stage.empty(), lambda talk: "" if talk.merged_into else f"“{talk.title[:60]}” has no posts.")


ASIDE = "aside"
"""Why posts are left out that belong to what is no part of a forum: that was said once, of their topic."""
T = TypeVar("T", Talk, Said)


def _drop(desk: Desk, kind: type[T], staged: Iterable[Staged], reason_of: Callable[[T], str]) -> None:
    """Leave out those of these entries for which there is a reason."""
    found = [(each.where, each.entry.key, reason) for each in staged if (reason := reason_of(each.entry))]
    for where, key, reason in found:
        if reason != ASIDE:
            desk.faults.leave_out(where, reason)
        desk.stage.drop(kind, key)


def _homeless(desk: Desk, said: Said) -> str:
    return ASIDE if said.talk in desk.aside else f"belongs to topic {said.talk}, which is not brought in."


def _unknown_line(said: Said) -> str:
    return f"is a line of a kind that there is not: “{said.deed[:32]}”." if said.deed and said.deed not in DEEDS else ""


def _unfit(desk: Desk, talk: Talk, wish: Wish) -> str:
    ends = rules.moment(talk.ends_at)
    if talk.behind_doors and (ends is None or ends <= desk.now):
        return "is a conversation behind closed doors whose day has come."
    place = desk.stage.get(Place, talk.place)
    readers = rules.circle_here(place.readers, same_circles=wish.same_circles) if place is not None else ""
    others = place is None or readers != place.readers or wish.into or wish.everything_into
    if talk.behind_doors and (others or readers == circles.EVERYONE):
        return "is a conversation behind closed doors, and goes only to a place for the same people, not open to all."
    return ""


def posts_in(desk: Desk) -> int:
    """How many posts there are."""
    return desk.stage.count(Said)


def look(session: Session, desk: Desk, people: People, wish: Wish, tick: Callable[[int], None]) -> Counted:
    """Count what there is, and say of each entry what it will be other than it was."""
    counted = Counted()
    for some in portions(desk.stage):
        _look_at(session, desk, people, wish, some, counted)
        tick(sum(len(each.posts) for each in some))
    return counted


def _look_at(session: Session, desk: Desk, people: People, wish: Wish, some: list[Portion], counted: Counted) -> None:
    origins = [rules.topic_origin(wish.source, each.talk) for each in some]
    known_topics = queries.topics_from(session, origins)
    said = [each for portion in some for each in portion.posts]
    known_posts = queries.posts_from(session, [rules.post_origin(wish.source, each.entry) for each in said])
    if wish.ours:
        counted.same_site = counted.same_site or _is_from_here(session, [each.talk for each in some])
    for portion, origin in zip(some, origins, strict=True):
        if origin != counted.latest:  # portions of a topic follow each other
            counted.topics += 1
            counted.new_topics += origin not in known_topics
            _look_at_title(desk, portion)
            counted.latest = origin
    counted.posts += len(said)
    for each in said:
        if rules.post_origin(wish.source, each.entry) not in known_posts:
            counted.new_posts += 1
            counted.by_known += people.member(each.entry.author) is not None
            _look_at_post(desk, people, each.where, each.entry)


def _is_from_here(session: Session, talks: list[Talk]) -> bool:
    """Whether one of these topics stands here as it was written here."""
    began = {int(each.key): rules.moment(each.begun_at) for each in talks if not each.origin}
    here = queries.begun_at(session, list(began))
    return any(here[number] == at for number, at in began.items() if number in here)


def _look_at_title(desk: Desk, portion: Portion) -> None:
    if len(portion.talk.title) > LONGEST_TITLE:
        desk.faults.remark(
            portion.where, f"has a title of {len(portion.talk.title)} letters; {LONGEST_TITLE} are kept."
        )


def _look_at_post(desk: Desk, people: People, where: str, said: Said) -> None:
    lookups = blind(desk, people, said)
    drawing.drawn(said, lookups)
    files = enclosures.wanted(said, lookups)
    for name in lookups.missing:
        desk.faults.remark(where, f"shows a file that is not in the folder: “{name[:80]}”. Its name stays.")
    if files and people.member(said.author) is None:
        desk.faults.remark(where, "has files, but its author is nobody here to keep them for. Their names stay.")


def blind(desk: Desk, people: People, said: Said) -> Lookups:
    """Lookups for a look at a post that is not brought in yet: every post it names counts as found."""
    return Lookups(
        handle_of=people.handle,
        post_of=lambda _key, _talk, number: Reference(0, number),
        has_file=lambda word: enclosures.held(desk.folder, said, word),
    )
