"""The poll of a topic as its page shows it."""

from dataclasses import dataclass

from academy import clock, db
from alumni.forum.polls import queries, rules
from alumni.forum.polls.queries import Asking
from alumni.forum.views.blueprint import Found
from alumni.profiles.queries import Byline, bylines

MOST_NAMED = 20
"""So many of those who chose an option are named under it."""


@dataclass(frozen=True, slots=True)
class Result:
    """An option of a poll as the page shows it; `share` is the part of all voters in per cent."""

    id: int
    words: str
    votes: int
    share: int
    mine: bool
    by: list[Byline]


@dataclass(frozen=True, slots=True)
class Poll:
    """A poll as the page of its topic shows it."""

    asking: Asking
    options: list[Result]
    over: bool
    results: bool
    may_vote: bool
    may_change: bool


def poll_on(found: Found) -> Poll | None:
    """The poll of a topic (one query; two more where it shows who chose what)."""
    if not found.thread.has_poll:
        return None
    now, me = clock.now(), found.asker.member_id
    asking = queries.poll_of(db.session, found.thread.id, me)
    if asking is None:
        return None
    over = rules.is_over(asking.ends_at, now)
    results = rules.shows_results(
        secret=asking.secret, ends_at=asking.ends_at, voted=asking.voted, voters=asking.voters, now=now
    )
    votes = found.rights.reply and not over
    return Poll(
        asking,
        _results(found, asking, results=results),
        over,
        results,
        may_vote=votes and not asking.voted,
        may_change=votes and asking.voted and rules.may_change(secret=asking.secret, ends_at=asking.ends_at, now=now),
    )


def _results(found: Found, asking: Asking, *, results: bool) -> list[Result]:
    named = results and not asking.secret and not found.thread.behind_doors and found.asker.actor is not None
    chose = queries.choosers_of(db.session, [each.id for each in asking.options], MOST_NAMED) if named else {}
    people = (
        bylines(db.session, found.asker.viewer, {each for some in chose.values() for each in some}) if chose else {}
    )
    return [
        Result(
            id=each.id,
            words=each.words,
            votes=each.votes if results else 0,
            share=round(100 * each.votes / max(asking.voters, 1)) if results else 0,
            mine=each.mine,
            by=[people[number] for number in chose.get(each.id, [])],
        )
        for each in asking.options
    ]
