"""Limits shared by hosts: exact on a real Redis, and in force while there is none."""

import logging
import multiprocessing
import signal
import socket
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from academy import clock
from academy.db import open_database
from academy.errors import TooMany
from academy.people.models import Member
from academy.system import doctor
from academy.web import limits, shared_tallies
from academy.web.limits import Limit
from academy.web.shared_tallies import RedisTallies, SharedTallies
from academy.web.tallies import SqlStorage
from tests.academy.people_stage import OTHER, PHRASE, sign_in, with_password
from tests.browser import Browser
from tests.redis import SERVER, ThrowAwayRedis

FEW = Limit("a test", 3, 60)
PROCESSES, EACH, MOST = 2, 200, 100
needs_redis = pytest.mark.skipif(SERVER is None, reason="redis-server is not installed: sudo apt install redis-server")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[ThrowAwayRedis]:
    """A running Redis of this test alone."""
    made = ThrowAwayRedis(tmp_path)
    made.start()
    yield made
    made.end()


def counting_in(app: Flask, url: str) -> SharedTallies:
    """Let the site count there; the fixture below brings the database back."""
    database = app.extensions["academy.database"]
    tallies = SharedTallies(RedisTallies(url), spare=SqlStorage(database))
    app.extensions["academy.limits"] = tallies
    return tallies


@pytest.fixture(autouse=True)
def _as_before(app: Flask) -> Iterator[None]:
    before = app.extensions["academy.limits"]
    yield
    app.extensions["academy.limits"] = before


def tries_until_refused(app: Flask, most: int = 20) -> int:
    with app.test_request_context():
        for number in range(most):
            try:
                limits.spend(FEW, "lena")
            except TooMany as refused:
                return number if 1 <= refused.retry_after <= FEW.seconds else -1
    return most


def _hammer(url: str, database: str, allowed: "multiprocessing.Queue[int]") -> None:
    tallies = SharedTallies(RedisTallies(url), spare=SqlStorage(open_database(database)))
    allowed.put(sum(tallies.incr("one key", 60) <= MOST for _ in range(EACH)))


@needs_redis
@pytest.mark.slow
def test_two_processes_together_get_exactly_the_limit(redis: ThrowAwayRedis, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    allowed: multiprocessing.Queue[int] = context.Queue()
    database = f"sqlite:///{tmp_path / 'never-asked.db'}"
    workers = [context.Process(target=_hammer, args=(redis.url, database, allowed)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    total = sum(allowed.get(timeout=60) for _ in workers)
    for worker in workers:
        worker.join()
    assert total == MOST


@needs_redis
def test_two_hosts_share_one_tally(app: Flask, redis: ThrowAwayRedis) -> None:
    here = counting_in(app, redis.url)
    with app.test_request_context():
        limits.spend(FEW, "lena")
    counting_in(app, redis.url)  # as another host would
    assert tries_until_refused(app) == 2
    assert here.check()


@needs_redis
def test_what_is_given_back_never_makes_room_for_more_and_never_prolongs_the_window(redis: ThrowAwayRedis) -> None:
    tallies = RedisTallies(redis.url)
    assert tallies.incr("late", 60, -1) == 0, "its window has closed meanwhile"
    assert [tallies.incr("late", 60) for _ in range(3)] == [1, 2, 3]
    assert tallies.incr("short", 1) == 1
    time.sleep(0.6)
    assert (tallies.incr("short", 1, -1), tallies.incr("short", 1)) == (0, 1)
    time.sleep(0.6)
    assert tallies.get("short") == 0


@needs_redis
def test_when_redis_dies_the_database_counts_and_redis_takes_over_again(
    app: Flask, redis: ThrowAwayRedis, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(shared_tallies, "ASK_AGAIN_AFTER", 0.3)
    tallies = counting_in(app, redis.url)
    assert tries_until_refused(app) == 3
    redis.end()
    with caplog.at_level(logging.WARNING, logger="academy.limits"):
        assert tries_until_refused(app) == 3, "counted anew in the database, and refused there all the same"
    assert "Redis does not count (ConnectionError)" in caplog.text
    assert not tallies.check()
    redis.start()
    time.sleep(0.4)
    assert tries_until_refused(app) == 3, "Redis came back empty"
    assert tallies.check()


@needs_redis
def test_a_frozen_redis_makes_one_visitor_wait_a_second_and_nobody_else(app: Flask, redis: ThrowAwayRedis) -> None:
    counting_in(app, redis.url)
    assert tries_until_refused(app, 1) == 1
    assert redis.process is not None
    redis.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    assert tries_until_refused(app) == 3
    assert time.monotonic() - began < shared_tallies.PATIENCE + 1
    began = time.monotonic()
    assert tries_until_refused(app) == 0
    assert time.monotonic() - began < 0.5


def test_without_redis_from_the_start_people_sign_in_and_guessing_stops_all_the_same(
    app: Flask, browser: Browser, lena: Member
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        counting_in(app, f"redis://127.0.0.1:{nobody.getsockname()[1]}/0")
        with_password(app, browser.session, lena)
        answers = [sign_in(browser, lena.email, OTHER).status for _ in range(11)]
        assert answers == [422] * 10 + [429]
        assert sign_in(browser, lena.email, PHRASE).status == 429


def test_the_doctor_says_that_redis_does_not_answer(app: Flask) -> None:
    settings = app.extensions["academy.settings"]
    counting_in(app, "redis://127.0.0.1:1/0")
    app.extensions["academy.settings"] = replace(settings, redis_url="redis://127.0.0.1:1/0")
    with app.app_context():
        said = list(doctor.complaints(clock.now()))
    app.extensions["academy.settings"] = settings
    assert any(sentence.startswith("Redis (ACADEMY_REDIS_URL) does not answer") for sentence in said)
