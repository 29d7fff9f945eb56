"""How a task speaks: what it takes, until when, where a version stands, who said what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from academy import db
from academy.i18n import date_and_time, file_size, ngettext, number, percent
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.moments import zone_name
from academy.uploads.models import Upload
from courses.catalogue import library
from courses.catalogue.questions import Criterion, HandIn, Task
from courses.lessons.panels import LessonContext
from courses.tasks.dues import Deadline
from courses.tasks.models import Work, WorkReview, WorkState
from courses.tasks.queries import Said

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file as a page lists it."""

    id: int
    name: str
    size: str
    url: str


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
    rows: Rows
    files: Sequence[File]


@dataclass(frozen=True, slots=True)
class DueWords:
    """Until when work is asked for, in whole sentences; `past` when the day is over."""

    sentences: tuple[str, ...]
    past: bool


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message as it is drawn."""

    id: int
    name: str
    mine: bool
    of_learner: bool
    html: Markup
    when: str
    unread: bool


@dataclass(frozen=True, slots=True)
class ToRead:
    """A work somebody was given to read."""

    title: str
    url: str
    done: bool
    due: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a reader said of a work."""

    title: str
    rows: Rows
    comment: Markup
    helpful: int | None
    url: str
    id: int


def rubric_rows(rubric: Sequence[Criterion]) -> list[tuple[str, str, str]]:
    """The rubric as rows of a table: criterion, what earns full marks (or what each level looks like), points."""
    return [(each.title, _expected(each), number(each.points)) for each in rubric]


def _expected(criterion: Criterion) -> str:
    levels = [
        _("%(level)s (%(points)s): %(text)s", level=level.title, points=number(level.points), text=level.text)
        if level.text
        else _("%(level)s (%(points)s)", level=level.title, points=number(level.points))
        for level in criterion.levels
    ]
    return " · ".join(filter(None, [criterion.text, *levels]))


def asked(task: Task) -> list[str]:
    """The short facts under the title."""
    facts = [ngettext("about %(num)s word", "about %(num)s words", task.words)] if task.words else []
    if task.takes_files:
        taken = kinds_of(task)
        facts.append(
            ngettext("%(num)s file (%(kinds)s)", "up to %(num)s files (%(kinds)s)", task.most_files, kinds=taken)
        )
    facts.append(_("%(share)s of the points to pass", share=percent(task.pass_mark)))
    return facts


def kinds_of(task: Task) -> str:
    """The kinds of files that are taken, as people know them."""
    return ", ".join(kind.upper() for kind in task.files)


def hand_in_hint(task: Task) -> str:
    """What may be handed in, where there is a choice."""
    return _("You may write a text, add files, or do both.") if task.hand_in is HandIn.BOTH else ""


def due(deadline: Deadline, now: datetime) -> DueWords:
    """Until when, with the grace and what happens then, in the reader's own time."""
    at, closes, zone = date_and_time(deadline.at), date_and_time(deadline.closes), zone_name()
    past = deadline.is_late(now)
    if past:
        first = _("This was due on %(when)s (%(zone)s).", when=at, zone=zone)
    else:
        first = _("Due on %(when)s (%(zone)s).", when=at, zone=zone)
    said = [first]
    if deadline.grace and not past:
        said.append(_("What comes until %(when)s still counts as in time.", when=closes))
    said.append(_after(deadline, past=past))
    return DueWords(tuple(said), past)


def _after(deadline: Deadline, *, past: bool) -> str:
    if deadline.refuses:
        return _("Late work is not taken any more.") if past else _("Late work is not taken.")
    if past:
        return _("You can still hand it in; it will be marked as late.")
    return _("Later work is taken too, but it is marked as late.")


def tries(left: int | None, versions: Sequence[Work]) -> str:
    """How often work may still be handed in, where there is a limit."""
    if left is None or any(work.waits or work.passed for work in versions):
        return ""
    if left == 0:
        return _("You have used all your tries for this task. Write to your trainer below if something is unclear.")
    return ngettext("You can hand in %(num)s more time.", "You can hand in %(num)s more times.", left)


def files(found: Sequence[Upload]) -> list[File]:
    """Files with the address at which their owner gets them."""
    return [File(each.id, each.name, file_size(each.size), f"/account/files/{each.id}") for each in found]


def version(context: LessonContext, work: Work, found: Sequence[Upload]) -> Version:
    """A version that was handed in."""
    stands, tone = state_words(work)
    return Version(
        work,
        _("Version %(number)s", number=number(work.number)),
        stands,
        tone,
        render_member_text(work.text),
        render_member_text(work.comment),
        percent(work.score) if work.score is not None else "",
        points_rows(work.points, rubric_of(context, work)),
        files(found),
    )


def rubric_of(context: LessonContext, work: Work) -> Sequence[Criterion]:
    """The rubric the work was handed in under, in the reader's language."""
    live = context.live
    if work.edition != live.edition_number:
        live = library.edition(db.session, live.slug, work.edition) or live
    lesson = live.lessons.get(context.lesson.key, context.lesson)
    own = lesson.task.rubric if lesson.task else ()
    return lesson.text(*context.languages).rubric or own


def points_rows(points: dict[str, float], rubric: Sequence[Criterion]) -> Rows:
    """The points given, criterion by criterion, with the name of the level they are."""
    return tuple((each.title, _given(each, points[each.id])) for each in rubric if each.id in points)


def _given(criterion: Criterion, points: float) -> str:
    share = _("%(points)s of %(most)s", points=number(points), most=number(criterion.points))
    level = next((level.title for level in criterion.levels if level.points == points), "")
    return _("%(level)s – %(share)s", level=level, share=share) if level else share


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


def spoken(said: Said, *, of_learner: bool, hidden: bool = False) -> Spoken:
    """A message for the learner (or for whoever marks), whose own messages are never unread."""
    mine = said.of_learner == of_learner
    name = _("The learner") if hidden and said.of_learner else said.name or _("A former member")
    unread = not mine and said.read_at is None
    when = date_and_time(said.written_at)
    return Spoken(said.id, name, mine, said.of_learner, render_member_text(said.text), when, unread)


def to_read(review: WorkReview, place: int, url: str) -> ToRead:
    """A work to read, without a name."""
    title = _("Work %(number)s", number=number(place))
    return ToRead(title, url, review.given, _("until %(when)s", when=date_and_time(review.due_at)))


def opinion(context: LessonContext, review: WorkReview, place: int, url: str) -> Opinion:
    """A review of one's own work, without a name."""
    rubric = context.lesson.text(*context.languages).rubric or (
        context.lesson.task.rubric if context.lesson.task else ()
    )
    title = _("Reader %(number)s", number=number(place))
    rows = points_rows(review.points, rubric)
    return Opinion(title, rows, render_member_text(review.comment), review.helpful, url, review.id)
