"""Memory and rest: what the processes of ./run take after many requests, and what they do when nobody asks."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from academy.system.serving import LOCK
from benchmarks.servers import ROOT, Server, free_port, memory_mib, resting_ms, rss_mib, stopped, tree, wait_for
from benchmarks.site import people
from benchmarks.traffic import Asker, askers

AT_ONCE, SOON, LATE = 4, 1_000, 10_000
SETTLE, RESTING = 25.0, 30.0  # helpers of the site go home after fifteen seconds without orders
WORKER, RISE, TOGETHER, IDLE = 75.0, 5.0, 250.0, 1.0


@contextmanager
def running(environment: Mapping[str, str], workers: int) -> Iterator[Server]:
    """Everything that ./run starts, with so many web workers, none of which retires."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-I", "academy/system/supervisor.py"],
        cwd=ROOT,
        env={
            **os.environ,
            **environment,
            "PORT": str(port),
            "ACADEMY_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "WEB_WORKERS": str(workers),
            "GUNICORN_CMD_ARGS": "--max-requests 0 --log-level error",
        },
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port)
        server = Server(port, process.pid)
        server.get("/healthz")  # a worker is there
        yield server
    finally:
        stopped(process)


def worker_of(site: Server, folder: Path) -> int:
    """The web worker, when there is one: the last process of gunicorn beside the one that does the work that waits."""
    busy = int((folder / LOCK).read_text(encoding="ascii"))
    return [pid for pid in tree(site.master) if pid != busy][-1]


def send(crowd: list[Asker], times: int) -> None:
    """Let the crowd ask so many times in all."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda asker: asker.ask(times // AT_ONCE), crowd))


def grown(worker: int, crowd: list[Asker]) -> tuple[float, float, float]:
    """The worker's memory at the start, after a thousand requests and after ten thousand, in MiB."""
    first = rss_mib(worker)
    send(crowd, SOON)
    soon = rss_mib(worker)
    send(crowd, LATE - SOON)
    return first, soon, rss_mib(worker)


def line(what: str, figure: float, unit: str, budget: float) -> str:
    """A line of the table."""
    return f"| {what} | {figure:.1f} {unit} | {budget:.0f} {unit} | {'kept' if figure <= budget else 'OVER'} |"


def report() -> list[str]:
    """Measure; the lines of a Markdown table."""
    with tempfile.TemporaryDirectory() as folder:
        site = people(Path(folder))
        with running(site.environment, 1) as alone:
            first, soon, late = grown(worker_of(alone, Path(folder)), list(askers(alone, site, AT_ONCE)))
        with running(site.environment, 2) as usual:
            send(list(askers(usual, site, AT_ONCE)), SOON)
            time.sleep(SETTLE)
            idle, together = resting_ms(tree(usual.master), RESTING), memory_mib(tree(usual.master))
    return [
        f"A web worker with nothing asked of it yet: {first:.1f} MiB RSS.",
        "",
        "| what | measured | budget | |",
        "|---|---|---|---|",
        line("web worker after 10,000 mixed requests, RSS", late, "MiB", WORKER),
        line("rise from request 1,000 to 10,000", late - soon, "MiB", RISE),
        line("everything ./run starts, PSS", together, "MiB", TOGETHER),
        line("CPU of all of it while nobody asks, a second", idle, "ms", IDLE),
    ]


if __name__ == "__main__":
    sys.stdout.write("\n".join(report()) + "\n")
