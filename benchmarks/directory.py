"""The directory of the network at 100 and at 100,000 members: CPU per request against a bare view, and how it grows."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people import presence
from academy.people.models import ACTIVE, Member
from academy.settings import from_environment
from alumni.directory import crowd
from benchmarks.cpu import BARE_COUNTED, UNIT, WARM, cost, verdict, whole_cost
from benchmarks.servers import Server, serving
from benchmarks.site import COURSE, cookie_of
from courses.cohorts.models import Cohort, CohortMember
from tests.postgres import PostgresMissing, throw_away_server
from wsgi import create_app

SIZES, PORTION, COHORT, KINDS = (100, 100_000), 1000, 48, 3
TIMES, TURNS = 40, 7
BUDGET, GROWTH = 2.2, 1.15
PAGES: tuple[tuple[str, str, str], ...] = (
    #  what it is, its address at 100 members (with as many cards), at 100,000
    ("first page", "/alumni/", "/alumni/"),
    ("newest first", "/alumni/?sort=newest", "/alumni/?sort=newest"),
    ("a page near the end", f"/alumni/?after={quote('1~темир')}", f"/alumni/?after={quote('1~темир')}"),
    ("a country", "/alumni/?country=KZ", "/alumni/?country=KZ"),
    ("a language at a level", "/alumni/?language=fa&level=b1", "/alumni/?language=fa&level=b1"),
    ("a rare skill and a language", "/alumni/?skill=Skill+1&language=en", "/alumni/?skill=Skill+7&language=ru"),
    ("help with a topic", "/alumni/?offers=studies", "/alumni/?offers=studies"),
    ("a cohort", "/alumni/?cohort=c1", "/alumni/?cohort=c1"),
    ("a name", f"/alumni/?q={quote('Сатбек coun')}", f"/alumni/?q={quote('Сатбек ab')}"),
    ("a word that many use", "/alumni/?q=canal", "/alumni/?q=canal"),
    ("first page, visitor", "/alumni/", "/alumni/"),
)


@dataclass(frozen=True)
class Site:
    """A site with so many alumni, and the cookie of one of them."""

    environment: dict[str, str]
    cookie: str
    backends: str = ""
    """The name of its database on PostgreSQL: the processes that serve it count."""


def seeded(folder: Path, people: int, database_url: str = "") -> Site:
    """So many alumni, one of them signed in and in a cohort with others."""
    environment = {"ACADEMY_INSTANCE": str(folder), **({"ACADEMY_DATABASE_URL": database_url} if database_url else {})}
    app = create_app(from_environment(environment))
    engine = app.extensions["academy.database"].engine
    for command in (["db", "upgrade"], ["courses", "import", "--bundled"]):
        app.test_cli_runner().invoke(args=command)
    db.Base.metadata.create_all(engine)
    with app.app_context():
        for start in range(0, people, PORTION):
            with db.the_database().transaction() as session:
                _add(session, range(start, min(people, start + PORTION)), KINDS if people < PORTION else 0)
        with db.the_database().transaction() as session:
            token = _cohort(session)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text("VACUUM ANALYZE" if engine.dialect.name == "postgresql" else "SELECT 1"))
    return Site(environment, cookie_of(app, token), database_url.rpartition("/")[2])


def _add(session: Session, numbers: Sequence[int], kinds: int) -> None:
    now, names = clock.now(), [f"person-{number}@example.org" for number in numbers]
    common = {"password_hash": "", "state": ACTIVE, "created_at": now, "confirmed_at": now, "display_name": "Somebody"}
    session.execute(insert(Member), [{**common, "email": each, "email_key": each} for each in names])
    crowd.join(session, session.scalars(select(Member.id).where(Member.email_key.in_(names))).all(), now, kinds=kinds)


def _cohort(session: Session) -> str:
    now, day = clock.now(), clock.now().date()
    cohort = Cohort(course_slug=COURSE, name="Spring", year=day.year, starts_on=day, ends_on=day, created_at=now)
    session.add(cohort)
    session.flush()
    members = session.scalars(select(Member.id).order_by(Member.id).limit(COHORT)).all()
    places = [{"cohort_id": cohort.id, "member_id": each, "added_at": now} for each in members]
    session.execute(insert(CohortMember), places)
    return presence.begin(session, member_id=members[0], now=now, device="bench", keep=True)


@contextmanager
def _sites(server: str) -> Iterator[list[tuple[Server, Site]]]:
    """The small and the large site, served; on this PostgreSQL server, or on SQLite."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        made = [seeded(Path(folder) / str(size), size, _database(server, size)) for size in SIZES]
        served = [stack.enter_context(serving("wsgi:create_app()", each.environment)) for each in made]
        constant = stack.enter_context(serving("benchmarks.constant:create_app()", made[1].environment))
        yield [*zip(served, made, strict=True), (constant, made[1])]


def _database(server: str, size: int) -> str:
    if not server:
        return ""
    name = f"directory_{os.getpid()}_{size}"
    with create_engine(server).connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(text(f"CREATE DATABASE {name}"))
    return f"{server.rpartition('/')[0]}/{name}"


def report() -> list[str]:
    """Measure every page at both sizes on both databases; the lines of two Markdown tables."""
    lines = [
        f"{SIZES[1]:,} alumni against {SIZES[0]}, pages of as many cards; gunicorn sync, one worker, warm; what the",
        f"database spends counts too. The least of {TURNS} × {TIMES} requests. “No question” is the page at",
        f"{SIZES[1]:,} with people from a constant: what all else of it costs. Budgets: {BUDGET} L, growth {GROWTH}.",
        "",
        *_table("SQLite", ""),
        "",
    ]
    try:
        with throw_away_server() as server:
            lines += _table("PostgreSQL", server)
    except PostgresMissing as missing:
        lines.append(str(missing))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [*lines, "", f"Load average of the machine while measuring: {load}."]


def _table(database: str, server: str) -> Iterator[str]:
    yield f"| {database} | at {SIZES[0]}, ms | at {SIZES[1]:,} | no question | growth | | L | |"
    yield "|---|---|---|---|---|---|---|---|"
    with _sites(server) as sites, serving("benchmarks.bare:app", {}) as bare:
        for page in PAGES:
            yield _line(page, bare, sites)


def _line(page: tuple[str, str, str], bare: Server, sites: Sequence[tuple[Server, Site]]) -> str:
    name, few, many = page
    asked = [
        (server, path, {} if "visitor" in name else {"Cookie": site.cookie}, site.backends)
        for (server, site), path in zip(sites, (few, many, many), strict=True)
    ]
    cards = [_cards(server, path, headers) for server, path, headers, _ in asked]
    if len(set(cards)) > 1:
        name = f"{name} ({cards[0]} cards against {cards[1]})"
    for each in asked:
        whole_cost(*each, WARM)
    turns = [(cost(bare, "/", {}, BARE_COUNTED), *(whole_cost(*each, TIMES) for each in asked)) for _ in range(TURNS)]
    unit, small, large, least = (min(each) for each in zip(*turns, strict=True))  # what else runs can only add
    units, growth = large / (unit * UNIT), large / small
    figures = f"{small:.2f} | {large:.2f} | {least:.2f} | {growth:.2f} | {verdict(growth, GROWTH)}"
    return f"| {name} | {figures} | {units:.2f} | {verdict(units, BUDGET)} |"


def _cards(server: Server, path: str, headers: dict[str, str]) -> int:
    return server.get(path, headers)[1].count(b"found-card")


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
