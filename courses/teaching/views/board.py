"""The board of a course: its learners by its lessons, who is stuck, how each lesson goes; and the same as a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import current_code, current_language, long_date, reading_order
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from academy.spreadsheets.service import CSV_TYPE, XLSX_TYPE, Cell, csv_of, xlsx_of
from academy.web import limits
from academy.web.limits import Limit
from courses.catalogue.library import LiveCourse
from courses.catalogue.taught import taught_or_404
from courses.cohorts import queries as cohorts
from courses.cohorts.words import title_of
from courses.progress.queries import Standing, standings_in_course
from courses.progress.rules import checklist, finished
from courses.tasks.dues import late_tasks
from courses.teaching import queries, words
from courses.teaching.queries import Learner, LessonCount, Wanted
from courses.teaching.rules import Why, why_stuck
from courses.teaching.views.blueprint import bp, wanted, whole

EXPORTS = Limit("teaching.exports", 20, 60 * 60)
AT_ONCE = 500
NONE_DONE = LessonCount(0, 0, 0, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A learner on the board."""

    id: int
    name: str
    url: str
    marks: tuple[str, ...]
    done: int
    total: int
    latest: str
    cohort: str
    why: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class How:
    """How a learner gets on: why they may need a word, which tasks are late, whether they are through."""

    standing: Standing
    why: tuple[Why, ...]
    late: list[str]
    complete: bool


@bp.get("/teach/<slug>/")
@trainers
def board(slug: str) -> ResponseReturnValue:
    """The learners of a course: how far, since when silent, who is stuck; and how each lesson goes."""
    live, now = taught_or_404(slug), clock.now()
    asked, after = wanted(live, now), whole("after") or 0
    found = queries.learners(db.session, asked, after=after)
    shown = found[: queries.PAGE]
    more = _here(asked, shown[-1].enrolment_id) if len(found) > len(shown) else ""
    return render_template(
        "courses/teaching/board.html",
        live=live,
        title=title_of(live),
        rows=_rows(live, shown, now),
        lessons=_lessons(live, queries.by_lesson(db.session, slug, asked.cohort_id)),
        cohorts=cohorts.cohorts(db.session, slug),
        asked=asked,
        reasons=words.REASONS,
        more_url=more,
        first_url=_here(asked) if after else "",
    )


def _here(asked: Wanted, after: int | None = None) -> str:
    narrowed = {"cohort": asked.cohort_id, "q": asked.words or None, "why": asked.why}
    return url_for("teaching.board", slug=asked.course_slug, after=after, **narrowed)  # type: ignore[arg-type]


def _rows(live: LiveCourse, shown: Sequence[Learner], now: datetime) -> list[Row]:
    ids = [learner.id for learner in shown]
    standings = standings_in_course(db.session, live.slug, ids)
    tries = queries.tries_in_vain(db.session, live.slug, ids)
    named = queries.cohort_names(db.session, live.slug, ids)
    return [
        _row(live, each, _how(live, each.id, standings[each.id], tries.get(each.id, {}), now), named.get(each.id, ""))
        for each in shown
        if each.id in standings
    ]


def _how(live: LiveCourse, member_id: int, standing: Standing, tries: dict[str, int], now: datetime) -> How:
    complete = checklist(live.course, standing.done, standing.earned).complete
    late = late_tasks(live, member_id, standing, now)
    why = why_stuck(standing, tries, late, complete=complete, now=now)
    return How(standing, why, late if Why.LATE in why else [], complete)


def _row(live: LiveCourse, learner: Learner, how: How, cohort: str) -> Row:
    did = [how.standing.done.get(key) for key in live.lessons]
    return Row(
        learner.id,
        learner.name,
        url_for("teaching.learner", slug=live.slug, member_id=learner.id),
        tuple(words.mark_of(each) for each in did),
        sum(1 for each in did if finished(each)),
        len(did),
        _("Last step on %(day)s", day=long_date(how.standing.latest)),
        cohort,
        tuple(str(words.REASONS[each]) for each in how.why),
        how.complete,
    )


def _lessons(live: LiveCourse, counts: dict[str, LessonCount]) -> list[tuple[str, LessonCount]]:
    languages = reading_order(current_code())
    return [(lesson.text(*languages).title, counts.get(key, NONE_DONE)) for key, lesson in live.lessons.items()]


@bp.post("/teach/<slug>/learners.<kind>")
@trainers
def export(slug: str, kind: str) -> Response:
    """The learners that the board shows, as a file: what a trainer may see, and no address."""
    live, now = taught_or_404(slug), clock.now()
    if kind not in {"csv", "xlsx"}:
        raise NotFound
    actor = signed_in_actor()
    limits.spend(EXPORTS, actor.id)
    with db.glance() as session:
        headings, rows = _headings(live), list(_cells(session, live, wanted(live, now), now))
    content = csv_of(headings, rows) if kind == "csv" else _workbook(live, headings, rows)
    detail = f"{len(rows)} {kind}"
    record(db.session, actor=actor, action="learners.exported", now=now, subject=f"course:{slug}", detail=detail)
    response = make_response(content)
    response.mimetype = CSV_TYPE if kind == "csv" else XLSX_TYPE
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-learners.{kind}"'
    return response


def _workbook(live: LiveCourse, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    return xlsx_of(title_of(live), headings, rows, right_to_left=current_language().direction == "rtl")


def _headings(live: LiveCourse) -> list[str]:
    languages = reading_order(current_code())
    own = [_("Name"), _("Cohort"), _("Enrolled"), _("Last step"), _("Lessons done"), _("Why stuck")]
    return [*own, _("Work past its day"), *(lesson.text(*languages).title for lesson in live.lessons.values())]


def _cells(session: Session, live: LiveCourse, asked: Wanted, now: datetime) -> Iterator[list[Cell]]:
    after = 0
    while portion := queries.learners(session, asked, after=after, most=AT_ONCE - 1):
        ids, after = [learner.id for learner in portion], portion[-1].enrolment_id
        standings = standings_in_course(session, live.slug, ids)
        tries = queries.tries_in_vain(session, live.slug, ids)
        named = queries.cohort_names(session, live.slug, ids)
        for each in portion:
            how = _how(live, each.id, standings[each.id], tries.get(each.id, {}), now)
            yield [each.name, named.get(each.id, ""), *_facts(live, how)]


def _facts(live: LiveCourse, how: How) -> list[Cell]:
    standing, languages = how.standing, reading_order(current_code())
    done = sum(1 for key in live.lessons if finished(standing.done.get(key)))
    reasons = "; ".join(str(words.REASONS[each]) for each in how.why)
    titles = "; ".join(live.lessons[key].text(*languages).title for key in how.late)
    lessons = [_lesson_cell(standing, key) for key in live.lessons]
    days = (standing.enrolled_at.date().isoformat(), standing.latest.date().isoformat())
    return [*days, done, reasons, titles, *lessons]


def _lesson_cell(standing: Standing, key: str) -> Cell:
    did = standing.done.get(key)
    if did is None:
        return ""
    return words.state_word(did) if did.score is None else f"{words.state_word(did)}, {did.score} %"


def chosen() -> list[int]:
    """The learners ticked on the board."""
    texts = request.form.getlist("learner")[: queries.PAGE]
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 16]  # noqa: PLR2004
