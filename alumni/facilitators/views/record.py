"""My record: the sessions I ran, the hours, a table to take away, and the certificate they become."""

from collections.abc import Sequence

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.spreadsheets.service import CSV_TYPE, csv_of
from alumni.facilitators import queries, rules, service, words
from alumni.facilitators.models import Facilitation
from alumni.facilitators.views.blueprint import bp, named, page
from courses.facts import ServiceFact


@bp.get("/alumni/facilitators/mine")
@signed_in
def mine() -> ResponseReturnValue:
    """The sessions I was invited to run, and what came of my hours."""
    actor = signed_in_actor()
    sessions = queries.sessions_of(db.session, actor.id)
    reveal(bool(sessions) or actor.is_alumnus)
    confirmed = [each for each in sessions if each.confirmed_at is not None]
    answers = queries.answers_to(db.session, confirmed)
    offer = queries.offer_of(db.session, actor.id)
    return page(
        "mine",
        sessions=sessions,
        people=named([each.invited_by for each in sessions]),
        total=words.hours(sum(each.logged or 0 for each in confirmed)),
        confirmed=confirmed,
        free=rules.whole_hours(queries.unused(confirmed, answers)),
        waits=any(each.decision == "open" for each in answers.values()),
        refused=_last_refusal(confirmed, answers),
        answers=answers,
        is_open=offer is not None and offer.stopped_at is None,
        words=words,
    )


def _last_refusal(confirmed: Sequence[Facilitation], answers: dict[int, ServiceFact]) -> str:
    wishes = sorted({each.wish_id for each in confirmed if each.wish_id is not None}, reverse=True)
    latest = answers.get(wishes[0]) if wishes else None
    return latest.answer if latest is not None and latest.decision == "refused" else ""


@bp.get("/alumni/facilitators/mine.csv")
@signed_in
def mine_as_table() -> ResponseReturnValue:
    """My sessions as a table."""
    actor = signed_in_actor()
    sessions = queries.sessions_of(db.session, actor.id)
    reveal(bool(sessions) or actor.is_alumnus)
    headings = (_("Day"), _("Session"), _("Cohort"), _("State"), _("Hours noted"), _("Hours confirmed"))
    table = csv_of(headings, [_row(each) for each in sessions])
    named_so = {"Content-Disposition": "attachment; filename=sessions.csv"}
    return Response(table, content_type=CSV_TYPE, headers=named_so)


def _row(session: Facilitation) -> tuple[str, ...]:
    logged = i18n.number((session.logged or 0) / rules.HOUR) if session.logged else ""
    confirmed = logged if session.confirmed_at else ""
    day = session.at.date().isoformat()
    return (day, session.title, session.cohort, words.state(session)[0], logged, confirmed)


@bp.route("/alumni/facilitators/certificate", methods=["GET", "POST"])
@signed_in
def certificate() -> ResponseReturnValue:
    """Ask for a certificate of service with the hours that were not used yet."""
    actor = signed_in_actor()
    sessions = queries.confirmed_of(db.session, actor.id)
    reveal(bool(sessions))
    if request.method == "POST":
        service.ask_for_certificate(
            db.session, member_id=actor.id, lines=words.lines, page=url_for("facilitators.mine"), now=clock.now()
        )
        flash(_("The academy has your request. You will be told as soon as it is decided."), "done")
        return redirect(url_for("facilitators.mine"), code=303)
    left = queries.unused(sessions, queries.answers_to(db.session, sessions))
    return page("certificate", lines=words.lines(left), hours=rules.whole_hours(left))
