"""Certificates for many at once: in the background, by two admins, after a kill; nobody is left out or served twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.certificates import batches
from courses.certificates.kinds import LineState
from courses.certificates.models import Certificate, CertificateBatch, CertificateBatchLine, CertificateVersion
from courses.credentials.models import Credential
from tests import makers
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON, REGISTER, SLUG
from tests.queries import QueryCount
from tests.stage import Stage

ROOT = Path(__file__).parents[2]
Counter = Callable[[], AbstractContextManager[QueryCount]]
WORKER = """
import sys
from datetime import datetime
from pathlib import Path
from courses.certificates import batches
from tests.stage import test_settings
from wsgi import create_app

app = create_app(test_settings(Path(sys.argv[1]), sys.argv[2]))
with app.app_context():
    batches.pump(datetime.fromisoformat(sys.argv[3]))
"""


@pytest.fixture
def hers(browser: Browser, session: Session, ada: Member) -> Browser:
    """Ada's browser; there is a course."""
    certified.course(session)
    return browser.signed_in(ada)


def states(session: Session) -> dict[str, int]:
    counted = select(CertificateBatchLine.state, func.count()).group_by(CertificateBatchLine.state)
    found = {row[0]: row[1] for row in session.execute(counted)}
    session.rollback()
    return found


def count(session: Session, table: type[Certificate] | type[Credential] | type[CertificateVersion]) -> int:
    found = session.scalar(select(func.count()).select_from(table)) or 0
    session.rollback()
    return found


def test_the_page_says_how_far_it_is_and_what_came_of_it(app: Flask, hers: Browser, session: Session) -> None:
    certified.crowd(session, 2)
    certified.learns(session, makers.member(session, "Li", legal_name="Li 李"))
    page = hers.open(REGISTER)
    numbers = list(session.scalars(select(Member.id).where(Member.display_name.in_(("Learner 0", "Learner 1", "Li")))))
    session.rollback()
    begun = hers.post(f"/admin/certificates/issue?course={SLUG}", {"members": [str(each) for each in numbers]})
    assert (begun.heading, "0 of 3 people done" in begun.text) == ("Certificates being issued", True)
    assert "Look again" in begun.text
    assert count(session, Certificate) == 0
    certified.work(app)
    done = begun.follow("Look again")
    assert "2 certificates were issued, and their holders are told." in done.text
    assert "Not issued 1" in done.text
    refused = done.follow("Not issued")
    assert "cannot be printed with these letters of the name: 李" in refused.text
    assert "Learner 0" not in refused.text
    assert "3 of 3 people done" in page.follow("What was issued").text


def test_everybody_who_is_ready_is_served_and_nobody_else(app: Flask, hers: Browser, session: Session) -> None:
    certified.crowd(session, 30)
    certified.crowd(session, 5, first=30, done=("water/canal",))
    hers.open(REGISTER).submit("everybody who is ready")
    certified.work(app)
    assert (states(session), count(session, Certificate)) == ({"issued": 30}, 30)
    assert (count(session, Credential), count(session, CertificateVersion)) == (30, 30)


def test_two_admins_who_issue_the_same_cohort_at_once_give_one_each(
    app: Flask, browser: Browser, hers: Browser, session: Session
) -> None:
    people = certified.crowd(session, 40)
    cohort = certified.cohort(session, people)
    second = makers.member(session, "Aziza", roles=(("admin", ""),))
    pages = [each.open(f"{REGISTER}&cohort={cohort.id}") for each in (hers, browser.signed_in(second))]
    start = Barrier(4)

    def press(page: object) -> None:
        start.wait()
        page.submit("everybody who is ready")  # type: ignore[attr-defined]

    def work(_turn: int) -> None:
        start.wait()
        certified.work(app)

    with ThreadPoolExecutor(4) as pool:
        for done in [*[pool.submit(press, page) for page in pages], *[pool.submit(work, turn) for turn in range(2)]]:
            done.result()
    certified.work(app)
    assert count(session, Certificate) == 40
    assert set(states(session)) <= {"issued", "held"}
    assert states(session)["issued"] == 40


@pytest.mark.slow
def test_a_batch_of_200_survives_a_kill_without_a_gap_or_a_double(
    app: Flask, hers: Browser, session: Session, stage: Stage
) -> None:
    certified.crowd(session, 200)
    hers.open(REGISTER).submit("everybody who is ready")
    url = stage.database.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, stage.instance, url, NOON.isoformat()], cwd=ROOT)
    until = time.monotonic() + 60
    while not count(session, Certificate) and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    before = count(session, Certificate)
    assert 0 < before < 200
    certified.work(app)
    assert (count(session, Certificate), states(session)) == (200, {"issued": 200})
    holders = session.scalar(select(func.count(func.distinct(Certificate.member_id))))
    assert (holders, count(session, Credential), count(session, CertificateVersion)) == (200, 200, 200)


def test_what_fails_again_and_again_holds_up_nobody_else(app: Flask, session: Session, ada: Member) -> None:
    certified.course(session)
    one, other = certified.crowd(session, 2)
    for tier, who in (("gold", one), ("completion", other)):
        batch = CertificateBatch(course_slug=SLUG, tier=tier, template_id=None, made_at=NOON, made_by=ada.id)
        session.add(batch)
        session.flush()
        session.add(CertificateBatchLine(batch_id=batch.id, member_id=who.id, certificate_id=None, done_at=None))
    session.commit()
    for _minute in range(batches.MOST_TRIES):
        with pytest.raises(ValueError, match="gold"):
            certified.work(app)
        assert states(session).get(LineState.ISSUED, 0) == (1 if _minute else 0)
    certified.work(app)
    assert states(session) == {"issued": 1, "refused": 1}


def test_the_pages_of_batches_ask_the_same_for_few_and_many(
    app: Flask, hers: Browser, session: Session, query_count: Counter
) -> None:
    def asked(page: str) -> int:
        with query_count() as counted:
            hers.open(page)
        return counted.total

    certified.crowd(session, 2)
    first = hers.open(REGISTER).submit("everybody who is ready").url
    certified.work(app)
    hers.open(first)
    few = [asked(page) for page in (first, "/admin/certificates/batches/")]
    for turn in range(3):
        certified.crowd(session, 20, first=2 + turn * 20)
        last = hers.open(REGISTER).submit("everybody who is ready").url
        certified.work(app)
    many = [asked(page) for page in (last, "/admin/certificates/batches/")]
    assert few == many
    assert max(few) <= 6
