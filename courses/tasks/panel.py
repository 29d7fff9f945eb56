"""The lesson page of a task: the brief, the rubric, the text, and what became of earlier versions."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import db
from academy.errors import NotFound
from academy.i18n import Language, language_of, number, percent
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from courses.authoring.previews import Shown
from courses.catalogue import library, moves
from courses.catalogue.questions import Criterion
from courses.lessons import previewing
from courses.lessons.contents import contents
from courses.lessons.panels import LessonContext
from courses.tasks import queries, rules
from courses.tasks.forms import WorkForm
from courses.tasks.models import Work, WorkState


@dataclass(frozen=True, slots=True)
class Version:
    """A version that was handed in, as its learner sees it. `rows`: criterion, points."""

    work: Work
    title: str
    state: str
    tone: str
    html: Markup
    comment: Markup
    score: str
    rows: tuple[tuple[str, str], ...]


def show(context: LessonContext) -> ResponseReturnValue:
    """What is to be done, how it is marked, and where the learner's work stands."""
    versions = queries.versions_of(db.session, context.actor.id, context.live.slug, context.lesson.key)
    return page(context, versions, WorkForm(text=rules.beginning(versions)))


def preview(shown: Shown) -> str:
    """The page of a task in a draft, for a learner who has just begun."""
    return page(previewing.context_of(shown), (), WorkForm(text=""))


def page(context: LessonContext, versions: Sequence[Work], form: WorkForm, problem: str = "") -> str:
    """The page with this text in the field; `problem` says what went wrong."""
    live, lesson = context.live, context.lesson
    if lesson.task is None:
        raise NotFound
    here = {"slug": live.slug, "module": lesson.module, "lesson": lesson.slug}
    return render_template(
        "courses/tasks/show.html",
        context=context,
        contents=contents(live, context.outline, context.languages, lesson.key),
        course=live.course.text(*context.languages),
        text=lesson.text(*context.languages),
        lang=_language(context),
        task=lesson.task,
        rubric=rubric_rows(lesson.text(*context.languages).rubric or lesson.task.rubric),
        form=form,
        problem=problem,
        may_write=rules.may_write(versions) or bool(problem),
        draft=rules.going(versions),
        newest=_newest(versions),
        versions=[_version(context, each) for each in reversed(versions) if not each.is_draft],
        urls={name: url_for(f"tasks.{name}", **here) for name in ("hand_in", "save")},  # type: ignore[arg-type]
    )


def _language(context: LessonContext) -> Language:
    return language_of(context.page.language)


def _newest(versions: Sequence[Work]) -> Work | None:
    return max(versions, key=lambda work: work.number, default=None)


def rubric_rows(rubric: Sequence[Criterion]) -> list[tuple[str, str, str]]:
    """The rubric as rows of a table: criterion, what earns full marks, points."""
    return [(each.title, each.text, number(each.points)) for each in rubric]


def _version(context: LessonContext, work: Work) -> Version:
    words, tone = state_words(work)
    return Version(
        work,
        _("Version %(number)s", number=number(work.number)),
        words,
        tone,
        render_member_text(work.text),
        render_member_text(work.comment),
        percent(work.score) if work.score is not None else "",
        _points(work, _rubric(context, work)),
    )


def _rubric(context: LessonContext, work: Work) -> Sequence[Criterion]:
    """The rubric the work was handed in under, in the reader's language."""
    live = context.live
    if work.edition != live.edition_number:
        live = library.edition(db.session, live.slug, work.edition) or live
    lesson = moves.lesson_then(db.session, live, context.lesson.key) or context.lesson
    own = lesson.task.rubric if lesson.task else ()
    return lesson.text(*context.languages).rubric or own


def _points(work: Work, rubric: Sequence[Criterion]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            each.title,
            _("%(points)s of %(most)s", points=number(work.points[each.id]), most=number(each.points)),
        )
        for each in rubric
        if each.id in work.points
    )


def state_words(work: Work) -> tuple[str, str]:
    """Where a version stands, and the tone of a chip that says so."""
    words = {
        WorkState.DRAFT: (_("Draft"), "plain"),
        WorkState.HANDED_IN: (_("Waiting for a trainer"), "info"),
        WorkState.RETURNED: (_("Sent back for another try"), "due"),
        WorkState.PASSED: (_("Passed"), "done"),
        WorkState.NOT_YET: (_("Not yet passed"), "due"),
    }
    return words[WorkState(work.state)]
