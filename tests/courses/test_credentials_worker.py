"""The worker signs: in batches, again after it was killed, beside another one, and lists every day."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import cast

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import db
from academy.db import Database
from academy.people import data_rights
from academy.people.models import Member
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate
from courses.credentials import jobs, keyring, queries, service
from courses.credentials.models import Credential, StatusList
from tests.browser import Browser
from tests.courses.certified import NOON, course, issued, learns, withdrawn
from tests.stage import Stage

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ROOT = Path(__file__).parents[2]
WORKER = """
import sys
from datetime import datetime
from pathlib import Path
from courses.credentials import jobs
from tests.stage import test_settings
from wsgi import create_app
app = create_app(test_settings(Path(sys.argv[1]), sys.argv[2]))
with app.app_context():
    jobs.pump(datetime.fromisoformat(sys.argv[3]))
"""


def pump(app: Flask, now: datetime) -> None:
    with app.app_context():
        jobs.pump(now)


def crowd(app: Flask, session: Session, size: int) -> None:
    """So many certificates of the course that wait to be signed."""
    course(session)
    with app.app_context():
        for turn in range(size):
            made = Certificate(
                code=new_code(),
                course_slug="first-steps",
                tier="completion",
                edition=1,
                holder_name=f"Learner {turn}",
                language="en",
                hours=4,
                course_title="First steps",
                how_checked={},
                issued_at=NOON,
            )
            session.add(made)
            service.allot(session, code=made.code, now=NOON)
        session.commit()


def looking(app: Flask) -> Session:
    """A session that only reads, and holds up nobody."""
    return cast("Database", app.extensions["academy.database"]).reading()


def all_of(app: Flask) -> Sequence[Credential]:
    with looking(app) as session:
        return session.scalars(select(Credential).order_by(Credential.id)).all()


def one_of(app: Flask) -> Credential:
    (found,) = all_of(app)
    return found


def revoked(app: Flask) -> list[int]:
    with looking(app) as session:
        return list(queries.revoked_places(session, 1))


def places(app: Flask) -> int:
    with looking(app) as session:
        return queries.places_given(session, 1)


def the_list(app: Flask) -> StatusList:
    with looking(app) as session:
        return session.scalars(select(StatusList)).one()


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate, signed."""
    course(session)
    lena.legal_name = "Lena Müller"
    made = issued(app, session, learns(session, lena))
    pump(app, NOON)
    return made


@pytest.mark.slow
def test_a_worker_that_was_killed_leaves_no_gap_and_nothing_double(app: Flask, session: Session, stage: Stage) -> None:
    crowd(app, session, 100)
    url = stage.database.engine.url.render_as_string(hide_password=False)
    worker = subprocess.Popen([sys.executable, "-c", WORKER, stage.instance, url, NOON.isoformat()], cwd=ROOT)
    until = time.monotonic() + 120
    while not any(row.document for row in all_of(app)) and time.monotonic() < until:
        time.sleep(0.05)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    before = {row.code: row.document for row in all_of(app) if row.document}
    assert 0 < len(before) < 100
    pump(app, NOON + 3 * MINUTE)
    after = all_of(app)
    assert {row.code: row.document for row in after if row.code in before} == before
    assert all(row.document and row.awaits_since is None and row.busy_until is None for row in after)
    assert places(app) == 100


def test_what_another_worker_has_begun_is_left_to_it_for_a_while(app: Flask, session: Session, lena: Member) -> None:
    course(session)
    lena.legal_name = "Lena Müller"
    issued(app, session, learns(session, lena))
    session.execute(update(Credential).values(busy_until=NOON + 2 * MINUTE))
    session.commit()
    pump(app, NOON + MINUTE)
    assert one_of(app).document is None
    pump(app, NOON + 2 * MINUTE)
    assert one_of(app).document is not None


def test_what_one_worker_claims_no_other_gets(app: Flask, session: Session) -> None:
    crowd(app, session, 50)
    batches = []
    for _worker in range(3):
        with app.app_context(), db.the_database().transaction() as claiming:
            batches.append({row.code for row in jobs._claim(claiming, NOON)})  # noqa: SLF001  as two hosts do
    assert [len(batch) for batch in batches] == [25, 25, 0]
    assert batches[0].isdisjoint(batches[1])


@pytest.mark.slow
def test_two_workers_share_what_waits(app: Flask, session: Session) -> None:
    crowd(app, session, 50)
    with app.app_context(), db.command_transaction():
        keyring.create(db.session, now=NOON)
    start = Barrier(2)

    def work() -> None:
        start.wait()
        pump(app, NOON + 5 * MINUTE)

    with ThreadPoolExecutor(2) as hosts:
        for done in [hosts.submit(work), hosts.submit(work)]:
            done.result()
    assert all(row.document for row in all_of(app))


def test_a_withdrawal_while_it_is_signed_is_not_undone(app: Flask, session: Session, certificate: Certificate) -> None:
    row = one_of(app)
    with app.app_context(), db.command_transaction():
        service.renew(db.session, code=certificate.code, now=NOON)
    withdrawn(app, session, certificate)
    late = jobs.Signed(row, b"{}", b"")
    with app.app_context(), db.the_database().transaction() as writing:
        key = queries.current_key(writing)
        assert key is not None
        jobs._keep(writing, [late], key, NOON)  # noqa: SLF001  what a slow worker brings
    assert one_of(app).document is None


