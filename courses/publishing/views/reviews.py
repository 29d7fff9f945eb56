"""Reviews of a draft: asking for one, giving a verdict; and whether a course requires one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal, trainers
from courses.authoring import queries as drafts
from courses.authoring.views.blueprint import writer_of
from courses.catalogue import library
from courses.catalogue.staff import is_staff_of, owns, reviews, teaches
from courses.publishing import changes, queries, remark_queries, reviewing, service, telling
from courses.publishing.forms import AskForm, RuleForm, VerdictForm
from courses.publishing.models import Review, Verdict
from courses.publishing.reviewing import AskedAlready, OwnWork
from courses.publishing.sides import draft_side, edition_side
from courses.publishing.views.shared import INVALID, NUMBER, bp, reviewer_of, title_of
from courses.publishing.words import VERDICTS


@bp.get("/<slug>/reviews/")
@trainers
def all_reviews(slug: str) -> ResponseReturnValue:
    """Every review of the course; asking for another one; the rule of the course."""
    return _list(reviewer_of(slug), slug, None)


def _list(actor: Actor, slug: str, form: AskForm | None) -> str:
    draft, live = drafts.draft_of(db.session, slug), library.live_course(db.session, slug)
    if draft is None and live is None:
        raise NotFound
    people = queries.possible_reviewers(db.session, slug)
    required = queries.review_required(db.session, slug)
    return render_template(
        "courses/publishing/reviews.html",
        slug=slug,
        title=title_of(live.course) if live else slug,
        has_draft=draft is not None,
        found=queries.reviews(db.session, slug),
        verdicts=VERDICTS,
        form=form or _ask_form(people),
        people=people,
        may_ask=teaches(actor, slug),
        rule=RuleForm(data={"required": required}) if owns(actor, slug) else None,
        required=required,
    )


def _ask_form(people: list[tuple[int, str]]) -> AskForm:
    form = AskForm()
    form.offer(people)
    return form


@bp.post("/<slug>/reviews/")
@trainers
def ask(slug: str) -> ResponseReturnValue:
    """Ask somebody to look at the draft."""
    actor = writer_of(slug)
    if drafts.draft_of(db.session, slug) is None:
        raise NotFound
    form = _ask_form(queries.possible_reviewers(db.session, slug))
    if not form.validate_on_submit():
        return _list(actor, slug, form), INVALID
    now, request_text = clock.now(), (form.request.data or "").strip()
    try:
        made = reviewing.ask(
            db.session, slug=slug, reviewer_id=int(form.reviewer.data), request=request_text, by=actor, now=now
        )
    except AskedAlready as refusal:
        form.reviewer.errors = [str(refusal)]
        return _list(actor, slug, form), refusal.status
    title = title_of(draft_side(db.session, slug).course)
    telling.tell_reviewer(db.session, review=made, name=actor.display_name, title=title, now=now)
    flash(_("Asked. The answer will stand here, and you will get a notice."), "done")
    return redirect(url_for("publishing.all_reviews", slug=slug), code=303)


@bp.post("/<slug>/reviews/rule")
@trainers
def review_rule(slug: str) -> ResponseReturnValue:
    """Say whether a second person must approve drafts of this course."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(owns(actor, slug))
    required = bool(RuleForm().required.data)
    service.require_review(db.session, slug=slug, required=required, by=actor, now=clock.now())
    flash(_("Saved."), "done")
    return redirect(url_for("publishing.all_reviews", slug=slug), code=303)


@bp.get(f"/<slug>/reviews/<{NUMBER}>")
@trainers
def review(slug: str, number: int) -> ResponseReturnValue:
    """One review: what changes, and the verdict."""
    actor = reviewer_of(slug)
    return _page(actor, _review(slug, number), None)


@bp.post(f"/<slug>/reviews/<{NUMBER}>")
@trainers
def decide(slug: str, number: int) -> ResponseReturnValue:
    """Give a verdict, or no longer ask for one."""
    actor = reviewer_of(slug)
    found, now, form = _review(slug, number, lock=True), clock.now(), VerdictForm()
    if request.form.get("act") == "withdraw":
        require(teaches(actor, slug))
        reviewing.withdraw(db.session, review=found, by=actor, now=now)
        flash(_("The review is no longer asked for."), "done")
        return redirect(url_for("publishing.all_reviews", slug=slug), code=303)
    if not form.validate_on_submit():
        return _page(actor, found, form), INVALID
    verdict, answer = Verdict(form.verdict.data), (form.answer.data or "").strip()
    try:
        reviewing.decide(
            db.session, review=found, verdict=verdict, digest=form.digest.data or "", answer=answer, by=actor, now=now
        )
    except (OwnWork, reviewing.ReadSomethingElse) as refusal:
        return _page(actor, found, form, str(refusal)), refusal.status
    title = title_of(draft_side(db.session, slug).course)
    telling.tell_author(db.session, review=found, name=actor.display_name, title=title, now=now)
    flash(_("Thank you. Your verdict is kept, and whoever asked is told."), "done")
    return redirect(url_for("publishing.review", slug=slug, number=number), code=303)


def _review(slug: str, number: int, *, lock: bool = False) -> Review:
    found = queries.review(db.session, slug, number, lock=lock)
    if found is None or drafts.draft_of(db.session, slug) is None:
        raise NotFound
    return found


def _page(actor: Actor, found: Review, form: VerdictForm | None, problem: str = "") -> str:
    slug = found.course_slug
    live, new = library.live_course(db.session, slug), draft_side(db.session, slug)
    old = edition_side(db.session, live) if live else None
    form = form or VerdictForm()
    form.digest.data = queries.digest_of_draft(db.session, slug)
    writers = queries.authors(db.session, slug)
    return render_template(
        "courses/publishing/review.html",
        slug=slug,
        title=title_of(new.course),
        reviewed=queries.reviewed(db.session, slug, found),
        verdicts=VERDICTS,
        old=old,
        rows_of_files=changes.file_rows(old, new),
        faults=changes.fault_rows(slug, new.faults),
        affected=changes.affected(db.session, old, new),
        remarks=remark_queries.remarks(db.session, slug, settled=False),
        form=form if found.verdict == Verdict.WAITING and reviews(actor, slug) else None,
        own_work=actor.id in writers,
        may_ask=teaches(actor, slug),
        problem=problem,
    )
