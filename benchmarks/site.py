"""A seeded site for benchmarks: bundled courses, a learner half-way, and so many others."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask.sessions import SecureCookieSessionInterface

from academy import clock, db
from academy.people import passwords, presence
from academy.people.models import ACTIVE, Member
from academy.settings import Settings, from_environment
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate
from courses.enrolment import service as enrolment
from courses.progress.models import LessonState
from courses.progress.rules import Tier
from courses.progress.service import record_result
from wsgi import create_app

COURSE = "preventive-diplomacy"
LESSON = f"/courses/{COURSE}/foundations/a-short-history/"
PREVIEW = f"/courses/{COURSE}/foundations/what-prevention-is/"
QUIZ = f"/courses/{COURSE}/foundations/check/"
ADDRESS, PASSWORD = "bench@example.org", "three plain words of a benchmark"


@dataclass(frozen=True)
class Seeded:
    """Where the site lives, the cookie of a learner, and the address of a certificate."""

    environment: dict[str, str]
    cookie: str
    certificate: str


def seed(folder: Path, *, database_url: str = "") -> Seeded:
    """Migrate, import the courses, make a learner who is signed in for a day."""
    environment = {"ACADEMY_INSTANCE": str(folder), **({"ACADEMY_DATABASE_URL": database_url} if database_url else {})}
    app = create_app(_settings(environment))
    runner = app.test_cli_runner()
    for command in (["db", "upgrade"], ["courses", "import", "--bundled"]):
        result = runner.invoke(args=command)
        if result.exit_code:
            raise RuntimeError(result.output)
    now, code = clock.now(), new_code()
    with app.app_context():
        secret = passwords.hashed(PASSWORD)
    with app.app_context(), db.the_database().transaction() as session:
        learner = Member(
            email=ADDRESS,
            email_key=ADDRESS,
            password_hash=secret,
            display_name="Bench",
            state=ACTIVE,
            created_at=now,
            confirmed_at=now,
        )
        session.add(learner)
        session.flush()
        token = presence.begin(session, member=learner, now=now, device="bench", keep=True)
        live = library.live_course(session, COURSE)
        if live is None:
            raise RuntimeError("The bundled course is missing.")
        enrolment.enrol(session, live=live, member_id=learner.id, way="open", now=now - timedelta(days=3))
        for key in list(live.lessons)[:5]:
            record_result(
                session,
                member_id=learner.id,
                course_slug=COURSE,
                lesson_key=key,
                state=LessonState.DONE,
                score=None,
                edition=live.edition_number,
                now=now,
            )
        session.add(_certificate(live, learner.id, code))
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("The site has no secret key.")
    cookie = f"session={signer.dumps({'_user_id': token, '_fresh': True})}; language=en"
    return Seeded(environment, cookie, f"/c/{code}")


def _certificate(live: LiveCourse, member_id: int, code: str) -> Certificate:
    return Certificate(
        code=code,
        member_id=member_id,
        course_slug=live.slug,
        tier=Tier.COMPLETION,
        edition=live.edition_number,
        holder_name="Bench",
        language="en",
        hours=live.course.hours,
        course_title=live.course.title,
        how_checked={"lessons": 14, "quizzes": [75, 75, 75, 75], "tasks": 1},
        issued_at=clock.now(),
    )


def _settings(environment: dict[str, str]) -> Settings:
    return from_environment(environment)
