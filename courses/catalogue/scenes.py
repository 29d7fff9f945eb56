"""Scenarios as plain, frozen data: scenes, and the choices that lead from one to another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Span = tuple[int, int]
DEBRIEF = "debrief"
"""The scene with this id is no step of the story: it stands below every end of it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way out of a scene, named by the scene it leads to; the consequence is told to whoever took it.

    `span` is its place in the text of the lesson.
    """

    target: str
    text: str
    consequence: str
    span: Span = field(compare=False)


@dataclass(frozen=True, slots=True)
class Scene:
    """What happens at one point of the story; without choices it is an end.

    `heading` and `span` are the places of its heading and of its text in the text of the lesson.
    """

    id: str
    title: str
    choices: tuple[Choice, ...]
    heading: Span = field(compare=False)
    span: Span = field(compare=False)
    line: int = field(compare=False)

    @property
    def targets(self) -> tuple[str, ...]:
        """The scenes that its choices lead to."""
        return tuple(choice.target for choice in self.choices)


def introduction_of(body: str, scenes: Sequence[Scene]) -> Span:
    """The place of what stands above the first scene; all of it where there are none."""
    return (0, scenes[0].heading[0] if scenes else len(body))


def story(scenes: Sequence[Scene]) -> dict[str, Scene]:
    """The scenes of the story by their ids, in the order of the file; the first of them is where it begins."""
    return {scene.id: scene for scene in scenes if scene.id != DEBRIEF}


def reached_from(start: str, ways: Mapping[str, Sequence[str]]) -> set[str]:
    """All that is reached from one point by these ways, itself included."""
    found, waiting = {start}, [start]
    while waiting:
        new = [each for each in ways.get(waiting.pop(), ()) if each not in found]
        found.update(new)
        waiting += new
    return found


def that_end(scenes: Mapping[str, Scene]) -> set[str]:
    """The scenes from which some way leads to an end."""
    back: dict[str, list[str]] = {}
    for scene in scenes.values():
        for target in scene.targets:
            back.setdefault(target, []).append(scene.id)
    ends = [scene.id for scene in scenes.values() if not scene.choices]
    return {each for end in ends for each in reached_from(end, back)}
