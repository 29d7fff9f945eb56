"""Do what waits: claim one job, do it, remove it; whatever fails is tried again later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import db
from academy.jobs.models import Job, Turn
from academy.jobs.registry import Values, the_registry

PUMP = "jobs"
BEAT = "worker"
MINUTE = timedelta(minutes=1)
LEASE = timedelta(minutes=15)
MOST_TRIES = 12
AT_ONCE = 100
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job that belongs to one worker for a quarter of an hour."""

    id: int
    name: str
    values: Values
    tries: int


def due(now: datetime) -> Sequence[int]:
    """The numbers of the jobs that may be done now, oldest first."""
    waiting = (
        select(Job.id).where(Job.due_at <= now, Job.tries < MOST_TRIES).order_by(Job.due_at, Job.id).limit(AT_ONCE)
    )
    with db.the_database().reading() as session:
        return session.scalars(waiting.order_by(Job.due_at, Job.id).limit(AT_ONCE)).all()


def run(job_id: int, now: datetime) -> None:
    """Do one job if nobody else has it; what its handler raises goes on, and the job waits for its next try."""
    job = _claim(job_id, now)
    if job is None:
        return
    done = False
    try:
        the_registry().handlers[job.name](job.values, now)
        done = True
    finally:
        _settle(job, done, now)


def run_due(now: datetime) -> int:
    """Do everything that waits, in this process; returns how many jobs there were."""
    numbers = due(now)
    for number in numbers:
        run(number, now)
    return len(numbers)


def _claim(job_id: int, now: datetime) -> Claimed | None:
    waiting = select(Job).where(Job.id == job_id, Job.due_at <= now, Job.tries < MOST_TRIES)
    with db.the_database().transaction() as session:
        job = session.scalar(waiting.with_for_update(skip_locked=True))
        if job is None:
            return None
        job.tries += 1
        job.due_at = now + LEASE
        return Claimed(job.id, job.name, job.values, job.tries)


def _settle(job: Claimed, done: bool, now: datetime) -> None:
    mine = (Job.id == job.id, Job.tries == job.tries)
    later = now + min(2 ** (job.tries - 1), 60) * MINUTE
    with db.the_database().transaction() as session:
        session.execute(delete(Job).where(*mine) if done else update(Job).where(*mine).values(due_at=later))


def tick(now: datetime) -> None:
    """Note that the worker lives, and leave a job for everything whose interval has begun."""
    with db.the_database().transaction() as session:
        _take_turn(session, BEAT, MINUTE, now)
        for name, every in the_registry().intervals.items():
            if _take_turn(session, name, every, now):
                session.add(Job(name=name, values={}, created_at=now, due_at=now))


def _take_turn(session: Session, name: str, every: timedelta, now: datetime) -> bool:
    number = (now - BEGINNING) // every
    mine = update(Turn).where(Turn.name == name, Turn.number < number).values(number=number, taken_at=now)
    if session.execute(mine).rowcount:  # type: ignore[attr-defined]
        return True
    return session.get(Turn, name) is None and _first_turn(session, Turn(name=name, number=number, taken_at=now))


def _first_turn(session: Session, turn: Turn) -> bool:
    try:
        with session.begin_nested():
            session.add(turn)
    except IntegrityError:
        return False
    return True


def worker_seen_at(session: Session) -> datetime | None:
    """When a worker last said that it lives."""
    return session.scalar(select(Turn.taken_at).where(Turn.name == BEAT))


def given_up(session: Session) -> Sequence[str]:
    """The names of jobs that failed too often to be tried again."""
    return session.scalars(select(Job.name).where(Job.tries >= MOST_TRIES).limit(AT_ONCE)).all()
