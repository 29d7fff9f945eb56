"""Certificates for many at once: every person is a row, and the worker goes through the rows, a few at a time.

A row is done in the transaction that issues its certificate: whatever is killed when, nobody is left out or served
twice.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.jobs import pokes
from academy.people import queries as people
from academy.people.actor import Actor
from academy.people.models import Member
from courses.catalogue import library
from courses.certificates import printing, queries, service, templates
from courses.certificates.kinds import LineState
from courses.certificates.models import CertificateBatch, CertificateBatchLine, CertificateTemplate
from courses.certificates.refusals import CannotBeIssued, NoSuchLearner, NoSuchTier
from courses.certificates.service import Award, Granted
from courses.progress.rules import Tier

OUTBOX = "certificates"
AT_ONCE = 25
MOST_TRIES = 5
Came = Mapping[int, Granted | CannotBeIssued]


@dataclass(frozen=True, slots=True)
class Source:
    """What is given: the certificate of a course, of this tier, or one by a template."""

    course_slug: str | None = None
    tier: str = ""
    template_id: int | None = None


def start(
    session: Session, *, source: Source, member_ids: Collection[int], by: Actor, now: datetime
) -> CertificateBatch:
    """Let the worker give certificates to these members, each once, whoever else gives them some at the same time."""
    batch = CertificateBatch(
        course_slug=source.course_slug,
        tier=source.tier,
        template_id=source.template_id,
        made_at=now,
        made_by=by.id,
    )
    session.add(batch)
    session.flush()
    people = [{"batch_id": batch.id, "member_id": number} for number in dict.fromkeys(member_ids)]
    session.execute(insert(CertificateBatchLine), people)
    detail = f"{source.course_slug or source.template_id} {source.tier} {len(people)}".replace("  ", " ")
    record(session, actor=by, action="certificate.batch", now=now, subject=f"batch:{batch.id}", detail=detail)
    pokes.after_commit(OUTBOX)
    return batch


def pump(now: datetime) -> None:
    """Go through everybody who waits."""
    while some := _claim():
        _look_at_names(some)
        _work(some, now)


@dataclass(frozen=True, slots=True)
class _Some:
    """Lines of one batch that are looked at together."""

    batch_id: int
    lines: Mapping[int, int]
    """Members by line."""


def _claim() -> _Some | None:
    """The next few; a line that failed before is tried alone, so that it holds up nobody but itself."""
    with db.the_database().transaction() as session:
        while True:
            waiting = select(CertificateBatchLine).where(CertificateBatchLine.state == LineState.WAITING)
            order = waiting.order_by(CertificateBatchLine.tries, CertificateBatchLine.id).limit(AT_ONCE)
            found = session.scalars(order.with_for_update(skip_locked=True)).all()
            if not found:
                return None
            first = found[0]
            if first.tries < MOST_TRIES:
                break
            first.state, first.refusal, first.done_at = LineState.REFUSED, CannotBeIssued.word, None
            session.flush()
        some = [each for each in found if each.batch_id == first.batch_id and not each.tries] or [first]
        for each in some:
            each.tries += 1
        return _Some(first.batch_id, {each.id: each.member_id for each in some})


def _look_at_names(some: _Some) -> None:
    """Asking which letters can be printed takes a while: it is done before anything is locked."""
    with db.the_database().reading() as session:
        people_there = queries.people_named(session, some.lines.values())
    written = (service.written(each.legal_name, each.second_name) for each in people_there)
    printing.strange_letters_of(filter(None, written))


def _work(some: _Some, now: datetime) -> None:
    with db.the_database().transaction() as session:
        still = (CertificateBatchLine.id.in_(some.lines), CertificateBatchLine.state == LineState.WAITING)
        lines = session.scalars(select(CertificateBatchLine).where(*still).with_for_update(skip_locked=True)).all()
        batch = session.get_one(CertificateBatch, some.batch_id)
        came = _given(session, batch, [line.member_id for line in lines], now)
        for line in lines:
            _settle(line, came.get(line.member_id, NoSuchLearner()), now)


def _settle(line: CertificateBatchLine, came: Granted | CannotBeIssued, now: datetime) -> None:
    line.done_at = now
    if isinstance(came, Granted):
        line.state = LineState.ISSUED if came.fresh else LineState.HELD
        line.certificate_id = came.certificate.id
    else:
        line.state, line.refusal, line.detail = LineState.REFUSED, came.word, came.detail


def _given(session: Session, batch: CertificateBatch, member_ids: Sequence[int], now: datetime) -> Came:
    admin = session.get(Member, batch.made_by) if batch.made_by else None
    by = people.as_actor(session, admin) if admin else None
    if batch.template_id is not None:
        template = session.get_one(CertificateTemplate, batch.template_id)
        return {number: _by_template(session, template, number, by, now) for number in member_ids}
    live = library.live_course(session, batch.course_slug or "")
    if live is None:
        return dict.fromkeys(member_ids, NoSuchTier())
    award = Award(live, Tier(batch.tier), by, now)
    found = queries.candidates(session, live, award.tier, member_ids)
    return service.issue_many(session, candidates=found, award=award)


def _by_template(
    session: Session, template: CertificateTemplate, member_id: int, by: Actor | None, now: datetime
) -> Granted | CannotBeIssued:
    try:
        return templates.give(session, template=template, member_id=member_id, by=by, now=now)
    except CannotBeIssued as refusal:
        return refusal
