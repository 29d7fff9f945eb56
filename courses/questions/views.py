"""The question bank of a course: find a question, see how it does, use it again in another quiz of the draft."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, ngettext, number, percent, reading_order
from academy.i18n import gettext as _
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal, trainers
from academy.web.forms import tidy_line
from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.authoring.drafted import Drafted
from courses.authoring.models import StepKind
from courses.authoring.texts import shown, written
from courses.catalogue import library, writing
from courses.catalogue.content import Lesson
from courses.catalogue.library import LiveCourse
from courses.catalogue.questions import ChoiceQuestion
from courses.catalogue.staff import is_staff_of, teaches
from courses.questions import bank, corrections
from courses.questions.bank import Entry
from courses.questions.words import FLAGS, with_free_id

bp = Blueprint("questions", __name__, url_prefix="/teach")


@dataclass(frozen=True, slots=True)
class Line:
    """A question in the list; `facts` and `flags` are finished words."""

    prompt: str
    url: str
    facts: tuple[str, ...]
    flags: tuple[str, ...]


@bp.get("/<slug>/questions/")
@trainers
def index(slug: str) -> ResponseReturnValue:
    """Every question of the course, or those with some words, of one quiz, or those that deserve a look."""
    live, languages = taught(slug)[1], reading_order(current_code())
    words, wanted = tidy_line(request.args.get("q", "")[:100]) or "", request.args.get("quiz", "")
    flagged = request.args.get("flagged") == "yes"
    quizzes = bank.quizzes_of(live)
    chosen = next((each for each in quizzes if each.key == wanted), quizzes[0] if quizzes else None)
    entries = bank.found(bank.entries(db.session, live, chosen), words, flagged=flagged) if chosen else []
    return render_template(
        "courses/questions/index.html",
        live=live,
        outdated=corrections.waiting(db.session, live),
        title=live.course.text(*languages).title,
        quizzes=[(each.key, each.text(*languages).title, each is chosen) for each in quizzes],
        lines=[_line(live, entry) for entry in entries],
        words=words,
        flagged=flagged,
        chosen=chosen.key if chosen else "",
    )


def _line(live: LiveCourse, entry: Entry) -> Line:
    found = entry.figures
    facts = [ngettext("answered in %(num)s attempt", "answered in %(num)s attempts", found.tried)]
    if found.tried:
        facts.append(_("earns %(share)s of its point on average", share=percent(found.right)))
    if found.discrimination is not None:
        facts.append(_("discrimination: %(value)s", value=number(round(found.discrimination, 2))))
    url = url_for("questions.show", slug=live.slug, lesson=entry.lesson.key, question_id=entry.question.id)
    return Line(entry.question.prompt, url, tuple(facts), tuple(str(FLAGS[flag]) for flag in found.flags))


@bp.get("/<slug>/questions/<path:lesson>/<question_id>")
@trainers
def show(slug: str, lesson: str, question_id: str) -> ResponseReturnValue:
    """One question: what was answered, how it does, and where it can be used again."""
    _actor, live = taught(slug)
    entry = _entry(live, lesson, question_id)
    question = entry.question
    options = question.options if isinstance(question, ChoiceQuestion) else ()
    return render_template(
        "courses/questions/show.html",
        live=live,
        entry=entry,
        line=_line(live, entry),
        source=writing.question_text(question),
        options=list(zip(options, entry.figures.chosen or (0,) * len(options), strict=True)),
        quizzes=_draft_quizzes(slug),
    )


@bp.post("/<slug>/questions/<path:lesson>/<question_id>")
@trainers
def reuse(slug: str, lesson: str, question_id: str) -> ResponseReturnValue:
    """Put a copy of the question into another quiz of the draft, under a short name of its own."""
    actor, live = taught(slug)
    entry, path = _entry(live, lesson, question_id), request.form.get("path", "")
    targets = {target: quiz for quiz, target in _draft_quizzes(slug)}
    draft = drafts.draft_of(db.session, slug)
    file = drafts.file_of(db.session, slug, path) if path in targets else None
    if file is None or draft is None:
        raise NotFound
    taken = {each.id for each in targets[path].text().questions}
    text = writing.with_question(shown(file.content), with_free_id(entry.question, taken))
    contents, now = {path: written(text, file.content).encode()}, clock.now()
    authoring.apply(db.session, draft=draft, kind=StepKind.SAVED, about=path, contents=contents, by=actor.id, now=now)
    flash(_("A copy of the question stands at the end of “%(quiz)s” in the draft.", quiz=targets[path].title), "done")
    return redirect(url_for("authoring.questions", slug=slug, path=path), code=303)


def _entry(live: LiveCourse, lesson: str, question_id: str) -> Entry:
    quiz: Lesson | None = live.lessons.get(lesson)
    entries = bank.entries(db.session, live, quiz) if quiz else []
    found = next((entry for entry in entries if entry.question.id == question_id), None)
    if found is None:
        raise NotFound
    return found


def _draft_quizzes(slug: str) -> list[tuple[Lesson, str]]:
    if drafts.draft_of(db.session, slug) is None:
        return []
    course = Drafted(slug, drafts.files_of(db.session, slug)).course
    return [(lesson, lesson.text().path) for lesson in course.lessons if lesson.quiz is not None]


def taught(slug: str) -> tuple[Actor, LiveCourse]:
    """Whoever asks and the course, if they look after it; to strangers it does not exist."""
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    require(teaches(actor, slug))
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    return actor, live
