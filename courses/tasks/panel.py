"""The lesson page of a task: the brief, the rubric, the text and files, and what became of earlier versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.i18n import Language, language_of
from academy.uploads.models import Upload
from courses.authoring.previews import Shown
from courses.catalogue.questions import Task
from courses.lessons import previewing
from courses.lessons.contents import contents
from courses.lessons.panels import LessonContext
from courses.tasks import peer_queries, queries, rules, words
from courses.tasks.dues import Deadline, due_of
from courses.tasks.forms import HelpfulForm, MessageForm, WorkForm
from courses.tasks.models import Work
from courses.tasks.queries import Said
from courses.tasks.reviewing import Shelf

NOTHING = Shelf((), ())


@dataclass(frozen=True)
class Sheet:
    """What is in the fields of the page, and what went wrong."""

    work: WorkForm
    message: MessageForm = field(default_factory=lambda: MessageForm(formdata=None))
    problem: str = ""


def show(context: LessonContext) -> ResponseReturnValue:
    """What is to be done, how it is marked, and where the learner's work stands."""
    versions = _versions(context)
    return page(context, versions, Sheet(WorkForm(formdata=None, text=rules.beginning(versions))))


def again(context: LessonContext, sheet: Sheet) -> str:
    """The page with what was typed and what was wrong with it; untouched forms show what is kept."""
    versions = _versions(context)
    if not sheet.work.is_submitted() or "text" not in sheet.work.data or sheet.work.text.raw_data is None:
        sheet = replace(sheet, work=WorkForm(formdata=None, text=rules.beginning(versions)))
    return page(context, versions, sheet)


def preview(shown: Shown) -> str:
    """The page of a task in a draft, for a learner who has just begun."""
    return page(previewing.context_of(shown), (), Sheet(WorkForm(formdata=None, text="")))


def task_of(context: LessonContext) -> Task:
    """The task of the lesson at hand."""
    if context.lesson.task is None:
        raise NotFound
    return context.lesson.task


def deadline_of(context: LessonContext) -> Deadline | None:
    """When the work of whoever is here is due."""
    return due_of(context.live, context.lesson.key, context.actor.id, context.standing)


def page(context: LessonContext, versions: Sequence[Work], sheet: Sheet) -> str:
    """The page with this in its fields."""
    task, deadline = task_of(context), deadline_of(context)
    files = queries.files_of(db.session, [work.id for work in versions]) if task.takes_files and versions else {}
    talk = queries.talk_under(db.session, versions[0]) if versions else ()
    shut = deadline is not None and deadline.is_shut(context.now)
    return render_template(
        "courses/tasks/show.html",
        **_lesson(context),
        task=task,
        sheet=sheet,
        form=sheet.work,
        problem=sheet.problem,
        may_write=rules.may_write(versions, task.resubmit) or bool(sheet.problem),
        shut=shut,
        asked=words.asked(task),
        choice=words.hand_in_hint(task),
        kinds=words.kinds_of(task),
        due=words.due(deadline, context.now) if deadline else None,
        tries=words.tries(rules.tries_left(versions, task.resubmit), versions),
        draft=rules.going(versions),
        newest=rules.newest(versions),
        files=words.files(_present(versions, files)),
        versions=[
            words.version(context, each, files.get(each.id, ())) for each in reversed(versions) if not each.is_draft
        ],
        talk=[words.spoken(each, of_learner=True) for each in talk],
        fresh=_fresh(talk),
        **_peers(context, task, versions),
        urls=_urls(context),
    )


def _lesson(context: LessonContext) -> dict[str, object]:
    live, lesson, languages = context.live, context.lesson, context.languages
    return {
        "context": context,
        "contents": contents(live, context.outline, languages, lesson.key, context.gate),
        "course": live.course.text(*languages),
        "text": lesson.text(*languages),
        "lang": _language(context),
        "rubric": words.rubric_rows(lesson.text(*languages).rubric or task_of(context).rubric),
    }


def _urls(context: LessonContext) -> dict[str, str]:
    return {name: url(context, name) for name in ("hand_in", "save", "say", "heard", "find_reviews")}


def url(context: LessonContext, name: str, **more: object) -> str:
    """The address of something that belongs to this task."""
    lesson = context.lesson
    here = {"slug": context.live.slug, "module": lesson.module, "lesson": lesson.slug, **more}
    return url_for(f"tasks.{name}", **here)  # type: ignore[arg-type]


def _present(versions: Sequence[Work], files: Mapping[int, Sequence[Upload]]) -> Sequence[Upload]:
    """The files of the version that is written; before it is begun, those of the one before, which it will keep."""
    last = rules.newest(versions)
    return files.get(last.id, ()) if last else ()


def _fresh(talk: Sequence[Said]) -> int:
    return sum(1 for each in talk if not each.of_learner and each.read_at is None)


def _peers(context: LessonContext, task: Task, versions: Sequence[Work]) -> dict[str, object]:
    if task.peers is None or all(work.is_draft for work in versions):
        return {"to_read": [], "reviews": [], "reads": 0, "hidden_reviews": 0}
    shelf = peer_queries.shelf_of(db.session, context.actor.id, context.live.slug, context.lesson.key)
    given = [review for review in shelf.of_mine if review.given]
    open_now = shelf.may_read(task.peers.readers, context.now)
    return {
        "to_read": [
            words.to_read(review, place, url(context, "review", number=review.id))
            for place, review in enumerate(shelf.given_to_me, start=1)
        ],
        "reviews": [
            words.opinion(context, review, place, url(context, "rate", number=review.id))
            for place, review in enumerate(given if open_now else [], start=1)
        ],
        "reads": task.peers.readers,
        "hidden_reviews": 0 if open_now else len(given),
        "helpful": HelpfulForm,
    }


def _language(context: LessonContext) -> Language:
    return language_of(context.page.language)


def _versions(context: LessonContext) -> list[Work]:
    return queries.versions_of(db.session, context.actor.id, context.live.slug, context.lesson.key)
