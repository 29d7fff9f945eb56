"""Work for later: left with what it belongs to, done at least once, by one worker."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import db
from academy.jobs import pokes, registry, running, service
from academy.jobs.machine import the_machine
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
        the_machine().huey.flush()
        pokes.after_commit("mail")
        pokes.after_commit("mail")
        with db.command_transaction() as session:
            session.scalar(select(Job.id))
        assert the_machine().huey.pending_count() == 1
        the_machine().huey.flush()


@pytest.mark.slow
def test_a_poke_reaches_a_running_worker_within_two_seconds(app: Flask, session: Session) -> None:
    with app.app_context():
        machine = the_machine()
        machine.huey.flush()
        consumer = machine.huey.create_consumer(workers=1, max_delay=1.0, periodic=False)
        consumer.start()
        with db.command_transaction() as own:
            service.enqueue(own, job="test.carry", values={"stone": 3}, now=NOW)
        until = time.monotonic() + 2
        while not done and time.monotonic() < until:
            time.sleep(0.05)
        consumer.stop(graceful=True)
    assert (done, waiting(session)) == ([3], [])
