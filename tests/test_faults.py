"""Real faults in real processes: workers that are killed, a database that is locked, a disk that is full."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import event, select

from academy import clock
from academy.db import Base, Database
from academy.settings import Settings
from academy.sqlite import dbapi
from courses.catalogue import library
from courses.quizzes.models import AnswerRow, Attempt
from tests import makers
from tests.courses import quiz_stage
from tests.courses.course_files import COURSE
from tests.stage import SECRET
from wsgi import create_app

pytestmark = [pytest.mark.slow, pytest.mark.skipif("ACADEMY_TEST_DATABASE_URL" in os.environ, reason="about SQLite")]
ROOT = Path(__file__).resolve().parents[1]
LEARNERS, CROWD, TRIES = 80, 8, 60
PATIENCE = 9  # five seconds of waiting and what a busy machine adds
QUIZ = "/courses/first-steps/water/check"
OPEN = "enrolment: open\nstatus: published"
PUBLISHED = {"course.md": COURSE.replace("enrolment: open", OPEN)}
TOKEN = str(URLSafeTimedSerializer(SECRET, salt="wtf-csrf-token").dumps("secret"))


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@dataclass
class Site:
    """A site with a database of its own, served by gunicorn."""

    folder: Path
    app: Flask
    port: int
    process: subprocess.Popen[bytes]

    @property
    def database(self) -> Path:
        """Its file."""
        return self.folder / "academy.db"

    def workers(self) -> list[int]:
        """The processes that answer, without the one that keeps them."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [int(each) for each in listed.split()]

    def cookie_of(self, token: str) -> str:
        """The cookie of a browser that is signed in with this token."""
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = token, True
            session["csrf_token"] = "secret"
        cookie = client.get_cookie("session")
        assert cookie is not None
        return cookie.value

    def ask(
        self, path: str, cookie: str, form: Sequence[tuple[str, str]] | None = None
    ) -> tuple[int, str, dict[str, str]]:
        """Status, text and headers of an answer; no redirect is followed."""
        body = urllib.parse.urlencode(form).encode() if form is not None else None
        address = f"http://127.0.0.1:{self.port}{path}"
        request = urllib.request.Request(address, data=body, headers={"Cookie": f"session={cookie}"})
        opener = urllib.request.build_opener(Stay)
        try:
            with opener.open(request, timeout=20) as answer:
                return answer.status, answer.read().decode(), dict(answer.headers)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read().decode(), dict(refusal.headers)


