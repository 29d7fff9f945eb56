"""Limits: exactly as many as they say, over all processes, and kind to whoever is not guessing."""

import multiprocessing
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock, db
from academy.db import Base, open_database
from academy.errors import TooMany
from academy.people.models import Member
from academy.web import limits
from academy.web.limits import Limit
from academy.web.tallies import SqlStorage, Tally
from tests.academy.people_stage import OTHER, PHRASE, letters, reader, register, sign_in, with_password
from tests.browser import Browser

FEW = Limit("a test", 3, 60)
PROCESSES, EACH, MOST = 4, 50, 100


def test_so_many_and_no_more(app: Flask) -> None:
    with app.test_request_context():
        for _ in range(3):
            limits.spend(FEW, "lena")
        with pytest.raises(TooMany) as refused:
            limits.spend(FEW, "lena")
        assert 1 <= refused.value.retry_after <= 60
        limits.spend(FEW, "max")


def test_the_window_opens_anew(app: Flask) -> None:
    with app.test_request_context(), time_machine.travel(clock.now(), tick=False) as time:
        for _ in range(5):
            _spend_quietly()
        time.shift(61)
        limits.spend(FEW, "lena")


def _spend_quietly() -> None:
    try:
        limits.spend(FEW, "lena")
    except TooMany:
        return


def test_a_try_may_be_given_back_or_forgotten(app: Flask) -> None:
    with app.test_request_context():
        for _ in range(10):
            limits.spend(FEW, "lena")
            limits.give_back(FEW, "lena")
        for _ in range(3):
            limits.spend(FEW, "lena")
        limits.forget(FEW, "lena")
        limits.spend(FEW, "lena")


def test_a_tally_names_nobody(app: Flask) -> None:
    with app.test_request_context():
        limits.spend(FEW, "lena@example.org", "192.0.2.1")
    with reader(app) as session:
        (key,) = session.scalars(select(Tally.key))
    assert "lena" not in key
    assert "192" not in key


def test_closed_windows_are_forgotten(app: Flask) -> None:
    with app.test_request_context():
        limits.spend(FEW, "lena")
        with time_machine.travel(clock.now() + timedelta(minutes=2)):
            SqlStorage(db.the_database()).forget_the_closed()
    with reader(app) as session:
        assert session.scalars(select(Tally)).all() == []


def test_a_try_is_counted_before_the_write_lock_is_taken(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        db.session.get(Member, 1)
        with pytest.raises(RuntimeError):
            limits.spend(FEW, "lena")
        db.abandon()


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.1"),
    ],
)
def test_a_household_counts_as_one(app: Flask, address: str, same: str) -> None:
    names = []
    for each in (address, same, "2001:db8:9:9::1"):
        with app.test_request_context(environ_base={"REMOTE_ADDR": each}):
            names.append(limits.client())
    assert names[0] == names[1] != names[2]


def _hammer(url: str, allowed: "multiprocessing.Queue[int]") -> None:
    storage = SqlStorage(open_database(url))
    allowed.put(sum(storage.incr("one key", 60) <= MOST for _ in range(EACH)))


@pytest.mark.slow
def test_four_processes_together_get_exactly_the_limit(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'limits.db'}"
    database = open_database(url)
    Base.metadata.create_all(database.engine, tables=[Tally.__table__])  # type: ignore[list-item]
    database.dispose()
    context = multiprocessing.get_context("spawn")
    allowed: multiprocessing.Queue[int] = context.Queue()
    workers = [context.Process(target=_hammer, args=(url, allowed)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    total = sum(allowed.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    assert total == MOST


def test_guessing_lenas_password_stops_after_ten(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    answers = [sign_in(browser, lena.email, OTHER) for _ in range(11)]
    assert [page.status for page in answers] == [422] * 10 + [429]
    assert 0 < int(answers[-1].response.headers["Retry-After"]) <= 15 * 60
    assert sign_in(browser, lena.email.upper(), PHRASE).status == 429, "the right guess is not let in either"
    assert hers.open("/account/").heading == "Your account", "Lena herself stays in"
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert sign_in(browser, lena.email, target="/account/").heading == "Your account"


def test_lena_may_still_sign_in_where_she_was_before(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    sign_in(browser, lena.email)
    browser.open("/account/").submit("Sign out")
    stranger = Browser(app, session)
    for _ in range(11):
        sign_in(stranger, lena.email, OTHER)
    assert sign_in(stranger, lena.email).status == 429
    assert sign_in(browser, lena.email, target="/account/").heading == "Your account"
    browser.open("/account/").submit("Sign out")
    answers = [sign_in(browser, lena.email, OTHER).status for _ in range(11)]
    assert answers == [422] * 10 + [429], "even there, ten guesses and no more"


def test_a_known_device_of_max_does_not_help_to_guess_lenas(
    app: Flask, browser: Browser, session: Session, lena: Member, max_: Member
) -> None:
    with_password(app, session, lena)
    with_password(app, session, max_)
    sign_in(browser, max_.email)
    browser.open("/account/").submit("Sign out")
    answers = [sign_in(browser, lena.email, OTHER).status for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_one_network_tries_thirty_times_an_hour(browser: Browser) -> None:
    answers = [sign_in(browser, f"someone{number}@example.org").status for number in range(31)]
    assert answers == [422] * 30 + [429]


def test_a_class_behind_one_address_signs_in(app: Flask, session: Session, lena: Member) -> None:
    with_password(app, session, lena)
    for _ in range(35):
        assert sign_in(Browser(app, session), lena.email, target="/account/").heading == "Your account"


def test_ten_accounts_an_hour_from_one_network(app: Flask, browser: Browser) -> None:
    answers = [register(browser, f"new{number}@example.org").status for number in range(11)]
    assert answers == [200] * 10 + [429]
    assert len(letters(app)) == 10


def test_three_letters_an_hour_to_one_address(app: Flask, browser: Browser, lena: Member) -> None:
    for email in (lena.email, "nobody@example.org"):
        answers = [browser.open("/account/forgotten").submit(email=email).status for _ in range(4)]
        assert answers == [200] * 3 + [429]
    assert len(letters(app)) == 6


def test_guessing_at_an_open_device_ends_its_sign_in(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    page = hers.open("/account/prove")
    answers = [page.submit("Go on", password=OTHER).status for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert hers.open("/account/").heading == "Sign in"
