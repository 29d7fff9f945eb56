"""The register of those who run the place: who is ready, who is short and why, who has one; issue them."""

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.certificates import queries, rules, service, wording
from courses.certificates.codes import read_code
from courses.certificates.forms import ExceptionForm, IssueForm, WhoForm
from courses.certificates.refusals import NameMissing, TakenAway
from courses.certificates.rules import Candidate
from courses.certificates.service import Award
from courses.certificates.views.blueprint import INVALID, bp, page
from courses.cohorts.queries import Counted, cohorts
from courses.progress.rules import Tier

MOST_AT_ONCE = 100
LARGEST_ID = 2**62
MOST_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose certificates are looked at: a course, a tier, perhaps a cohort; `after` is where the page begins."""

    live: LiveCourse
    tier: Tier
    cohort_id: int | None
    after: int

    def url(self, endpoint: str, **more: Any) -> str:  # noqa: ANN401  values of an address
        """The address of a page about the same people; where the list begins is said anew."""
        return url_for(endpoint, course=self.live.slug, tier=self.tier.value, cohort=self.cohort_id, **more)


@dataclass(frozen=True, slots=True)
class Line:
    """One person on the register: the cohort and, when something keeps them back, exactly what."""

    candidate: Candidate
    facts: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    may_be_excepted: bool = False


@bp.get("/admin/certificates/")
@admins
def register() -> ResponseReturnValue:
    """Who is ready for a certificate, who is short and exactly why, who has one."""
    if code := read_code(request.args.get("code", "")):
        return redirect(url_for("certificates.record", code=code), code=303)
    courses = _giving(library.live_courses(db.session))
    if not courses:
        return page("register_empty")
    return _register(courses, _scope(courses, chosen=request.args.get("course", "")), IssueForm())


@bp.post("/admin/certificates/issue")
@admins
def issue() -> ResponseReturnValue:
    """Give certificates to those who were picked, or to everybody who is ready."""
    courses = _giving(library.live_courses(db.session))
    scope = _scope(courses, chosen=request.args.get("course", ""), exactly=True)
    award = Award(scope.live, scope.tier, signed_in_actor(), clock.now())
    form = IssueForm()
    if "everybody" in request.form:
        found = queries.eligible(db.session, scope.live, scope.tier, cohort_id=scope.cohort_id, most=MOST_AT_ONCE)
    else:
        ids = [member_id for member_id in (form.members.data or []) if 0 < member_id < LARGEST_ID][:MOST_AT_ONCE]
        found = queries.candidates(db.session, scope.live, scope.tier, ids)
    if not found:
        form.members.errors = [_("Pick at least one person who is ready.")]
        return _register(courses, scope, form)
    service.issue_many(db.session, candidates=found, award=award)
    people = ".".join(str(each.member_id) for each in found)
    at = award.now.isoformat()
    return redirect(scope.url("certificates.result", people=people, at=at), code=303)


@bp.get("/admin/certificates/result")
@admins
def result() -> ResponseReturnValue:
    """What came of an issue, person by person."""
    scope = _scope(_giving(library.live_courses(db.session)), chosen=request.args.get("course", ""), exactly=True)
    ids = [_whole(each) for each in request.args.get("people", "").split(".")]
    found = queries.candidates(db.session, scope.live, scope.tier, ids[:MOST_AT_ONCE])
    at = request.args.get("at", "")
    held = [(each, each.certificate) for each in found if each.certificate is not None]
    return page(
        "result",
        title=_title(scope),
        issued=[(each, certificate) for each, certificate in held if certificate.issued_at.isoformat() == at],
        already=[(each, certificate) for each, certificate in held if certificate.issued_at.isoformat() != at],
        refused=_lines([each for each in found if each.certificate is None], scope),
        back=scope.url("certificates.register"),
    )


@bp.route("/admin/certificates/exceptions/<slug>/<int:member_id>", methods=["GET", "POST"])
@admins
def exception(slug: str, member_id: int) -> ResponseReturnValue:
    """Give a certificate to somebody for whom something is open, for a written reason."""
    scope = _scope(_giving(library.live_courses(db.session)), chosen=slug, exactly=True)
    found = queries.candidates(db.session, scope.live, scope.tier, [min(member_id, LARGEST_ID)])
    if not found:
        raise NotFound
    form, candidate = ExceptionForm(), found[0]
    if form.validate_on_submit():
        award = Award(scope.live, scope.tier, signed_in_actor(), clock.now(), form.reason.data or "")
        certificate = service.issue(db.session, candidate=candidate, award=award)
        flash(_("The certificate is issued. Its code is %(code)s.", code=certificate.code), "done")
        return redirect(url_for("certificates.record", code=certificate.code), code=303)
    status = INVALID if form.errors else 200
    back = scope.url("certificates.register")
    return page("exception", status, form=form, line=_line(candidate, scope), title=_title(scope), back=back)


def _register(courses: dict[str, LiveCourse], scope: Scope, form: IssueForm) -> ResponseReturnValue:
    ids = queries.learner_ids(
        db.session, scope.live.slug, cohort_id=scope.cohort_id, after=scope.after, most=queries.PAGE + 1
    )
    lines = _lines(queries.candidates(db.session, scope.live, scope.tier, ids[: queries.PAGE]), scope)
    ready = [line for line in lines if line.candidate.certificate is None and not line.reasons]
    form.members.choices = [SelectChoice(line.candidate.member_id, line.candidate.display_name) for line in ready]
    more = scope.url("certificates.register", after=ids[queries.PAGE - 1]) if len(ids) > queries.PAGE else ""
    return page(
        "register",
        INVALID if form.errors else 200,
        who=_who(courses, scope, cohorts(db.session, scope.live.slug)),
        form=form,
        title=_title(scope),
        hints={str(line.candidate.member_id): " · ".join(line.facts) for line in ready},
        short=[line for line in lines if line.reasons],
        have=[line for line in lines if line.candidate.certificate is not None],
        scope=scope,
        narrowed=sum(1 for name in ("course", "tier", "cohort") if request.args.get(name)),
        act=scope.url("certificates.issue", after=scope.after or None),
        more=more,
        first=scope.url("certificates.register") if scope.after else "",
    )


def _lines(candidates: list[Candidate], scope: Scope) -> list[Line]:
    service.look_at_names(candidates)
    return [_line(each, scope) for each in candidates]


def _line(candidate: Candidate, scope: Scope) -> Line:
    facts = (candidate.legal_name, candidate.cohort.name if candidate.cohort else "")
    told = tuple(fact for fact in facts if fact)
    if candidate.certificate is not None:
        return Line(candidate, told)
    left = tuple(wording.line_left(item) for item in rules.lines_left(candidate.checklist, scope.tier))
    if candidate.needs_exception(scope.tier):
        taken = (str(TakenAway.sentence),) if candidate.withdrawn else ()
        nameless = () if candidate.legal_name else (str(NameMissing.sentence),)
        return Line(candidate, told, (*left, *taken, *nameless), may_be_excepted=not nameless)
    other = service.obstacle(candidate, Award(scope.live, scope.tier, None, clock.now()))
    return Line(candidate, told, (str(other),) if other else ())


def _giving(courses: dict[str, LiveCourse]) -> dict[str, LiveCourse]:
    return {slug: live for slug, live in courses.items() if rules.tiers_of(live.course)}


def _scope(courses: dict[str, LiveCourse], *, chosen: str, exactly: bool = False) -> Scope:
    if chosen not in courses and (exactly or not courses):
        raise NotFound
    live = courses.get(chosen) or next(iter(courses.values()))
    asked = request.args.get("tier", "")
    tier = next((tier for tier in rules.tiers_of(live.course) if tier == asked), Tier.COMPLETION)
    return Scope(live, tier, _number("cohort") or None, _number("after"))


def _number(name: str) -> int:
    return _whole(request.args.get(name, ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS else 0


def _who(courses: dict[str, LiveCourse], scope: Scope, known: list[Counted]) -> WhoForm:
    languages = i18n.reading_order(i18n.current_code())
    data = {"course": scope.live.slug, "tier": scope.tier.value, "cohort": str(scope.cohort_id or "")}
    form = WhoForm(formdata=None, data=data, meta={"csrf": False})
    form.course.choices = [SelectChoice(slug, live.course.text(*languages).title) for slug, live in courses.items()]
    form.tier.choices = [SelectChoice(tier.value, wording.TIERS[tier]) for tier in rules.tiers_of(scope.live.course)]
    named = [SelectChoice(str(each.cohort.id), each.cohort.name) for each in known]
    form.cohort.choices = [SelectChoice("", _("Everybody")), *named]
    return form


def _title(scope: Scope) -> str:
    name = scope.live.course.text(*i18n.reading_order(i18n.current_code())).title
    return _("%(tier)s: %(course)s", tier=str(wording.TIERS[scope.tier]), course=name)
