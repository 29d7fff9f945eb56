"""The directory of the network at 100 and at 100,000 members: CPU per request against a bare view, and how it grows."""

import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people import presence
from academy.people.models import ACTIVE, Member
from academy.settings import from_environment
from alumni.directory import crowd
from benchmarks.cpu import BARE_COUNTED, COUNTED, ROUNDS, UNIT, WARM, cost, verdict
from benchmarks.servers import Server, serving
from benchmarks.site import COURSE, cookie_of
from courses.cohorts.models import Cohort, CohortMember
from wsgi import create_app

SIZES, PORTION, COHORT = (100, 100_000), 1000, 48
BUDGET, GROWTH = 2.2, 1.15
PAGES = {
    "first page": "/alumni/",
    "newest first": "/alumni/?sort=newest",
    "a country": "/alumni/?country=KG",
    "a rare skill and a language": "/alumni/?skill=Skill+7&language=ru",
    "a name": f"/alumni/?q={quote('Сатбек ab')}",
    "a word that many use": "/alumni/?q=canal",
    "far page": f"/alumni/?after={quote('1~темир')}",
    "first page, visitor": "/alumni/",
}


@dataclass(frozen=True)
class Site:
    """A site with so many alumni, and the cookie of one of them."""

    environment: dict[str, str]
    cookie: str


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
                _add(session, range(start, min(people, start + PORTION)))
        with db.the_database().transaction() as session:
            token = _cohort(session)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
            line.execute(text("ANALYZE" if engine.dialect.name == "postgresql" else "SELECT 1"))
    return Site(environment, cookie_of(app, token))


def _add(session: Session, numbers: Sequence[int]) -> None:
    now, names = clock.now(), [f"person-{number}@example.org" for number in numbers]
    common = {"password_hash": "", "state": ACTIVE, "created_at": now, "confirmed_at": now, "display_name": "Somebody"}
    session.execute(insert(Member), [{**common, "email": each, "email_key": each} for each in names])
    crowd.join(session, session.scalars(select(Member.id).where(Member.email_key.in_(names))).all(), now)


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
def _sites(database_urls: Sequence[str]) -> Iterator[list[tuple[Server, Site]]]:
    with tempfile.TemporaryDirectory() as folder:
        made = [seeded(Path(folder) / str(size), size, url) for size, url in zip(SIZES, database_urls, strict=True)]
        with (
            serving("wsgi:create_app()", made[0].environment) as small,
            serving("wsgi:create_app()", made[1].environment) as large,
        ):
            yield [(small, made[0]), (large, made[1])]


def report(*database_urls: str) -> list[str]:
    """Measure every page at both sizes; the lines of a Markdown table. One database for each size, or SQLite."""
    lines = [f"{SIZES[1]:,} alumni against {SIZES[0]}, gunicorn sync, one worker, warm. Growth budget {GROWTH}.", ""]
    lines += ["| page | CPU ms at 100 | at 100,000 | growth | L | budget | |", "|---|---|---|---|---|---|---|"]
    with _sites(database_urls or ("", "")) as sites, serving("benchmarks.bare:app", {}) as bare:
        for name, path in PAGES.items():
            lines.append(_line(name, path, bare, sites))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [*lines, "", f"Load average of the machine while measuring: {load}."]


def _line(name: str, path: str, bare: Server, sites: Sequence[tuple[Server, Site]]) -> str:
    worn = [{} if "visitor" in name else {"Cookie": site.cookie} for _, site in sites]
    for (server, _), headers in zip(sites, worn, strict=True):
        cost(server, path, headers, WARM)
    rounds = [
        (
            cost(bare, "/", {}, BARE_COUNTED),
            *(cost(server, path, headers, COUNTED) for (server, _), headers in zip(sites, worn, strict=True)),
        )
        for _ in range(ROUNDS)
    ]
    unit, small, large = (min(each) for each in zip(*rounds, strict=True))
    units, growth = large / (unit * UNIT), large / small
    kept = verdict(units, BUDGET)
    return f"| {name} | {small:.2f} | {large:.2f} | {growth:.2f} | {units:.2f} | {BUDGET} | {kept} |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(report(*sys.argv[1:])) + "\n")
