"""Corrected keys: whose answers they concern, what they would change, and marking these answers again."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import Text, current_code, date_and_time, ngettext, number, percent, reading_order
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people import queries as people
from academy.people.guards import trainers
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.questions import corrections, queries
from courses.questions.corrections import Changing, Preview
from courses.questions.views import bp, taught
from courses.quizzes import remarking
from courses.quizzes.keys import Misfit
from courses.quizzes.models import Remarking
from courses.quizzes.remarking import AlreadyRunning, AnotherEdition, NothingLeft

MOST_LINES = 100
REASONS: Mapping[Misfit, Text] = {
    Misfit.GONE: _l("It is asked no more."),
    Misfit.KIND: _l("It is a question of another kind now."),
    Misfit.WORDS: _l("It is asked in other words now."),
    Misfit.OPTIONS: _l("Its options are others now."),
}


@dataclass(frozen=True, slots=True)
class Run:
    """One time that answers were marked again, in finished words."""

    quiz: str
    when: str
    who: str
    result: str
    going: bool


@bp.get("/<slug>/questions/keys")
@trainers
def keys(slug: str) -> ResponseReturnValue:
    """The quizzes with answers marked by old keys; one of them in detail, if it is named."""
    _actor, live = taught(slug)
    languages, wanted = reading_order(current_code()), request.args.get("quiz", "")
    if wanted:
        return _preview(live, _quiz(live, wanted))
    return render_template(
        "courses/questions/keys.html",
        live=live,
        title=live.course.text(*languages).title,
        changed=[(each, each.lesson.text(*languages).title) for each in corrections.changed(db.session, live)],
        runs=_runs(live),
    )


def _quiz(live: LiveCourse, key: str) -> Lesson:
    lesson = live.lessons.get(key)
    if lesson is None or lesson.quiz is None:
        raise NotFound
    return lesson


def _preview(live: LiveCourse, lesson: Lesson) -> str:
    found = corrections.preview(db.session, live, lesson)
    asked = {each.id: each.prompt for each in (lesson.quiz.questions if lesson.quiz else ())}
    going = queries.running(db.session, live.slug, lesson.key)
    return render_template(
        "courses/questions/key.html",
        live=live,
        lesson=lesson,
        title=lesson.text(*reading_order(current_code())).title,
        found=found,
        rows=[_row(live, each) for each in found.changing[:MOST_LINES]],
        sample=_sample(found),
        misfits=[(asked.get(name, name), str(REASONS[why])) for name, why in found.misfits.items()],
        going=going,
    )


def _sample(found: Preview) -> str:
    """How much of it all the page shows, where that is not everything."""
    if found.tried < found.attempts:
        return ngettext(
            "Worked out for the latest attempt only.",
            "Worked out for the latest %(num)s attempts; all are marked again.",
            found.tried,
        )
    if len(found.changing) > MOST_LINES:
        return ngettext("The latest one of them:", "The latest %(num)s of them:", MOST_LINES)
    return ""


def _row(live: LiveCourse, each: Changing) -> list[object]:
    outcome = each.outcome
    url = url_for("teaching.learner", slug=live.slug, member_id=each.member_id)
    return [
        {"text": each.learner, "url": url},
        number(each.number),
        percent(outcome.before),
        percent(outcome.score),
        _effect(each),
    ]


def _effect(each: Changing) -> str:
    outcome = each.outcome
    if outcome.gained:
        return _("Passes now")
    if outcome.loses_pass:
        return _("Stays passed; the new key alone would give %(score)s", score=percent(outcome.alone))
    if outcome.kept:
        return _("Keeps its score; the new key alone would give %(score)s", score=percent(outcome.alone))
    return _("Another score")


@bp.post("/<slug>/questions/keys")
@trainers
def mark_again(slug: str) -> ResponseReturnValue:
    """Mark all answers to a quiz again that were marked by old keys."""
    actor, live = taught(slug)
    lesson, typed = _quiz(live, request.form.get("quiz", "")), request.form.get("edition", "")
    edition = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0  # noqa: PLR2004
    try:
        run = remarking.begin(db.session, live=live, lesson_key=lesson.key, edition=edition, by=actor, now=clock.now())
    except (AlreadyRunning, AnotherEdition, NothingLeft) as refusal:
        flash(str(refusal.sentence), "error")
    else:
        flash(_said(run), "done" if run.ended_at else "info")
    return redirect(url_for("questions.keys", slug=slug, quiz=lesson.key), code=303)


def _said(run: Remarking) -> str:
    if run.ended_at is None:
        return ngettext(
            "%(num)s attempt is being marked again. You need not wait here.",
            "%(num)s attempts are being marked again. You need not wait here.",
            run.total,
        )
    done = ngettext("%(num)s attempt was marked again.", "%(num)s attempts were marked again.", run.done)
    return f"{done} {_changed(run.changed)}"


def _changed(count: int) -> str:
    return ngettext(
        "%(num)s has another result; its learner is told.",
        "%(num)s have another result; their learners are told.",
        count,
    )


def _runs(live: LiveCourse) -> list[Run]:
    found, languages = queries.runs(db.session, live.slug), reading_order(current_code())
    names = people.names_of(db.session, {each.began_by for each in found if each.began_by})
    return [
        Run(
            _title(live, each.lesson_key, languages),
            date_and_time(each.began_at),
            names.get(each.began_by or 0) or _("Somebody who has left"),
            _said(each),
            each.ended_at is None,
        )
        for each in found
    ]


def _title(live: LiveCourse, key: str, languages: tuple[str, ...]) -> str:
    lesson = live.lessons.get(key)
    return lesson.text(*languages).title if lesson else key
