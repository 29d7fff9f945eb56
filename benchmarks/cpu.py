"""CPU per request against a bare Flask view under the same server in the same run."""

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import Server, serving
from benchmarks.site import COURSE, LESSON, PREVIEW, seed

WARM, COUNTED, ROUNDS, OK = 60, 100, 7, 200
UNIT = 3.0  # L of docs/performance: three times a bare view


@dataclass(frozen=True)
class Case:
    """A page, who asks for it, and the budget in L."""

    name: str
    path: str
    signed_in: bool
    budget: float


CASES = (
    Case("lesson, signed in", LESSON, True, 2.0),
    Case("course page, signed in", f"/courses/{COURSE}/", True, 2.2),
    Case("my learning", "/", True, 2.2),
    Case("catalogue, signed in", "/courses/", True, 2.2),
    Case("lesson, anonymous", PREVIEW, False, 1.2),
    Case("course page, anonymous", f"/courses/{COURSE}/", False, 1.2),
    Case("front page, anonymous", "/", False, 1.2),
)


def cost(server: Server, path: str, headers: dict[str, str], times: int) -> float:
    """CPU milliseconds a request."""
    before = server.cpu_ms()
    for _ in range(times):
        status, _, _ = server.get(path, headers)
        if status != OK:
            raise RuntimeError(f"{path}: {status}")
    return (server.cpu_ms() - before) / times


def settled(site: Server, cookie: str) -> str:
    """The learner's cookies as a browser holds them after the first page."""
    _, _, headers = site.get(LESSON, {"Cookie": cookie})
    fresh = headers.get("Set-Cookie", "").partition(";")[0]
    return f"{fresh}; language=en" if fresh.startswith("session=") else cookie


def measured(bare: Server, site: Server, case: Case, headers: dict[str, str]) -> tuple[float, float]:
    """The page's cost in milliseconds and in L: medians of rounds in which both servers take turns."""
    cost(site, case.path, headers, WARM)
    rounds = [(cost(bare, "/", {}, COUNTED), cost(site, case.path, headers, COUNTED)) for _ in range(ROUNDS)]
    return statistics.median(page for _, page in rounds), statistics.median(
        page / (unit * UNIT) for unit, page in rounds
    )


def report() -> list[str]:
    """Measure every case; the lines of a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder))
        with serving("benchmarks.bare:app", {}) as bare, serving("wsgi:create_app()", seeded.environment) as site:
            lines = [f"Bare view: {cost(bare, '/', {}, 1000):.2f} ms.", "", "| page | CPU ms | L | budget | |"]
            lines.append("|---|---|---|---|---|")
            cookie = settled(site, seeded.cookie)
            for case in CASES:
                spent, units = measured(bare, site, case, {"Cookie": cookie} if case.signed_in else {})
                verdict = "kept" if units <= case.budget else "OVER"
                lines.append(f"| {case.name} | {spent:.2f} | {units:.2f} | {case.budget} | {verdict} |")
            memory = f"{site.memory_mib():.0f} MiB PSS together, the worker {site.worker_rss_mib():.0f} MiB RSS"
            lines.extend(["", f"Memory of gunicorn with one worker: {memory}."])
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
