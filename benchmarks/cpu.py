"""CPU per request against a bare Flask view under the same server in the same run."""

import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from academy.people.passwords import STRONG
from benchmarks.servers import Server, database_ms, serving
from benchmarks.site import ADDRESS, COURSE, LESSON, PASSWORD, PREVIEW, QUIZ, Seeded, opened, seed

WARM, COUNTED, BARE_COUNTED, ROUNDS, OK, SEE_OTHER = 60, 120, 400, 7, 200, 303
UNIT = 3.0  # L of docs/performance: three times a bare view
SIGN_INS, HASHES = 20, 10
SIGN_IN_BUDGET = 18 / 15  # of the password's own hash: 18 ms in all where the hash is 15


@dataclass(frozen=True)
class Case:
    """A page, who asks for it, the budget in L; what is sent when it is a form."""

    name: str
    path: str
    signed_in: bool
    budget: float
    sent: dict[str, str] | None = field(default=None)


CASES = (
    Case("lesson, signed in", LESSON, True, 2.0),
    Case("course page, signed in", f"/courses/{COURSE}/", True, 2.2),
    Case("my learning", "/", True, 2.2),
    Case("catalogue, signed in", "/courses/", True, 2.2),
    Case("lesson, anonymous", PREVIEW, False, 1.2),
    Case("course page, anonymous", f"/courses/{COURSE}/", False, 1.2),
    Case("front page, anonymous", "/", False, 1.2),
    Case("catalogue, anonymous", "/courses/", False, 1.2),
    Case("quiz before it begins, signed in", QUIZ, True, 2.2),
)


def cost(server: Server, path: str, headers: dict[str, str], times: int, sent: dict[str, str] | None = None) -> float:
    """CPU milliseconds a request."""
    expected = OK if sent is None else SEE_OTHER
    before = server.cpu_ms()
    for _ in range(times):
        status, _, _ = server.get(path, headers) if sent is None else server.post(path, urlencode(sent), headers)
        if status != expected:
            raise RuntimeError(f"{path}: {status}")
    return (server.cpu_ms() - before) / times


def whole_cost(
    server: Server, path: str, headers: dict[str, str], database: str, times: int, sent: dict[str, str] | None = None
) -> float:
    """CPU milliseconds a request, those of PostgreSQL's own processes for this database with them."""
    before = database_ms(database)
    pages = cost(server, path, headers, times, sent)
    return pages + (database_ms(database) - before) / times


def measured(bare: Server, site: Server, case: Case, headers: dict[str, str]) -> tuple[float, float]:
    """The page's cost in milliseconds and in L: the least of rounds in which both servers take turns.

    Whatever else the machine does can only add to either, so the least is nearest to the truth.
    """
    cost(site, case.path, headers, WARM, case.sent)
    rounds = [
        (cost(bare, "/", {}, BARE_COUNTED), cost(site, case.path, headers, COUNTED, case.sent)) for _ in range(ROUNDS)
    ]
    page = min(spent for _, spent in rounds)
    return page, page / (min(unit for unit, _ in rounds) * UNIT)


def cases(seeded: Seeded, token: str) -> tuple[Case, ...]:
    """All pages; the later ones are known only when the site is seeded and a form was opened."""
    done = Case("mark a lesson as done", f"{LESSON}done", True, 2.0, {"csrf_token": token})
    return (*CASES, Case("certificate in public", seeded.certificate, False, 1.5), done)


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


def report() -> list[str]:
    """Measure every case; the lines of a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder))
        with serving("benchmarks.bare:app", {}) as bare, serving("wsgi:create_app()", seeded.environment) as site:
            lines = [f"Bare view: {cost(bare, '/', {}, 1000):.2f} ms.", "", "| page | CPU ms | L | budget | |"]
            lines.append("|---|---|---|---|---|")
            cookie, token = opened(site, LESSON, seeded.cookie)
            for case in cases(seeded, token):
                spent, units = measured(bare, site, case, {"Cookie": cookie} if case.signed_in else {})
                kept = verdict(units, case.budget)
                lines.append(f"| {case.name} | {spent:.2f} | {units:.2f} | {case.budget} | {kept} |")
            spent, budget = sign_in_cost(site), SIGN_IN_BUDGET * hash_cost()
            lines.append(f"| sign in | {spent:.1f} | | {budget:.1f} ms: 1.2 hashes | {verdict(spent, budget)} |")
            load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
            lines.extend(["", f"Load average of the machine while measuring: {load}."])
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
