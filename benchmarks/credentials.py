"""A thousand certificates signed in the background, and what pages notice of it."""

import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from threading import Event, Thread

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from academy import clock, db
from academy.settings import from_environment
from benchmarks.site import COURSE, PREVIEW, seed
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate
from courses.credentials import jobs, service
from courses.credentials.models import Credential
from courses.progress.rules import Tier
from wsgi import create_app

CERTIFICATES, TOGETHER = 1000, 100
BUDGET = "Budget on two cores: 60 s for a thousand."


def report() -> list[str]:
    """How long it takes to issue and to sign them, the CPU of the signer, and how long a page takes meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(from_environment(seed(Path(folder)).environment))
        client = app.test_client()
        alone = sorted(_asked(client, 300))
        now, began = clock.now(), time.monotonic()
        _issue(app, now)
        issued = time.monotonic() - began
        meanwhile = sorted(_signing(app, client, now))
        signed = time.monotonic() - began - issued
    cpu = resource.getrusage(resource.RUSAGE_CHILDREN)
    return [
        (
            f"{CERTIFICATES} certificates: kept in {issued:.1f} s, signed and tried in {signed:.1f} s "
            f"({cpu.ru_utime + cpu.ru_stime:.1f} s CPU in a process of its own that steps back for pages). {BUDGET}"
        ),
        "",
        "| a lesson, ms | median | p99 |",
        "|---|---|---|",
        f"| nothing else happens | {_times(alone)} |",
        f"| while they are signed | {_times(meanwhile)} |",
    ]


def _times(spans: list[float]) -> str:
    return f"{statistics.median(spans) * 1000:.1f} | {spans[int(len(spans) * 0.99)] * 1000:.1f}"


def _asked(client: FlaskClient, times: int) -> Iterator[float]:
    for _ in range(times):
        began = time.perf_counter()
        client.get(PREVIEW)
        yield time.perf_counter() - began
        time.sleep(0.002)


def _issue(app: Flask, now: datetime) -> None:
    for _ in range(CERTIFICATES // TOGETHER):
        with app.app_context(), db.command_transaction():
            for _turn in range(TOGETHER):
                made = _certificate(now)
                db.session.add(made)
                service.allot(db.session, code=made.code, now=now)


def _certificate(now: datetime) -> Certificate:
    return Certificate(
        code=new_code(),
        course_slug=COURSE,
        tier=Tier.COMPLETION,
        edition=1,
        holder_name="Айгүл Сәтбекқызы",
        language="en",
        hours=10,
        course_title="Foundations of Preventive Diplomacy",
        how_checked={},
        issued_at=now,
    )


def _signing(app: Flask, client: FlaskClient, now: datetime) -> Iterator[float]:
    """Let the worker sign in a thread, as it does in a site that is served; the times of a page meanwhile."""
    done = Event()
    worker = Thread(target=_work, args=(app, now, done))
    worker.start()
    while not done.is_set():
        yield from _asked(client, 1)
    worker.join()


def _work(app: Flask, now: datetime, done: Event) -> None:
    try:
        with app.app_context():
            while _waiting():
                jobs.pump(now)
    finally:
        done.set()


def _waiting() -> int:
    waiting = select(func.count()).select_from(Credential).where(Credential.awaits_since.is_not(None))
    with db.the_database().reading() as session:
        return session.scalar(waiting) or 0
