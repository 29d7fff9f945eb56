"""A seeded site for benchmarks: bundled courses, a learner half-way, or the people of the demo."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people import passwords, presence
from academy.people.models import ACTIVE, Member
from academy.settings import Settings, from_environment
from benchmarks.servers import Server
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
PEOPLE = ("learner", "trainer", "alumnus", "moderator", "admin")
STAFF = frozenset({"trainer", "moderator", "admin"})
TOKEN = re.compile(rb'name="csrf_token"[^>]* value="([^"]+)"')


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
    _run(app, ["db", "upgrade"], ["courses", "import", "--bundled"])
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
        token = presence.begin(session, member_id=learner.id, now=now, device="bench", keep=True)
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
    return Seeded(environment, cookie_of(app, token), f"/c/{code}")


@dataclass(frozen=True)
class Peopled:
    """A site with the people of the demo: their cookies and passwords, and addresses that are there."""

    environment: dict[str, str]
    cookies: dict[str, str]
    passwords: dict[str, tuple[str, str]]
    lessons: tuple[str, ...]
    files: tuple[str, ...]
    certificate: str


def people(folder: Path) -> Peopled:
    """Migrate, import the courses, load the demo, sign its five people in."""
    environment = {"ACADEMY_INSTANCE": str(folder), "ACADEMY_LANGUAGES": "en,ru,fa"}
    app = create_app(_settings(environment))
    _run(app, ["db", "upgrade"], ["courses", "import", "--bundled"], ["demo", "load"])
    accounts = json.loads((folder / "demo-accounts.json").read_text(encoding="utf-8"))
    known = {name: (accounts[name]["email"], accounts[name]["password"]) for name in PEOPLE}
    with app.app_context(), db.the_database().transaction() as session:
        cookies = {name: cookie_of(app, _signed_in(session, known[name][0], name in STAFF)) for name in PEOPLE}
        live = library.live_courses(session).values()
        lessons = tuple(f"/courses/{each.slug}/{key}/" for each in live for key in each.lessons)
        holder = select(Member.id).where(Member.email_key == known["alumnus"][0]).scalar_subquery()
        code = session.scalars(select(Certificate.code).where(Certificate.member_id == holder)).first()
    return Peopled(
        environment, cookies, known, lessons, tuple(app.extensions["academy.assets"].urls.values()), f"/c/{code}"
    )


def _signed_in(session: Session, address: str, staff: bool) -> str:
    member = session.scalars(select(Member).where(Member.email_key == address)).one()
    return presence.begin(
        session, member_id=member.id, now=clock.now(), device="bench", second_factor=staff, staff=staff
    )


def _run(app: Flask, *commands: list[str]) -> None:
    for command in commands:
        result = app.test_cli_runner().invoke(args=command)
        if result.exit_code:
            raise RuntimeError(result.output)


def cookie_of(app: Flask, token: str, **more: str) -> str:
    """What the browser of a signed-in member sends, with more in its session."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("The site has no secret key.")
    return f"session={signer.dumps({'_user_id': token, '_fresh': True, **more})}; language=en"


def opened(site: Server, path: str, cookie: str) -> tuple[str, str]:
    """The cookies as a browser holds them after this page, and the token in its form."""
    _, body, headers = site.get(path, {"Cookie": cookie})
    fresh = headers.get("Set-Cookie", "").partition(";")[0]
    token = TOKEN.search(body)
    if token is None:
        raise RuntimeError(f"{path} has no form.")
    return (f"{fresh}; language=en" if fresh.startswith("session=") else cookie), token[1].decode()


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
