"""A course and people who did some or all of it, for the stories about certificates."""

from datetime import UTC, date, datetime

from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.catalogue import library
from courses.catalogue import service as catalogue
from courses.catalogue.library import LiveCourse
from courses.certificates import batches, queries, service
from courses.certificates.models import Certificate, WithdrawClass
from courses.certificates.service import Award
from courses.cohorts import service as cohorts
from courses.cohorts.models import Cohort
from courses.credentials import jobs
from courses.enrolment import service as enrolment
from courses.progress.models import LessonState
from courses.progress.rules import Tier
from courses.progress.service import record_result
from tests import makers
from tests.courses.course_files import course_files

SLUG = "first-steps"
KEYS = ("water/canal", "water/check", "water/map", "water/meeting")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
REGISTER = f"/admin/certificates/?course={SLUG}"


def course(session: Session, *, valid: str = "") -> LiveCourse:
    """A published course with a lesson, a quiz, a task and a live session; its certificates count so long."""
    front = course_files()["course.md"].replace(b"enrolment: open", b"enrolment: open\nstatus: published")
    if valid:
        front = front.replace(b"  participation: true", f"  participation: true\n  valid: {valid}".encode())
    catalogue.publish(session, slug=SLUG, files={**course_files(), "course.md": front}, by=None, now=NOON)
    session.commit()
    return found(session)


def found(session: Session) -> LiveCourse:
    """The course as it is live."""
    live = library.live_course(session, SLUG)
    assert live is not None
    return live


def learns(session: Session, who: Member, *, done: tuple[str, ...] = KEYS, score: int = 80) -> Member:
    """Give somebody a place and let them finish these lessons."""
    enrolment.enrol(session, live=found(session), member_id=who.id, way="open", now=NOON)
    for key in done:
        state = LessonState.PASSED if key == "water/check" and score >= 75 else LessonState.DONE
        state = LessonState.FAILED if key == "water/check" and score < 75 else state
        record_result(
            session,
            member_id=who.id,
            course_slug=SLUG,
            lesson_key=key,
            state=state,
            score=score if key == "water/check" else None,
            edition=1,
            now=NOON,
        )
    session.commit()
    return who


def cohort(session: Session, people: list[Member], name: str = "Autumn intake") -> Cohort:
    """Put these people into a cohort of the course."""
    made = cohorts.make(
        session,
        course_slug=SLUG,
        name=name,
        year=2026,
        starts_on=date(2026, 9, 1),
        ends_on=date(2026, 12, 1),
        now=NOON,
    )
    cohorts.add_members(session, cohort_id=made.id, member_ids=[each.id for each in people], now=NOON)
    session.commit()
    return made


def issued(app: Flask, session: Session, who: Member, tier: Tier = Tier.COMPLETION) -> Certificate:
    """Give somebody the certificate they earned."""
    live = found(session)
    (candidate,) = queries.candidates(session, live, tier, [who.id])
    with app.app_context():
        certificate = service.issue(session, candidate=candidate, award=Award(live, tier, None, NOON))
    session.commit()
    return certificate


def signed(app: Flask, session: Session, who: Member) -> Certificate:
    """The same in a course of its own, with its credential signed."""
    course(session)
    made = issued(app, session, learns(session, who))
    with app.app_context():
        jobs.pump(NOON)
    return made


def withdrawn(
    app: Flask, session: Session, certificate: Certificate, reason: WithdrawClass = WithdrawClass.ERROR
) -> None:
    """Withdraw a certificate, with words that only admins may read."""
    with app.app_context():
        service.withdraw(session, certificate=certificate, reason=reason, words="Private words.", by=None, now=NOON)
    session.commit()


def work(app: Flask, now: datetime = NOON) -> None:
    """Let the worker go through everybody who waits for a certificate."""
    with app.app_context():
        batches.pump(now)


def crowd(session: Session, size: int, *, first: int = 0, done: tuple[str, ...] = KEYS) -> list[Member]:
    """So many learners with names for certificates, numbered from the first."""
    return [
        learns(session, makers.member(session, f"Learner {turn}", legal_name=f"Learner {turn}"), done=done)
        for turn in range(first, first + size)
    ]
