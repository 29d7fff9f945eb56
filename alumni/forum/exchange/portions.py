"""Topics and posts in portions, each of which is one short transaction."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from alumni.forum.exchange.entries import Said, Talk
from alumni.forum.exchange.staging import Stage, Staged

SOME = 100
"""So many posts at a time: nobody else who writes waits for longer than a moment."""


@dataclass(frozen=True, slots=True)
class Portion:
    """Some posts of a topic, in their order."""

    where: str
    talk: Talk
    posts: list[Staged] = field(default_factory=list)


def portions(stage: Stage) -> Iterator[list[Portion]]:
    """Everything, the oldest topics first."""
    held: list[Portion] = []
    size = 0
    for staged in stage.talks():
        held.append(Portion(staged.where, staged.entry))
        for each in stage.said_in(staged.entry.key):
            held[-1].posts.append(each)
            size += 1
            if size >= SOME:
                yield held
                held, size = [Portion(staged.where, staged.entry)], 0
        size += 1
    if held:
        yield held


def said_of(portion: Portion) -> list[Said]:
    """Its posts."""
    return [each.entry for each in portion.posts]
