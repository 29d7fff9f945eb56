"""CPU per request against a bare Flask view under the same server in the same run."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from itertools import cycle, islice, repeat
from pathlib import Path
from urllib.parse import urlencode

from sqlalchemy import create_engine, text

from academy.people.passwords import STRONG
from academy.settings import from_environment
from benchmarks.servers import Server, database_ms, serving
from benchmarks.site import ADDRESS, COURSE, LESSON, PASSWORD, PREVIEW, QUIZ, Seeded, opened, seed
from benchmarks.talk import Talk, seed_talk
from tests.postgres import PostgresMissing, throw_away_server
from wsgi import create_app

WARM, COUNTED, BARE_COUNTED, ROUNDS, OK, SEE_OTHER = 60, 120, 400, 7, 200, 303
UNIT = 3.0  # L of docs/performance: three times a bare view
POSTGRESQL = 1.9  # times the budget on SQLite
SIGN_INS, HASHES = 20, 10
SIGN_IN_BUDGET = 18 / 15  # of the password's own hash: 18 ms in all where the hash is 15
Headers = dict[str, str]


@dataclass(frozen=True)
class Case:
    """A page, the budget in L, who asks for it (in turns; a visitor by default); what is sent when it is a form."""

    name: str
    path: str
    budget: float
    cookies: tuple[str, ...] = ("",)
    sent: dict[str, str] | None = None


@dataclass(frozen=True)
class Measured:
    """What a page costs in milliseconds, and in L."""

    spent: float
    units: float


@dataclass(frozen=True)
class Site:
    """A seeded site: what its server needs, its courses' learner and its forum."""

    seeded: Seeded
    talk: Talk

    @property
    def database(self) -> str:
        """The name of its database on PostgreSQL."""
        return self.seeded.environment.get("ACADEMY_DATABASE_URL", "").rpartition("/")[2]


def cost(server: Server, path: str, headers: Headers, times: int, sent: dict[str, str] | None = None) -> float:
    """CPU milliseconds a request."""
    return cost_in_turns(server, path, repeat(headers), times, sent)


def cost_in_turns(
    server: Server, path: str, headers: Iterator[Headers], times: int, sent: dict[str, str] | None = None
) -> float:
    """The same where several people ask in turns."""
    expected = OK if sent is None else SEE_OTHER
    before = server.cpu_ms()
    for worn in islice(headers, times):
        status, _, _ = server.get(path, worn) if sent is None else server.post(path, urlencode(sent), worn)
        if status != expected:
            raise RuntimeError(f"{path}: {status}")
    return (server.cpu_ms() - before) / times


def whole_cost(
    server: Server, path: str, headers: Headers, database: str, times: int, sent: dict[str, str] | None = None
) -> float:
    """CPU milliseconds a request, those of PostgreSQL's own processes for this database with them."""
    return whole_cost_in_turns(server, path, repeat(headers), database, times, sent)


def whole_cost_in_turns(
    server: Server,
    path: str,
    headers: Iterator[Headers],
    database: str,
    times: int,
    sent: dict[str, str] | None = None,
) -> float:
    """The same where several people ask in turns."""
    before = database_ms(database)
    pages = cost_in_turns(server, path, headers, times, sent)
    return pages + (database_ms(database) - before) / times


def measured(bare: Server, site: Server, case: Case, database: str = "") -> Measured:
    """The page's cost: the least of rounds in which both servers take turns.

    Whatever else the machine does can only add to either, so the least is nearest to the truth. What the processes of
    a `database` on PostgreSQL spend counts too.
    """
    headers = cycle([{"Cookie": cookie} if cookie else {} for cookie in case.cookies])

    def asked(times: int) -> float:
        return whole_cost_in_turns(site, case.path, headers, database, times, case.sent)

    asked(WARM)
    rounds = [(cost(bare, "/", {}, BARE_COUNTED), asked(COUNTED)) for _ in range(ROUNDS)]
    page = min(spent for _, spent in rounds)
    return Measured(page, page / (min(unit for unit, _ in rounds) * UNIT))


@contextmanager
def _site(server: str = "") -> Iterator[Site]:
    """A seeded site, on this PostgreSQL server or on SQLite."""
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder), database_url=_database(server) if server else "")
        yield Site(seeded, seed_talk(create_app(from_environment(seeded.environment))))


def _database(server: str) -> str:
    name = f"cpu_{os.getpid()}"
    with create_engine(server).connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        line.execute(text(f"CREATE DATABASE {name}"))
    return f"{server.rpartition('/')[0]}/{name}"


