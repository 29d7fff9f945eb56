"""Times on pages: told in the reader's zone, named where something depends on it, and in UTC for machines."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask import Flask, current_app
from markupsafe import Markup

from academy import zones
from academy.i18n import clock_time, current_code, current_locale, date_and_time, long_date
from academy.i18n import gettext as _
from academy.kept import keep

MOST_KEPT = 1000
Told = dict[tuple[datetime, str, str], Markup]


def init_app(app: Flask) -> None:
    """Let templates tell times."""
    app.jinja_env.globals["zone_name"] = zone_name
    app.jinja_env.filters.update(
        home_date=lambda moment: long_date(zones.home_day(moment)),
        clock=lambda moment: _for_machines_too(moment, clock_time(moment)),
        datetime=lambda moment: _for_machines_too(moment, date_and_time(moment)),
    )


def teller() -> Callable[[datetime], Markup]:
    """What tells days with their clock times, as the filter `datetime` does: for pages that tell many.

    What it told before it remembers: posts are read many times, and to put one moment into words costs as much as the
    rest of a line.
    """
    kept: Told = current_app.extensions.setdefault("academy.moments_told", {})
    spoken, zone = current_code(), zones.current().key

    def told(moment: datetime) -> Markup:
        name = (moment, spoken, zone)
        found = kept.get(name)
        return keep(kept, name, _for_machines_too(moment, date_and_time(moment)), MOST_KEPT) if found is None else found

    return told


def zone_name() -> str:
    """The reader's time zone in words, for times on which something depends."""
    zone = zones.current()
    return "UTC" if zone.key == "UTC" else _("%(city)s time", city=city_of(zone))


def city_of(zone: ZoneInfo) -> str:
    """The city a time zone is named after, as the reader writes it."""
    return "UTC" if zone.key == "UTC" else get_timezone_location(zone, locale=current_locale(), return_city=True)


def _for_machines_too(moment: datetime, words: str) -> Markup:
    """The words of a moment as an element that carries the moment itself, in UTC."""
    return Markup('<time datetime="{}">{}</time>').format(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}", words)
