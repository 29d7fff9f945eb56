"""A forum of any size for measurements: seeded once, and kept from run to run where BENCH_KEEP names a folder."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import cast
from urllib.parse import quote

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Table, create_engine, delete, func, select, text, update
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people import presence
from academy.people.models import Member
from academy.settings import from_environment
from academy.web.tallies import Tally
from alumni.forum.demo import phrases
from alumni.forum.demo.spread import LONG_TOPICS
from alumni.forum.following.rules import READ
from alumni.forum.topics.models import Standing, Topic
from alumni.forum.topics.rules import page_from
from alumni.forum.views.addresses import slug_of
from benchmarks.servers import ROOT
from benchmarks.site import cookie_of
from tests.postgres import server_in, throw_away_server
from wsgi import create_app

FOLDER, MARK, WRITERS = "BENCH_KEEP", "the token of a benchmark", 30
PLACE = "questions"


@dataclass(frozen=True, slots=True)
class Size:
    """So many topics, and posts in all of them."""

    name: str
    topics: int
    posts: int


SMALL, FULL = Size("small", 100, 1000), Size("full", 100_000, 1_000_000)


@dataclass(frozen=True, slots=True)
class Talk:
    """A topic that goes on and on."""

    id: int
    title: str
    posts: int

    def path(self, number: int = 1) -> str:
        """The address of its page with the post of this number."""
        return f"/forum/t/{self.id}/{quote(slug_of(self.title))}/{page_from(number)}"


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who writes: their number, what their browser sends, and the token of their forms."""

    member_id: int
    cookie: str
    form: str


@dataclass(frozen=True, slots=True)
class Site:
    """A seeded site: where it lives, a keen reader's cookie, writers, the topics that go on and on.

    `backends` is the name of its database on PostgreSQL: the processes that serve it count.
    """

    app: Flask
    environment: dict[str, str]
    cookie: str
    writers: tuple[Writer, ...]
    talks: tuple[Talk, ...]
    backends: str = ""

    def forget_limits(self) -> None:
        """Let everybody write and search anew."""
        with self.app.app_context(), db.the_database().transaction() as session:
            session.execute(delete(cast("Table", Tally.__table__)))


def kept() -> Path | None:
    """The folder in which seeded sites stay, if there is one."""
    named = os.environ.get(FOLDER)
    return Path(named).resolve() if named else None


@contextmanager
def servers() -> Iterator[str]:
    """PostgreSQL, with what is kept in it if anything is."""
    folder = kept()
    with server_in(folder / "postgres") if folder else throw_away_server() as url:
        yield url


@contextmanager
def site(size: Size, server: str = "") -> Iterator[Site]:
    """The site of this size, on this PostgreSQL server or on SQLite; the small one is new each time."""
    folder = kept() if size is FULL else None
    with tempfile.TemporaryDirectory() as brief:
        home = (folder or Path(brief)) / ("postgres-files" if server else "sqlite") / size.name
        database = f"forum_{size.name}" if server else ""
        url = f"{server.rpartition('/')[0]}/{database}" if server else ""
        environment = {"ACADEMY_INSTANCE": str(home), **({"ACADEMY_DATABASE_URL": url} if url else {})}
        if not (home / "seeded").exists():
            _seed(home, size, server, environment)
        app = create_app(from_environment(environment))
        with app.app_context(), db.the_database().transaction() as session:
            found = _opened(app, session, environment, database)
        yield found
        app.extensions["academy.database"].dispose()


def _seed(home: Path, size: Size, server: str, environment: dict[str, str]) -> None:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    if server:
        with create_engine(server).connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text(f"DROP DATABASE IF EXISTS forum_{size.name}"))
            line.execute(text(f"CREATE DATABASE forum_{size.name}"))
    seeding = ["bench", "seed", "--topics", str(size.topics), "--posts", str(size.posts)]
    for command in (["db", "upgrade"], ["courses", "import", "--bundled"], seeding):
        subprocess.run(
            [sys.executable, "-m", "flask", *command],
            cwd=ROOT,
            env={**os.environ, **environment},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    (home / "seeded").touch()


def _opened(app: Flask, session: Session, environment: dict[str, str], database: str) -> Site:
    reader = session.scalars(select(Standing.member_id).where(Standing.why == READ).limit(1)).one()
    since = clock.now() - timedelta(days=90)
    session.execute(update(Member).where(Member.id == reader).values(alumnus_since=since))
    first = session.scalars(select(func.min(Topic.id))).one()
    longest = select(Topic.id, Topic.title, Topic.last_number).where(Topic.id.in_(first + each for each in LONG_TOPICS))
    found = session.execute(longest.order_by(Topic.id))
    # Those who are not among the writers of the last hour: so many posts within an hour are enough for anybody.
    people = session.scalars(select(Member.id).where(Member.id != reader).order_by(text("RANDOM()")).limit(WRITERS))
    return Site(
        app,
        environment,
        cookie_of(app, _signed_in(session, reader)),
        tuple(_writer(app, session, each) for each in people.all()),
        tuple(Talk(*row) for row in found),
        database,
    )


def _signed_in(session: Session, member_id: int) -> str:
    return presence.begin(session, member_id=member_id, now=clock.now(), device="bench", keep=True)


def _writer(app: Flask, session: Session, member_id: int) -> Writer:
    token = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token").dumps(MARK)
    return Writer(member_id, cookie_of(app, _signed_in(session, member_id), csrf_token=MARK), str(token))


def a_rare_word() -> str:
    """A word of one post, whatever the size."""
    return phrases.place(20).lower()
