"""Code that few processes need: named by its place, imported when it is first used (docs/decisions/0017)."""

from collections.abc import Callable
from importlib import import_module
from typing import Any


def loaded(place: str) -> Any:  # noqa: ANN401  whatever stands there
    """What stands at `package.module:name`; its module is imported now, if nobody did so before."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)


def later(place: str) -> Callable[..., Any]:
    """A function that does what the one at this place does, and fetches it when it is called."""

    def fetched(*values: object, **named: object) -> Any:  # noqa: ANN401
        return loaded(place)(*values, **named)

    return fetched
