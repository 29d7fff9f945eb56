"""The register of those who run the place: who is ready, who is short and why, who has one."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins, require, reveal, trainers
from courses.catalogue.library import LiveCourse
from courses.catalogue.staff import is_staff_of, owns
from courses.certificates import queries, register_queries, register_words, rules, wording
from courses.certificates.codes import read_code
from courses.certificates.forms import IssueForm, WhoForm
from courses.certificates.register_queries import Show
from courses.certificates.views.blueprint import INVALID, bp, page
from courses.certificates.views.scope import Line, Scope, giving, lines_of, scope_of, title_of
from courses.cohorts.queries import cohorts


@bp.get("/admin/certificates/")
@admins
def register() -> ResponseReturnValue:
    """Who is ready for a certificate, who is short and exactly why, who has one."""
    if code := read_code(request.args.get("q", "")):
        return redirect(url_for("certificates.record", code=code), code=303)
    courses = giving()
    if not courses:
        return page("register_empty")
    return register_page(courses, scope_of(courses, chosen=request.args.get("course", "")), IssueForm())


def register_page(courses: Mapping[str, LiveCourse], scope: Scope, form: IssueForm) -> ResponseReturnValue:
    """The register, and the form that issues from it."""
    ids = _ids(scope)
    lines = _lines(scope, ids)
    ready = [line for line in lines if line.candidate.certificate is None and not line.reasons]
    form.members.choices = [SelectChoice(line.candidate.member_id, line.candidate.display_name) for line in ready]
    return page(
        "register",
        INVALID if form.errors else 200,
        who=_who(courses, scope),
        form=form,
        hints={str(line.candidate.member_id): " · ".join(line.facts) for line in ready},
        narrowed=sum(1 for name in ("course", "tier", "cohort", "show") if request.args.get(name)),
        **_shared(scope, ids, lines, "certificates.register"),
    )


@bp.get("/teach/<slug>/certificates")
@trainers
def of_course(slug: str) -> ResponseReturnValue:
    """The register of one course for those who own it: to be read, not to issue."""
    actor, courses = signed_in_actor(), giving()
    reveal(is_staff_of(actor, slug))
    require(owns(actor, slug))
    if slug not in courses:
        raise NotFound
    scope = scope_of(courses, chosen=slug, exactly=True)
    ids = _ids(scope)
    lines = _lines(scope, ids, named=False)
    ready = [line for line in lines if line.candidate.certificate is None and not line.reasons]
    return page(
        "of_course",
        who=_who({slug: courses[slug]}, scope),
        ready=ready,
        narrowed=sum(1 for name in ("tier", "cohort", "show") if request.args.get(name)),
        **_shared(scope, ids, lines, "certificates.of_course", slug=slug),
    )


def _ids(scope: Scope) -> list[int]:
    most = register_queries.PAGE + 1
    return register_queries.learner_ids(db.session, scope.wanted, after=scope.after, most=most)


def _lines(scope: Scope, ids: Sequence[int], *, named: bool = True) -> list[Line]:
    shown = ids[: register_queries.PAGE]
    return lines_of(queries.candidates(db.session, scope.live, scope.tier, shown), scope, named=named)


def _shared(scope: Scope, ids: Sequence[int], lines: Sequence[Line], endpoint: str, **where: str) -> dict[str, Any]:
    following = ids[register_queries.PAGE - 1] if len(ids) > register_queries.PAGE else 0
    return {
        "scope": scope,
        "title": title_of(scope),
        "counts": register_queries.counts(db.session, scope.wanted),
        "short": [line for line in lines if line.reasons],
        "have": [line for line in lines if line.candidate.certificate is not None],
        "now": clock.now(),
        "more": scope.url(endpoint, after=following, **where) if following else "",
        "first": scope.url(endpoint, **where) if scope.after else "",
    }


def _who(courses: Mapping[str, LiveCourse], scope: Scope) -> WhoForm:
    languages, wanted = i18n.reading_order(i18n.current_code()), scope.wanted
    cohort = str(wanted.cohort_id or "")
    data = {"course": scope.live.slug, "tier": scope.tier.value, "cohort": cohort, "show": wanted.show.value}
    form = WhoForm(formdata=None, data=data, meta={"csrf": False})
    form.course.choices = [SelectChoice(slug, live.course.text(*languages).title) for slug, live in courses.items()]
    form.tier.choices = [SelectChoice(tier.value, wording.TIERS[tier]) for tier in rules.tiers_of(scope.live.course)]
    named = [SelectChoice(str(each.cohort.id), each.cohort.name) for each in cohorts(db.session, scope.live.slug)]
    form.cohort.choices = [SelectChoice("", _("Everybody")), *named]
    form.show.choices = [SelectChoice(show.value, str(register_words.GROUPS[show])) for show in Show]
    return form
