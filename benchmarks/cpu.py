"""CPU per request against a bare Flask view under the same server in the same run."""

import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import Server, serving
from benchmarks.site import COURSE, LESSON, PREVIEW, seed

WARM, COUNTED, ROUNDS = 60, 300, 3
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


def per_request(server: Server, path: str, headers: dict[str, str]) -> float:
    """Median CPU milliseconds a request, over three rounds."""
    for _ in range(WARM):
        status, _, _ = server.get(path, headers)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
    rounds = []
    for _ in range(ROUNDS):
        before = server.cpu_ms()
        for _ in range(COUNTED):
            server.get(path, headers)
        rounds.append((server.cpu_ms() - before) / COUNTED)
    return statistics.median(rounds)


def report() -> list[str]:
    """Measure every case; the lines of a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        seeded = seed(Path(folder))
        with serving("benchmarks.bare:app", {}) as bare, serving("wsgi:create_app()", seeded.environment) as site:
            unit = per_request(bare, "/", {}) * UNIT
            lines = [f"Bare view {unit / UNIT:.2f} ms, so L = {unit:.2f} ms.", "", "| page | CPU ms | L | budget | |"]
            lines.append("|---|---|---|---|---|")
            for case in CASES:
                headers = {"Cookie": seeded.cookie} if case.signed_in else {}
                cost = per_request(site, case.path, headers)
                verdict = "kept" if cost <= case.budget * unit else "OVER"
                lines.append(f"| {case.name} | {cost:.2f} | {cost / unit:.2f} | {case.budget} | {verdict} |")
            lines.append("")
            lines.append(f"Memory of the site (gunicorn, 1 worker): {site.memory_mib():.0f} MiB PSS, worker RSS {site.worker_rss_mib():.0f} MiB.")
    return lines


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
