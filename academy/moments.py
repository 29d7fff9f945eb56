<<<<<<< Updated upstream
"""Times on pages: told in the reader's zone, named where something depends on it, and in UTC for machines."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from flask import Flask
from markupsafe import Markup

from academy import zones
from academy.i18n import clock_time, current_locale, date_and_time, long_date
from academy.i18n import gettext as _


def init_app(app: Flask) -> None:
    """Let templates tell times."""
    app.jinja_env.globals["zone_name"] = zone_name
    app.jinja_env.filters.update(
        home_date=lambda moment: long_date(zones.home_day(moment)),
        clock=lambda moment: _for_machines_too(moment, clock_time(moment)),
        datetime=lambda moment: _for_machines_too(moment, date_and_time(moment)),
    )


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
=======
"""Moments as both databases keep them."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect
from sqlalchemy.types import TypeDecorator


class UtcMoment(TypeDecorator[datetime]):
    """An instant: aware datetimes go in, aware UTC datetimes come out, on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; SQLite keeps the UTC wall time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment must know its time zone.")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back to what SQLite returned without one."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
>>>>>>> Stashed changes
