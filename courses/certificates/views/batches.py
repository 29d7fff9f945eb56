"""What is issued in the background: each batch with its progress, person by person."""

from dataclasses import dataclass
from functools import partial

from flask import request, url_for
from flask.typing import ResponseReturnValue

from academy import db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import admins
from courses.catalogue import library
from courses.certificates import batch_queries, register_words, templates, wording
from courses.certificates.batch_queries import Line
from courses.certificates.kinds import LineState
from courses.certificates.models import CertificateBatch
from courses.certificates.refusals import in_words
from courses.certificates.views.blueprint import bp, page
from courses.certificates.views.scope import LARGEST_ID, number
from courses.progress.rules import Tier


@dataclass(frozen=True, slots=True)
class Shown:
    """A batch in a list: what it gives, when and by whom it was made, how far it is."""

    title: str
    url: str
    when: str
    done: int
    total: int


@bp.get("/admin/certificates/batches/")
@admins
def all_batches() -> ResponseReturnValue:
    """Every batch, the newest first."""
    found = batch_queries.batches_before(db.session, number("before"))
    shown = found[: batch_queries.PAGE]
    counts = batch_queries.counts(db.session, [batch.id for batch, _name in shown])
    titles = _titles([batch for batch, _name in shown])
    more = len(found) > batch_queries.PAGE
    return page(
        "batches",
        batches=[
            Shown(
                titles[batch.id],
                url_for("certificates.batch", number=batch.id),
                wording.moment_and_name(batch.made_at, name),
                _done(counts[batch.id]),
                sum(counts[batch.id].values()),
            )
            for batch, name in shown
        ],
        more=url_for("certificates.all_batches", before=shown[-1][0].id) if more else "",
        first=url_for("certificates.all_batches") if number("before") else "",
    )


@bp.get("/admin/certificates/batches/<int:number>")
@admins
def batch(number: int) -> ResponseReturnValue:
    """How far a batch is, and what came of it for each person."""
    found = batch_queries.by_number(db.session, min(number, LARGEST_ID))
    if found is None:
        raise NotFound
    states = {each.value: each for each in LineState}
    state, after = states.get(request.args.get("state", ""), ""), _after()
    lines = batch_queries.lines_after(db.session, found.id, state=state, after=after)
    shown, counts = lines[: batch_queries.PAGE], batch_queries.counts(db.session, [found.id])[found.id]
    here = partial(url_for, "certificates.batch", number=found.id, state=state or None)
    following = shown[-1].line.id if len(lines) > batch_queries.PAGE else 0
    return page(
        "batch",
        title=_titles([found])[found.id],
        done=_done(counts),
        total=sum(counts.values()),
        counts=counts,
        tabs=_tabs(found, counts, state),
        lines=[_row(line) for line in shown],
        here=here(),
        more=here(after=following) if following else "",
        first=here() if after else "",
    )


def _after() -> int:
    return number("after")


def _done(counts: dict[str, int]) -> int:
    return sum(people for state, people in counts.items() if state != LineState.WAITING)


def _tabs(found: CertificateBatch, counts: dict[str, int], state: str) -> list[dict[str, object]]:
    everybody = {"label": _("Everybody"), "url": url_for("certificates.batch", number=found.id), "current": not state}
    return [
        everybody,
        *(
            {
                "label": str(register_words.LINES[each]),
                "url": url_for("certificates.batch", number=found.id, state=each.value),
                "current": state == each,
                "count": i18n.number(counts[each]),
            }
            for each in LineState
            if each in counts
        ),
    ]


def _row(shown: Line) -> dict[str, object]:
    state = LineState(shown.line.state)
    return {
        "name": shown.name,
        "url": url_for("certificates.record", code=shown.code) if shown.code else "",
        "facts": [shown.code] if shown.code else [],
        "text": in_words(shown.line.refusal, shown.line.detail) if state is LineState.REFUSED else "",
        "state": (str(register_words.LINES[state]), register_words.LINE_TONES[state]),
    }


def _titles(found: list[CertificateBatch]) -> dict[int, str]:
    """What each of these batches gives."""
    languages = i18n.reading_order(i18n.current_code())
    named = templates.titles_of(db.session, {each.template_id for each in found if each.template_id}, *languages)
    titles, courses = {}, library.live_courses(db.session)
    for each in found:
        live = courses.get(each.course_slug or "")
        course = live.course.text(*languages).title if live else each.course_slug or ""
        given = _("%(tier)s: %(course)s", tier=str(wording.TIERS[Tier(each.tier)]), course=course) if each.tier else ""
        titles[each.id] = given or named.get(each.template_id or 0, "")
    return titles
