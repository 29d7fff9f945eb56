"""Whose certificates a page of the register is about, out of its address; and each person on it in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.web.forms import tidy_line
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.certificates import rules, service, wording
from courses.certificates.refusals import NameMissing, TakenAway
from courses.certificates.register_queries import Show, Wanted
from courses.certificates.rules import Candidate
from courses.certificates.service import Award
from courses.progress.rules import Tier

LARGEST_ID = 2**62
MOST_DIGITS = 19
LONGEST_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Scope:
    """A course and who of it; `after` is where the page begins."""

    live: LiveCourse
    wanted: Wanted
    after: int

    @property
    def tier(self) -> Tier:
        """The certificate that is looked at."""
        return self.wanted.tier

    def url(self, endpoint: str, **more: Any) -> str:  # noqa: ANN401  values of an address
        """The address of a page about the same people; where the list begins is said anew."""
        wanted = self.wanted
        same = {"tier": wanted.tier.value, "cohort": wanted.cohort_id, "q": wanted.words or None}
        place = {"slug": self.live.slug} if "slug" in more else {"course": self.live.slug}
        return url_for(endpoint, **{**place, **same, "show": wanted.show.value or None, **more})


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the register: the cohort and, when something keeps them back, exactly what."""

    candidate: Candidate
    facts: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    may_be_excepted: bool = False


def giving() -> Mapping[str, LiveCourse]:
    """The published courses that give certificates."""
    with db.glance() as session:
        found = library.live_courses(session)
    return {slug: live for slug, live in found.items() if rules.tiers_of(live.course)}


def scope_of(courses: Mapping[str, LiveCourse], *, chosen: str, exactly: bool = False) -> Scope:
    """What the address asks for; without a course of this slug the first one, or NotFound."""
    if chosen not in courses and (exactly or not courses):
        raise NotFound
    live = courses.get(chosen) or next(iter(courses.values()))
    tiers, shows = rules.tiers_of(live.course), {each.value: each for each in Show}
    wanted = Wanted(
        live.slug,
        next((tier for tier in tiers if tier == request.args.get("tier")), Tier.COMPLETION),
        number("cohort") or None,
        tidy_line(request.args.get("q", "")[:LONGEST_SEARCH]) or "",
        shows.get(request.args.get("show", ""), Show.ALL),
    )
    return Scope(live, wanted, number("after"))


def number(name: str) -> int:
    """A whole number out of the address that a column could hold; else 0."""
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0


def title_of(scope: Scope) -> str:
    """Which certificate of which course."""
    name = scope.live.course.text(*i18n.reading_order(i18n.current_code())).title
    return _("%(tier)s: %(course)s", tier=str(wording.TIERS[scope.tier]), course=name)


def lines_of(candidates: list[Candidate], scope: Scope, *, named: bool = True) -> list[Line]:
    """These people in words; `named`: with the names as they would be printed, which only admins see."""
    service.look_at_names(candidates)
    return [line_of(each, scope, named=named) for each in candidates]


def line_of(candidate: Candidate, scope: Scope, *, named: bool = True) -> Line:
    """One person in words."""
    told = _facts(candidate, named=named)
    if candidate.certificate is not None:
        return Line(candidate, told)
    left = tuple(wording.line_left(item) for item in rules.lines_left(candidate.checklist, scope.tier))
    if candidate.needs_exception(scope.tier):
        taken = (str(TakenAway.sentence),) if candidate.withdrawn else ()
        nameless = () if candidate.legal_name else (str(NameMissing.sentence),)
        return Line(candidate, told, (*left, *taken, *nameless), may_be_excepted=not nameless)
    other = service.obstacle(candidate, Award(scope.live, scope.tier, None, clock.now()))
    return Line(candidate, told, (str(other),) if other else ())


def _facts(candidate: Candidate, *, named: bool) -> tuple[str, ...]:
    cohort = candidate.cohort.name if candidate.cohort else ""
    waits = candidate.legal_name and candidate.certificate is None
    checked = (_("name checked") if candidate.confirmed else _("name not checked yet")) if waits else ""
    names = (candidate.legal_name, candidate.second_name) if named else ()
    return tuple(fact for fact in (*names, cohort, checked) if fact)