class Stay(urllib.request.HTTPRedirectHandler):
    """Follows nothing."""

    def redirect_request(self, *_arguments: object) -> None:
        """Let the redirect be the answer."""


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The real site on a database of its own, with a course in it."""
    url = f"sqlite:///{tmp_path / 'academy.db'}"
    app = create_app(Settings(tmp_path, url, SECRET, "http://localhost", cheap_passwords=True))
    database: Database = app.extensions["academy.database"]
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        quiz_stage.publish(session, changes=PUBLISHED)
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")},
        "ACADEMY_INSTANCE": str(tmp_path),
        "ACADEMY_DATABASE_URL": url,
        "ACADEMY_SECRET_KEY": SECRET,
        "ACADEMY_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PORT": str(port),
    }
    command = (sys.executable, "-m", "gunicorn", "--config", "academy/system/gunicorn_settings.py")
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        made = Site(tmp_path, app, port, process)
        try:
            wait_for(made)
            yield made
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            database.dispose()


def wait_for(site: Site) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", site.port), timeout=1).close()
        except OSError:
            assert site.process.poll() is None, (site.folder / "log").read_text(encoding="utf-8")
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the site did not start")


@dataclass(frozen=True)
class Learner:
    """Somebody with an open attempt and the whole right answer in hand."""

    id: int
    cookie: str
    form: tuple[tuple[str, str], ...]


def learners(site: Site, count: int) -> list[Learner]:
    """So many people, each in the middle of the quiz."""
    database: Database = site.app.extensions["academy.database"]
    with database.writing() as session:
        live = library.live_course(session, "first-steps")
        assert live is not None
        people = [makers.member(session, f"Learner{turn}") for turn in range(count)]
        quiz_stage.enrol(session, *people)
        cookies = [site.cookie_of(makers.sign_in(session, who, clock.now())) for who in people]
        session.add_all(
            Attempt(member_id=who.id, course_slug="first-steps", lesson_key="water/check", number=1,
                    edition=live.edition_number, seed=f"seed {who.id}", started_at=clock.now())
            for who in people
        )  # fmt: skip
        session.commit()
        ids = [who.id for who in people]
        attempts = quiz_stage.attempts(session)
        forms = [quiz_stage.right(quiz_stage.paper(session, attempt)) for attempt in attempts]
    return [
        Learner(member_id, cookie, tuple((name, value) for name, values in form.items() for value in values))
        for member_id, cookie, form in zip(ids, cookies, forms, strict=True)
    ]


def hand_in(site: Site, learner: Learner) -> int:
    """The status of handing in once; 0 when the line broke."""
    try:
        return site.ask(f"{QUIZ}/attempt/1", learner.cookie, (("csrf_token", TOKEN), *learner.form))[0]
    except (OSError, HTTPException):
        return 0


def until_acknowledged(site: Site, learner: Learner) -> list[int]:
    """Try as a patient person does, until the site says that it has the answers; returns every status."""
    statuses: list[int] = []
    while len(statuses) < TRIES and statuses[-1:] != [303]:
        statuses.append(hand_in(site, learner))
        time.sleep(0 if statuses[-1] == 303 else 0.2)
    return statuses


def is_sound(site: Site) -> bool:
    with closing(dbapi.connect(str(site.database), timeout=10)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def test_killed_workers_lose_nothing_that_was_acknowledged(site: Site) -> None:
    people, dice = learners(site, LEARNERS), random.Random(7)  # noqa: S311  no secret
    with ThreadPoolExecutor(CROWD) as crowd:
        hands = [
            crowd.submit(until_acknowledged, site, learner) for learner in people for _tab in range(1 + learner.id % 2)
        ]
        while not all(hand.done() for hand in hands):
            time.sleep(dice.uniform(0.1, 0.5))
            for worker in site.workers():
                with suppress(ProcessLookupError):  # it may have gone by itself since
                    os.kill(worker, signal.SIGKILL)
    statuses = [hand.result() for hand in hands]
    assert {those[-1] for those in statuses} == {303}
    assert any(0 in those for those in statuses), "no line broke: nobody was in the middle of anything"
    assert is_sound(site)
    database: Database = site.app.extensions["academy.database"]
    with database.reading() as session:
        attempts = session.scalars(select(Attempt)).all()
        answers = session.scalars(select(AnswerRow)).all()
    assert sorted(each.member_id for each in attempts) == [learner.id for learner in people]
    assert {(each.number, each.is_open, each.score, each.passed) for each in attempts} == {(1, False, 100, True)}
    assert len(answers) == len(people) * 5
    assert len({(row.attempt_id, row.question_id) for row in answers}) == len(answers)


CHUNKS = {
    "not a number": b"zz\r\nabc\r\n0\r\n\r\n",
    "a negative number": b"-5\r\nabc\r\n0\r\n\r\n",
    "a huge number": b"f" * 40 + b"\r\nabc\r\n0\r\n\r\n",
    "cut short": b"5\r\nab",
    "longer than said": b"2\r\nabcdef\r\n0\r\n\r\n",
    "without an end": b"3\r\nabc\r\n",
    "nothing at all": b"",
}


@pytest.mark.parametrize("twice", [False, True], ids=["", "with a length too"])
def test_malformed_chunks_are_refused_and_the_site_goes_on(site: Site, *, twice: bool) -> None:
    for kind, body in CHUNKS.items():
        answer = spoken_raw(site, body, twice=twice)
        status = answer.split(b" ", 2)[1:2]
        assert not answer or b"400" <= status[0] < b"500", (kind, answer[:200])
        assert b"Traceback" not in answer, kind
    assert site.ask("/healthz", "")[0] == 200


def spoken_raw(site: Site, body: bytes, *, twice: bool) -> bytes:
    """What comes back for a body in chunks, however it is cut."""
    head = f"POST /account/sign-in HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n"
    head += "Transfer-Encoding: chunked\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
    head += "Content-Length: 3\r\n\r\n" if twice else "\r\n"
    with socket.create_connection(("127.0.0.1", site.port), timeout=10) as line:
        line.sendall(head.encode() + body)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(65536), b""))


def test_two_tabs_hand_in_at_once_and_one_counts(site: Site) -> None:
    (learner,) = learners(site, 1)
    with ThreadPoolExecutor(CROWD) as crowd:
        statuses = list(crowd.map(lambda _tab: hand_in(site, learner), range(CROWD)))
    assert set(statuses) == {303}
    database: Database = site.app.extensions["academy.database"]
    with database.reading() as session:
        assert [each.score for each in session.scalars(select(Attempt))] == [100]
        assert len(session.scalars(select(AnswerRow)).all()) == 5


def test_a_long_writer_makes_the_site_say_that_it_is_busy(site: Site) -> None:
    first, second = learners(site, 2)
    with closing(dbapi.connect(str(site.database), isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        began = time.monotonic()
        form = (("csrf_token", TOKEN), *first.form)
        status, page, headers = site.ask(f"{QUIZ}/attempt/1", first.cookie, form)
        waited = time.monotonic() - began
        assert (status, "Retry-After" in headers) == (503, True)
        assert "The site is busy" in page
        assert 4 < waited < PATIENCE
        assert site.ask("/courses/", second.cookie)[0] == 200
        writer.execute("ROLLBACK")
    assert hand_in(site, first) == 303


def test_a_full_disk_stops_writing_and_nothing_else(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'academy.db'}"
    app = create_app(Settings(tmp_path, url, SECRET, "http://localhost", cheap_passwords=True))
    database: Database = app.extensions["academy.database"]
    Base.metadata.create_all(database.engine)
    with database.writing() as session:
        quiz_stage.publish(session, changes=PUBLISHED)
        lena = makers.member(session, "Lena")
        token = makers.sign_in(session, lena, clock.now())
    limit = Limit()
    event.listen(database.pages, "checkout", limit)
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["csrf_token"] = token, "secret"
    limit.full = True
    form = {"csrf_token": TOKEN, "display_name": "Lena", "legal_name": "x" * 120}
    statuses = [client.post("/account/name", data=form).status_code for _ in range(200)]
    refused = client.post("/account/name", data=form)
    assert (statuses[-1], refused.status_code, "Retry-After" in refused.headers) == (503, 503, True)
    assert "The site is busy" in refused.text
    assert client.get("/courses/first-steps/").status_code == 200
    limit.full = False
    assert client.post("/account/name", data=form).status_code == 303
    with closing(dbapi.connect(str(tmp_path / "academy.db"))) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.dispose()


class Limit:
    """A disk that can be full: every connection may use no more pages than there are."""

    full = False

    def __call__(self, connection: Any, *_more: object) -> None:
        """Set the limit on a connection before it is used."""
        pages = 1 if self.full else 2**30
        connection.execute(f"PRAGMA max_page_count={pages}")
