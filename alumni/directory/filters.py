"""What people can be narrowed by: the directory's own filters stand in its queries, other features add theirs here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from academy.i18n import Text
from alumni.profiles.viewers import Viewer


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice among a few values, for those of the network.

    `condition` is true for the people who fit, in a query over `Profile`; it must decide by itself what this viewer
    may know: whoever is not seen with it must not be found by it. A value that is none of the choices means anybody.
    """

    name: str
    label: Text
    choices: Sequence[tuple[str, Text]]
    condition: Callable[[Session, Viewer, str], ColumnElement[bool]]


def add(new: Filter) -> None:
    """Let people be narrowed by this."""
    everything()[new.name] = new


def everything() -> dict[str, Filter]:
    """Every filter that features added, by its name."""
    filters: dict[str, Filter] = current_app.extensions.setdefault("academy.directory_filters", {})
    return filters


def chosen(values: Mapping[str, str]) -> dict[str, str]:
    """Those of these values that are choices of filters."""
    known = ((each.name, values.get(each.name, ""), dict(each.choices)) for each in everything().values())
    return {name: value for name, value, choices in known if value in choices}
