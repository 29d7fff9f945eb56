"""Walking through a scenario. Pure: no database, no web."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from courses.catalogue.scenes import Choice, Scene

MOST_STEPS = 300
FEW = 5
Scenes = Mapping[str, Scene]


@dataclass(frozen=True, slots=True)
class Step:
    """A scene that lies behind, and what was chosen there."""

    scene: Scene
    choice: Choice


@dataclass(frozen=True, slots=True)
class Walk:
    """A way through a scenario: the steps behind, the scene at hand, whether the way was longer before a change."""

    steps: tuple[Step, ...]
    here: Scene
    cut: bool = False

    @property
    def ended(self) -> bool:
        """Whether the story is over here."""
        return not self.here.choices

    @property
    def path(self) -> tuple[str, ...]:
        """The scenes from the first to the one at hand."""
        return (*(step.scene.id for step in self.steps), self.here.id)


def walk(scenes: Scenes, path: Sequence[str]) -> Walk:
    """The way that a path names, as far as the scenario still goes so; an empty path is the beginning."""
    here, steps = next(iter(scenes.values())), list[Step]()
    if path and path[0] != here.id:
        return Walk((), here, cut=True)
    for target in path[1:]:
        choice = next((each for each in here.choices if each.target == target), None)
        if choice is None:
            return Walk(tuple(steps), here, cut=True)
        steps.append(Step(here, choice))
        here = scenes[target]
    return Walk(tuple(steps), here)


def is_taken(way: Walk, place: int, target: str) -> bool:
    """Whether exactly this was chosen at this place already: a second click, or the same in another window."""
    return way.path[place + 1 : place + 2] == (target,)


def may_choose(way: Walk, place: int, target: str) -> bool:
    """Whether somebody stands at this place and can go there from it."""
    return place == len(way.steps) < MOST_STEPS and target in way.here.targets


def back(way: Walk, place: int) -> tuple[str, ...]:
    """The path to the scene at this place; the beginning when there is no such place."""
    return way.path[: place + 1] if 0 <= place < len(way.path) else way.path[:1]


def shown(count: int) -> int | None:
    """How many chose something, as far as it may be told: a few could be recognised."""
    return count if count > FEW else None
