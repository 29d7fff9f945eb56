"""Work for later: left with what it belongs to, done at least once, by one worker."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.current import the_settings
from academy.jobs import pokes, registry, running, service
from academy.jobs.bell import NAME, Bell, ring
from academy.jobs.machine import Machine
from academy.jobs.models import Job

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
done: list[object] = []


def carry(values: registry.Values, _now: datetime) -> None:
    done.append(values["stone"])


def stumble(_values: registry.Values, _now: datetime) -> None:
    raise RuntimeError("a stone was too heavy")


@pytest.fixture(autouse=True)
def _quarry(app: Flask) -> Iterator[None]:
    """A feature that exists for these tests."""
    done.clear()
    with app.app_context():
        registry.add_handler("test.carry", carry)
        registry.add_handler("test.stumble", stumble)
        known = registry.the_registry()
    yield
    del known.handlers["test.carry"], known.handlers["test.stumble"]
    known.handlers.pop("test.hourly", None)
    known.intervals.pop("test.hourly", None)


def leave(
    app: Flask, session: Session, job: str, stone: int = 1, *, key: str | None = None, due_at: datetime | None = None
) -> None:
    with app.app_context():
        service.enqueue(session, job=job, values={"stone": stone}, now=NOW, key=key, due_at=due_at)
    session.commit()


def waiting(session: Session) -> list[Job]:
    session.expire_all()
    jobs = list(session.scalars(select(Job).order_by(Job.id)))
    session.commit()
    return jobs


def test_work_is_done_and_gone(app: Flask, session: Session) -> None:
    leave(app, session, "test.carry", 7)
    with app.app_context():
        running.run_due(NOW)
    assert (done, waiting(session)) == ([7], [])


def test_work_of_a_transaction_that_failed_is_not_done(app: Flask, session: Session) -> None:
    with app.app_context():
        service.enqueue(session, job="test.carry", values={"stone": 1}, now=NOW)
        session.rollback()
        assert running.run_due(NOW) == 0


def test_work_under_one_key_waits_once(app: Flask, session: Session) -> None:
    leave(app, session, "test.carry", 1, key="wall")
    leave(app, session, "test.carry", 2, key="wall")
    assert [job.values for job in waiting(session)] == [{"stone": 1}]


def test_work_for_tomorrow_waits_until_tomorrow(app: Flask, session: Session) -> None:
    leave(app, session, "test.carry", due_at=NOW + timedelta(days=1))
    with app.app_context():
        assert (running.run_due(NOW), running.run_due(NOW + timedelta(days=1))) == (0, 1)


def test_what_fails_is_tried_again_later_and_later_and_then_reported(app: Flask, session: Session) -> None:
    leave(app, session, "test.stumble")
    (number,) = [job.id for job in waiting(session)]
    now = NOW
    with app.app_context():
        for _ in range(running.MOST_TRIES):
            with pytest.raises(RuntimeError):
                running.run(number, now)
            now = waiting(session)[0].due_at
        running.run(number, now + timedelta(days=9))
        assert list(running.given_up(session)) == ["test.stumble"]
    assert timedelta(hours=3) < now - NOW < timedelta(days=1)


def test_two_workers_never_carry_the_same_stone(app: Flask, session: Session) -> None:
    for stone in range(20):
        leave(app, session, "test.carry", stone)

    def work() -> None:
        with app.app_context():
            running.run_due(NOW)

    workers = [Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(map(str, done)) == sorted(map(str, range(20)))


def test_work_of_a_worker_that_died_is_taken_up_after_a_quarter_of_an_hour(app: Flask, session: Session) -> None:
    leave(app, session, "test.carry")
    (job,) = waiting(session)
    job.tries, job.due_at = 1, NOW + running.LEASE  # as a claim leaves it
    session.commit()
    with app.app_context():
        assert (running.run_due(NOW + timedelta(minutes=14)), running.run_due(NOW + timedelta(minutes=15))) == (0, 1)


def test_an_interval_is_begun_once_however_many_workers_look(app: Flask, session: Session) -> None:
    with app.app_context():
        registry.add_interval("test.hourly", carry, every=timedelta(hours=1))
        for minutes in (0, 1, 59, 60, 61):
            running.tick(NOW + timedelta(minutes=minutes))
            running.tick(NOW + timedelta(minutes=minutes))
        assert running.worker_seen_at(session) == NOW + timedelta(minutes=61)
        session.commit()
    assert [job.name for job in waiting(session)].count("test.hourly") == 2


def test_a_worker_is_called_once_per_transaction(app: Flask) -> None:
    with app.app_context():
        bell = Bell(the_settings().instance)
        pokes.after_commit("mail")
        pokes.after_commit("mail")
        assert bell.wait(0) == []
        with db.command_transaction() as session:
            session.scalar(select(Job.id))
        assert bell.wait(0) == ["mail"]
        assert bell.wait(0) == []


def test_calls_are_heard_by_whoever_listens_and_hold_up_nobody(tmp_path: Path) -> None:
    assert not ring(tmp_path, "mail")
    bell = Bell(tmp_path)
    assert all(ring(tmp_path, "mail") for _ in range(50_000))  # more than a pipe holds
    assert set(bell.wait(0)) == {"mail"}
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0


def test_something_else_in_the_place_of_the_bell_gives_way(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("left over", encoding="utf-8")
    bell = Bell(tmp_path)
    assert ring(tmp_path, "jobs")
    assert bell.wait(0) == ["jobs"]


def test_where_no_pipes_are_the_worker_still_wakes_itself(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        bell = Bell(tmp_path / "not-there")
    bell.wake()
    assert bell.wait(5) == []
    assert "once a minute" in caplog.text


@contextmanager
def at_work(app: Flask, patience: float = 7.0) -> Iterator[list[bool]]:
    """A worker in a thread of its own; the list is filled with what it says at the end."""
    said: list[bool] = []
    with app.app_context():
        machine = Machine(app, the_settings().instance, patience=patience)
    thread = Thread(target=lambda: said.append(machine.run()))
    thread.start()
    try:
        yield said
    finally:
        machine.stop()
        thread.join()


def soon(true: Callable[[], object]) -> bool:
    """Whether this becomes true within two seconds."""
    until = time.monotonic() + 2
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    return bool(true())


def test_work_is_done_within_two_seconds_of_the_commit(app: Flask, session: Session) -> None:
    with at_work(app) as said:
        time.sleep(0.3)  # the first look is over
        with app.app_context(), db.command_transaction() as own:
            service.enqueue(own, job="test.carry", values={"stone": 3}, now=NOW)
        assert soon(lambda: done == [3])
    assert (said, waiting(session)) == ([True], [])


def test_what_waited_while_there_was_no_worker_is_done_at_its_start(app: Flask, session: Session) -> None:
    leave(app, session, "test.carry", 4)
    with at_work(app):
        assert soon(lambda: done == [4])


def test_a_tired_worker_ends_once_all_that_waited_is_done(app: Flask, session: Session) -> None:
    for stone in (6, 7, 8):
        leave(app, session, "test.carry", stone)
    with app.app_context():
        machine = Machine(app, the_settings().instance)
    asked: list[set[object]] = []

    def tired() -> bool:
        asked.append(set(done))
        return True

    assert machine.run(tired=tired)
    assert asked == [{6, 7, 8}]
    assert waiting(session) == []


def test_work_that_fails_is_logged_and_stops_nothing(
    app: Flask, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    leave(app, session, "test.stumble")
    leave(app, session, "test.carry", 5)
    with at_work(app):
        assert soon(lambda: done == [5] and "A task of the worker failed" in caplog.text)


def test_a_slow_outbox_holds_up_nothing_else_and_is_emptied_by_one_at_a_time(app: Flask, session: Session) -> None:
    go, begun = Event(), []

    def slow(_now: datetime) -> None:
        begun.append(1)
        go.wait(5)

    with app.app_context():
        registry.add_pump("test.slow", slow)
        instance = the_settings().instance
    try:
        with at_work(app):
            assert soon(lambda: begun == [1])
            ring(instance, "test.slow")
            leave(app, session, "test.carry", 6)
            ring(instance, running.PUMP)
            assert soon(lambda: done == [6])
            assert begun == [1]
            go.set()
            assert soon(lambda: begun == [1, 1])
    finally:
        with app.app_context():
            del registry.the_registry().pumps["test.slow"]


def test_a_worker_that_is_stopped_waits_for_its_work_but_not_for_ever(app: Flask) -> None:
    go = Event()
    with app.app_context():
        registry.add_pump("test.stuck", lambda _now: go.wait(30))
    try:
        with at_work(app, patience=0.1) as said:
            time.sleep(0.2)
        assert said == [False]
    finally:
        go.set()
        with app.app_context():
            del registry.the_registry().pumps["test.stuck"]