def test_what_a_key_signed_while_it_was_given_up_is_not_kept(app: Flask, certificate: Certificate) -> None:
    with looking(app) as reading:
        key = queries.current_key(reading)
    assert key is not None
    with app.app_context(), db.command_transaction():
        keyring.revoke(db.session, name=key.name, now=NOON)
    row, listed = one_of(app), the_list(app)
    assert row.code == certificate.code
    with app.app_context(), db.the_database().transaction() as writing:
        jobs._keep(writing, [jobs.Signed(row, b"{}", b"")], key, NOON)  # noqa: SLF001  what a slow worker brings
        jobs._keep_list(writing, listed, b"old", key, NOON)  # noqa: SLF001
    assert one_of(app).document is None
    assert the_list(app).document != b"old"


def test_a_new_name_is_a_new_credential_and_ends_the_former(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    former = one_of(app)
    session.execute(update(Certificate).values(holder_name="Lena Schmidt", version=2))
    session.commit()
    with app.app_context(), db.command_transaction():
        service.renew(db.session, code=certificate.code, now=NOON)
    assert one_of(app).document is None, "the former name is given to nobody any more"
    pump(app, NOON)
    present = one_of(app)
    assert b"Lena Schmidt" in (present.document or b"")
    assert present.place != former.place
    assert revoked(app) == [former.place]


def test_a_restored_one_is_a_new_credential(app: Flask, session: Session, certificate: Certificate) -> None:
    former = one_of(app)
    withdrawn(app, session, certificate)
    with app.app_context(), db.command_transaction():
        service.restore(db.session, code=certificate.code, now=NOON)
    pump(app, NOON)
    present = one_of(app)
    assert (present.generation, present.withdrawn_at) == (2, None)
    assert f"generation={present.generation}".encode() in (present.document or b"")
    assert revoked(app) == [former.place], "what was revoked stays revoked"


def test_an_erased_holder_leaves_the_bit_alone(app: Flask, lena: Member, certificate: Certificate) -> None:
    del certificate
    with app.app_context(), db.command_transaction():
        data_rights.erase(db.session, lena.id)
    pump(app, NOON)
    row = one_of(app)
    assert (row.document, row.statement, row.subject) == (None, None, "")
    assert places(app) == 1


def test_lists_are_signed_daily_and_after_each_withdrawal(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    pump(app, NOON + DAY - MINUTE)
    assert the_list(app).signed_at == NOON
    pump(app, NOON + DAY)
    assert the_list(app).signed_at == NOON + DAY
    withdrawn(app, session, certificate)
    pump(app, NOON + DAY + MINUTE)
    assert the_list(app).signed_at == NOON + DAY + MINUTE


def test_a_list_that_knows_more_is_not_replaced(app: Flask, session: Session, certificate: Certificate) -> None:
    old = the_list(app)
    withdrawn(app, session, certificate)
    pump(app, NOON)
    known = the_list(app).document
    with app.app_context(), db.the_database().transaction() as writing:
        key = queries.current_key(writing)
        assert key is not None
        jobs._keep_list(writing, old, b"old", key, NOON)  # noqa: SLF001  what a slow worker brings
    assert the_list(app).document == known


def test_half_a_list_is_enough(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "HALF", 3)
    crowd(app, session, 3)
    with app.app_context():
        jobs.look_around(NOON)
    crowded = {row.list_number for row in all_of(app)}
    with app.app_context(), db.command_transaction():
        service.allot(db.session, code=new_code(), now=NOON)
    assert crowded == {1}
    assert {row.list_number for row in all_of(app)} == {1, 2}


def test_places_are_not_given_in_order_nor_twice(app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "LIST_SIZE", 64)
    crowd(app, session, 60)
    places = [row.place for row in all_of(app)]
    assert len(set(places)) == 60
    assert places != sorted(places)


def test_certificates_from_before_there_were_credentials_get_theirs(
    app: Flask, session: Session, certificate: Certificate
) -> None:
    session.execute(Credential.__table__.delete())  # type: ignore[attr-defined]
    session.commit()
    with app.app_context():
        jobs.look_around(NOON)
        jobs.pump(NOON)
    assert one_of(app).code == certificate.code
    assert one_of(app).document is not None


def test_to_allot_twice_gives_one(app: Flask) -> None:
    code = new_code()
    with app.app_context(), db.command_transaction():
        first, second = (service.allot(db.session, code=code, now=NOON) for _turn in range(2))
    assert first == second == one_of(app).place
    assert places(app) == 1


def test_what_its_holder_leaves_behind_can_still_be_checked(
    app: Flask, session: Session, browser: Browser, lena: Member, certificate: Certificate
) -> None:
    browser.signed_in(lena).open("/account/erase").submit("Erase", sure="y", kept=["proof"])
    row = one_of(app)
    assert b"Lena M" in (row.document or b"")
    session.rollback()
    session.expire_all()
    left = session.scalars(select(Certificate)).one()
    assert (left.code, left.member_id, left.holder_name) == (certificate.code, None, "Lena Müller")


def test_what_is_not_left_behind_goes(
    app: Flask, session: Session, browser: Browser, lena: Member, certificate: Certificate
) -> None:
    del certificate
    browser.signed_in(lena).open("/account/erase").submit("Erase", sure="y")
    assert one_of(app).document is None
    session.rollback()
    session.expire_all()
    assert session.scalars(select(Certificate.holder_name)).one() == ""


def test_whoever_has_no_certificate_is_asked_nothing(browser: Browser, max_: Member) -> None:
    assert "What may stay" not in browser.signed_in(max_).open("/account/erase").text
