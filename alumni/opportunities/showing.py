"""Opportunities in words."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import url_for
from markupsafe import Markup

from academy import i18n
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.moments import city_of
from alumni.opportunities import rules
from alumni.opportunities.models import FILLED, REFUSED, WAITING, WITHDRAWN, Opportunity
from alumni.opportunities.queries import Found
from alumni.opportunities.words import KINDS, PAY, where
from alumni.profiles.topics import words_of
from alumni.profiles.words import own_names

Tone = tuple[str, str]
SOON = 7


@dataclass(frozen=True, slots=True)
class Row:
    """An opportunity in a list."""

    title: str
    organisation: str
    url: str
    facts: tuple[str, ...]
    state: Tone
    is_saved: bool
    has_fee: bool


def row(found: Found, now: datetime) -> Row:
    """An opportunity as lists show it."""
    each = found.row
    facts = (str(KINDS[each.kind]), where(each.country, remote=each.remote), str(PAY[each.pay]))
    url = url_for("opportunities.show", number=each.id)
    return Row(each.title, each.organisation, url, facts, state(each, now), found.is_saved, bool(each.fee))


def state(each: Opportunity, now: datetime) -> Tone:
    """How it stands, with the days that are left."""
    if each.removed_at or each.hidden_at:
        return _("Hidden by moderators"), "wrong"
    words = {
        WAITING: _("Waits for a moderator"),
        REFUSED: _("Not accepted"),
        WITHDRAWN: _("Withdrawn"),
        FILLED: _("Filled"),
    }
    if each.state in words:
        return words[each.state], "info" if each.state == WAITING else "plain"
    if each.closes_at <= now:
        return _("Closed"), "plain"
    if each.open_ended:
        return _("Until filled"), "plain"
    days = (each.closes_at - now).days
    left = ngettext("%(num)s day left", "%(num)s days left", days) if days else _("Last day")
    return left, "due" if days < SOON else "plain"


@dataclass(frozen=True, slots=True)
class Shown:
    """An opportunity on its page."""

    row: Opportunity
    kind: str
    terms: list[tuple[str, str | Markup]]
    text: Markup
    host: str
    state: Tone
    is_saved: bool


def shown(found: Found, now: datetime) -> Shown:
    """An opportunity as its page shows it."""
    each = found.row
    return Shown(
        each,
        str(KINDS[each.kind]),
        [(name, value) for name, value in _terms(each) if value],
        Markup(each.text_html),  # noqa: S704  rendered and sanitised when it was saved
        rules.host_of(each.source),
        state(each, now),
        found.is_saved,
    )


def _terms(each: Opportunity) -> list[tuple[str, str | Markup]]:
    return [
        (_("Offered by"), Markup('<bdi translate="no">{}</bdi>').format(each.organisation)),
        (_("Where"), where(each.country, remote=each.remote)),
        (_("Languages"), ", ".join(own_names(each.languages.split()))),
        (_("Field"), ", ".join(words_of([each.topic]))),
        (_("Pay"), str(PAY[each.pay])),
        (_("To apply costs"), Markup('<bdi translate="no">{}</bdi>').format(each.fee) if each.fee else _("Nothing")),
        (_("Last day"), _until(each)),
    ]


def _until(each: Opportunity) -> str:
    if each.open_ended:
        return _("Open until it is filled")
    day = i18n.long_date(rules.last_day(each.closes_at, each.zone))
    return _("%(day)s, until midnight in %(city)s", day=day, city=city_of(ZoneInfo(each.zone)))
