"""One learner of a course as its trainers see them; words to those who seem stuck, and where they read them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, date_and_time, ngettext, offered, reading_order, speak
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in, trainers
from academy.web.forms import hang, said
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.taught import taught_or_404
from courses.cohorts.words import title_of
from courses.lessons.words import checklist_rows
from courses.progress.queries import Standing, standings_in_course
from courses.progress.rules import checklist
from courses.tasks.dues import late_tasks
from courses.teaching import queries, rules, service, words
from courses.teaching.forms import NudgeForm
from courses.teaching.models import Nudge
from courses.teaching.queries import Learner
from courses.teaching.service import Words
from courses.teaching.views.blueprint import bp
from courses.teaching.views.board import chosen

INVALID = 422


@dataclass(frozen=True, slots=True)
class Step:
    """A lesson and how it stands with somebody."""

    title: str
    mark: str
    state: str
    score: int | None
    tries: int


@dataclass(frozen=True, slots=True)
class Case:
    """A learner with all that the page and a drafted message need."""

    live: LiveCourse
    learner: Learner
    standing: Standing
    tries: dict[str, int]
    late: list[str]
    why: tuple[rules.Why, ...]
    nudges: list[Nudge]


@bp.get("/teach/<slug>/learners/<int(max=999999999999999):member_id>")
@trainers
def learner(slug: str, member_id: int) -> ResponseReturnValue:
    """How one learner gets on: what is left, each lesson, what was written to them."""
    case = _case(slug, member_id)
    form = NudgeForm(text=_drafted(case))
    return _learner_page(case, form)


@bp.post("/teach/<slug>/learners/<int(max=999999999999999):member_id>")
@trainers
def nudge(slug: str, member_id: int) -> ResponseReturnValue:
    """Write to one learner."""
    case, form = _case(slug, member_id), NudgeForm()
    if form.validate_on_submit():
        try:
            written = Words(signed_in_actor(), case.live, title_of(case.live), said(form.text))
            service.nudge(db.session, member_id=member_id, words=written, url=_inbox(slug), now=clock.now())
        except service.NudgedAlready as error:
            hang(form.text, error)
        else:
            flash(_("Sent. %(name)s is told on the site and by letter.", name=case.learner.name), "done")
            return redirect(url_for("teaching.learner", slug=slug, member_id=member_id), code=303)
    return _learner_page(case, form), INVALID


@bp.post("/teach/<slug>/nudge")
@trainers
def nudge_several(slug: str) -> ResponseReturnValue:
    """Write the same words to the learners ticked on the board: first the words, then the sending."""
    live, form = taught_or_404(slug), NudgeForm()
    names = people.names_of(db.session, chosen())
    ids = [each for each in names if queries.learner(db.session, slug, each) is not None]
    if not ids:
        flash(_("Tick the learners you want to write to first."), "error")
        return redirect(url_for("teaching.board", slug=slug), code=303)
    if request.form.get("send") == "yes" and form.validate_on_submit():
        written = Words(signed_in_actor(), live, title_of(live), said(form.text))
        count = service.write(db.session, member_ids=ids, words=written, url=_inbox(slug), now=clock.now())
        flash(ngettext("Sent to %(num)s learner.", "Sent to %(num)s learners.", count), "done")
        return redirect(url_for("teaching.board", slug=slug), code=303)
    if "text" not in request.form:
        form.text.data = words.drafted(_("dear learners"), title_of(live), [rules.Why.SILENT], [])
    names = {each: names[each] for each in ids}
    page = render_template("courses/teaching/nudge.html", live=live, title=title_of(live), form=form, names=names)
    return page, INVALID if form.errors else 200


@bp.get("/my/words/<slug>")
@signed_in
def inbox(slug: str) -> ResponseReturnValue:
    """What the trainers of a course wrote to me."""
    actor = signed_in_actor()
    live = library.live_course(db.session, slug)
    found = queries.nudges(db.session, slug, [actor.id]).get(actor.id, [])
    if live is None or not found:
        raise NotFound
    return render_template("courses/teaching/inbox.html", live=live, title=title_of(live), lines=_lines(found))


def _lines(nudges: list[Nudge]) -> list[tuple[Nudge, str, str]]:
    names = people.names_of(db.session, {each.sent_by for each in nudges if each.sent_by})
    somebody = _("Somebody who has left")
    return [(each, names.get(each.sent_by or 0, somebody), date_and_time(each.sent_at)) for each in nudges]


def _inbox(slug: str) -> str:
    return url_for("teaching.inbox", slug=slug)


def _case(slug: str, member_id: int) -> Case:
    live, now = taught_or_404(slug), clock.now()
    found = queries.learner(db.session, slug, member_id)
    standing = standings_in_course(db.session, slug, [member_id]).get(member_id)
    if found is None or standing is None:
        raise NotFound
    tries = queries.tries_in_vain(db.session, slug, [member_id]).get(member_id, {})
    complete = checklist(live.course, standing.done, standing.earned).complete
    late = late_tasks(live, member_id, standing, now)
    why = rules.why_stuck(standing, tries, late, complete=complete, now=now)
    nudges = queries.nudges(db.session, slug, [member_id]).get(member_id, [])
    return Case(live, found, standing, tries, late, why, nudges)


def _drafted(case: Case) -> str:
    """A message in the learner's language, for a human to change."""
    member, spoken = people.member(db.session, case.learner.id), current_code()
    speak(member.language if member and member.language in offered() else spoken)
    failed, late = _titles(case.live, rules.stuck_at(case.standing, case.tries)), _titles(case.live, case.late)
    text = words.drafted(case.learner.name, title_of(case.live), case.why, failed, late)
    speak(spoken)
    return text


def _titles(live: LiveCourse, keys: Sequence[str]) -> list[str]:
    languages = reading_order(current_code())
    return [live.lessons[key].text(*languages).title for key in keys if key in live.lessons]


def _learner_page(case: Case, form: NudgeForm) -> str:
    languages = reading_order(current_code())
    ticks = checklist(case.live.course, case.standing.done, case.standing.earned)
    last = case.nudges[0].sent_at if case.nudges else None
    return render_template(
        "courses/teaching/learner.html",
        case=case,
        title=title_of(case.live),
        reasons=[str(words.REASONS[each]) for each in case.why],
        checklist=checklist_rows(case.live, ticks, languages),
        steps=[_step(case, key, languages) for key in case.live.lessons],
        late=_titles(case.live, case.late) if rules.Why.LATE in case.why else [],
        lines=_lines(case.nudges),
        form=form,
        may_write=rules.may_be_nudged(last, clock.now()),
    )


def _step(case: Case, key: str, languages: tuple[str, ...]) -> Step:
    did = case.standing.done.get(key)
    title = case.live.lessons[key].text(*languages).title
    return Step(title, words.mark_of(did), words.state_word(did), did.score if did else None, case.tries.get(key, 0))
