"""Writes on SQLite: crowds that commit at once; none may find the database locked, none may wait for long."""

import multiprocessing
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.synchronize import Barrier
from pathlib import Path

from academy import clock
from academy.db import open_database
from academy.people import presence
from academy.people.models import ACTIVE, Member
from academy.settings import Settings, from_environment
from benchmarks import deeds
from benchmarks.deeds import Deed, Maker, Writer
from benchmarks.site import COURSE, seed
from courses.catalogue import library
from courses.enrolment import service as enrolment

PATIENCE = 300.0
BUDGET = "Budget on a quiet machine: 8 who change a row 1,000 times a second together, p99 50 ms."


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many processes with so many threads each, every one of which does the same so many times."""

    name: str
    make: Maker
    processes: int
    threads: int
    each: int


CROWDS = (
    Crowd("a row", deeds.rows, 1, 1, 1600),
    Crowd("a row", deeds.rows, 2, 4, 400),
    Crowd("a row", deeds.rows, 8, 1, 400),
    Crowd("the result of a lesson", deeds.results, 2, 4, 100),
    Crowd("answers of a quiz: whole requests", deeds.posts, 1, 1, 200),
    Crowd("answers of a quiz: whole requests", deeds.posts, 2, 4, 100),
)


@dataclass(frozen=True, slots=True)
class Spent:
    """When one writer began and ended, and how many seconds each write took."""

    began: float
    ended: float
    spans: list[float]


def report() -> list[str]:
    """Commits a second and how long each took; the lines of a Markdown table."""
    lines = [
        "| what is written | processes × threads | a second | median | p99 | longest |",
        "|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        settings = from_environment(seed(Path(folder)).environment)
        lines.extend(_line(crowd, _measured(crowd, settings)) for crowd in CROWDS)
    return [*lines, "", f"synchronous=FULL; times in ms. None found the database locked. {BUDGET}"]


def _line(crowd: Crowd, spent: list[Spent]) -> str:
    spans = sorted(span * 1000 for each in spent for span in each.spans)
    seconds = max(each.ended for each in spent) - min(each.began for each in spent)
    times = (statistics.median(spans), spans[int(len(spans) * 0.99)], spans[-1])
    shown = " | ".join(f"{each:.1f}" for each in times)
    return f"| {crowd.name} | {crowd.processes} × {crowd.threads} | {len(spans) / seconds:.0f} | {shown} |"


def _measured(crowd: Crowd, settings: Settings) -> list[Spent]:
    writers = _writers(settings, crowd.processes * crowd.threads)
    shares = [writers[at :: crowd.processes] for at in range(crowd.processes)]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        together = manager.Barrier(crowd.processes)
        with context.Pool(crowd.processes) as pool:
            work = [(crowd, settings, share, together) for share in shares]
            return [spent for each in pool.starmap(_write, work, chunksize=1) for spent in each]


def _write(crowd: Crowd, settings: Settings, writers: list[Writer], together: Barrier) -> list[Spent]:
    made = crowd.make(settings, writers)
    together.wait(PATIENCE)
    with ThreadPoolExecutor(crowd.threads) as threads:
        return list(threads.map(lambda deed: _again_and_again(deed, crowd.each), made))


def _again_and_again(deed: Deed, times: int) -> Spent:
    spans, began = [], time.monotonic()
    for number in range(times):
        before = time.monotonic()
        deed(number)
        spans.append(time.monotonic() - before)
    return Spent(began, time.monotonic(), spans)


def _writers(settings: Settings, count: int) -> list[Writer]:
    """New learners of the course, signed in."""
    database, now = open_database(settings.database_url), clock.now()
    with database.transaction() as session:
        live = library.live_course(session, COURSE)
        if live is None:
            raise RuntimeError("The bundled course is missing.")
        made = []
        for _ in range(count):
            address = f"{presence.hash_of(str(time.monotonic_ns()))}@example.org"
            person = Member(
                email=address, email_key=address, password_hash="", display_name="Writer", state=ACTIVE, created_at=now
            )
            session.add(person)
            session.flush()
            enrolment.enrol(session, live=live, member_id=person.id, way="open", now=now)
            token = presence.begin(session, member_id=person.id, now=now, device="bench", keep=True)
            made.append(Writer(person.id, token))
        return made