def of_courses(seeded: Seeded, cookie: str, token: str) -> tuple[Case, ...]:
    """Pages of courses, and one form: `cookie` and `token` are a learner's."""
    me = (cookie,)
    return (
        Case("lesson, signed in", LESSON, 2.0, me),
        Case("course page, signed in", f"/courses/{COURSE}/", 2.2, me),
        Case("my learning", "/", 2.2, me),
        Case("catalogue, signed in", "/courses/", 2.2, me),
        Case("lesson, anonymous", PREVIEW, 1.2),
        Case("course page, anonymous", f"/courses/{COURSE}/", 1.2),
        Case("front page, anonymous", "/", 1.2),
        Case("catalogue, anonymous", "/courses/", 1.2),
        Case("quiz before it begins, signed in", QUIZ, 2.2, me),
        Case("certificate in public", seeded.certificate, 1.5),
        Case("mark a lesson as done", f"{LESSON}done", 2.0, me, {"csrf_token": token}),
    )


def of_the_network(talk: Talk) -> tuple[Case, ...]:
    """Pages of the forum and of the directory, as an alumna asks for them; many write, none more than they may."""
    me = talk.cookies[:1]
    said = {"csrf_token": talk.token, "text": "Thank you, this helps.", "language": "en"}
    return (
        Case("forum: topic of 20 posts", talk.topic, 2.2, me),
        Case("forum: topic, anonymous", talk.topic, 1.2),
        Case("forum: list of 20 topics", talk.place, 2.0, me),
        Case("forum: list, anonymous", talk.place, 1.2),
        Case("forum: front, signed in", "/forum/", 2.2, me),
        Case("forum: reply", talk.reply, 2.0, talk.cookies, said),
        Case("directory of 20", "/alumni/", 2.2, me),
    )


def sign_in_cost(site: Server) -> float:
    """CPU milliseconds of one sign-in, the password's hash included."""
    cookie, token = opened(site, "/account/sign-in", "language=en")
    sent = {"csrf_token": token, "email": ADDRESS, "password": PASSWORD}
    return min(cost(site, "/account/sign-in", {"Cookie": cookie}, SIGN_INS, sent) for _ in range(3))


def hash_cost() -> float:
    """CPU milliseconds of the hash of a password alone, in this process."""
    kept = STRONG.hash(PASSWORD)
    spent = []
    for _ in range(HASHES):
        before = time.process_time()
        STRONG.verify(kept, PASSWORD)
        spent.append((time.process_time() - before) * 1000)
    return min(spent)


def verdict(spent: float, budget: float) -> str:
    """Whether a budget was kept, in one word."""
    return "kept" if spent <= budget else "OVER"


def line_of(case: Case, found: Measured) -> str:
    """A page's line of the table."""
    figures = f"{found.spent:.2f} | {found.units:.2f} | {case.budget} | {verdict(found.units, case.budget)}"
    return f"| {case.name} | {figures} |"


def report() -> list[str]:
    """Measure every case; the lines of two Markdown tables."""
    with serving("benchmarks.bare:app", {}) as bare:
        lines = [f"Bare view: {cost(bare, '/', {}, 1000):.2f} ms.", "", *_on_sqlite(bare), "", *_on_postgresql(bare)]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    return [*lines, "", f"Load average of the machine while measuring: {load}."]


def _on_sqlite(bare: Server) -> Iterator[str]:
    yield "| page | CPU ms | L | budget | |"
    yield "|---|---|---|---|---|"
    with _site() as made, serving("wsgi:create_app()", made.seeded.environment) as site:
        cookie, token = opened(site, LESSON, made.seeded.cookie)
        for case in (*of_courses(made.seeded, cookie, token), *of_the_network(made.talk)):
            yield line_of(case, measured(bare, site, case))
        spent, budget = sign_in_cost(site), SIGN_IN_BUDGET * hash_cost()
        yield f"| sign in | {spent:.1f} | | {budget:.1f} ms: 1.2 hashes | {verdict(spent, budget)} |"


def _on_postgresql(bare: Server) -> Iterator[str]:
    """The pages that ask the most; what the database's processes spend counts."""
    yield f"| on PostgreSQL, {POSTGRESQL} × the budget | CPU ms | L | budget | |"
    yield "|---|---|---|---|---|"
    try:
        with ExitStack() as stack:
            made = stack.enter_context(_site(stack.enter_context(throw_away_server())))
            site = stack.enter_context(serving("wsgi:create_app()", made.seeded.environment))
            cookie, token = opened(site, LESSON, made.seeded.cookie)
            every = (*of_courses(made.seeded, cookie, token)[:1], *of_the_network(made.talk))
            for case in (replace(each, budget=round(each.budget * POSTGRESQL, 2)) for each in every):
                yield line_of(case, measured(bare, site, case, made.database))
    except PostgresMissing as missing:
        yield f"| {missing} | | | | |"


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
