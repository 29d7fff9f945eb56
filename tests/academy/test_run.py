"""./run itself, in a copy of the repository: it sets up, serves, survives and stops."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = (".ci", "academy", "alumni", "courses", "migrations", "static", "templates")
FILES = ("requirements.txt", "run", "wsgi.py")
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("run")]


class Site:
    """One copy of the repository and the site started from it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, _free_port()
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start ./run and wait until it answers; returns how many seconds that took."""
        if self.process is not None and self.process.poll() is None:
            self.stop(signal.SIGTERM)
        began = time.monotonic()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["./run"],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={**environment, "PORT": str(self.port), "DEMO": "0"},
            )
        self.wait_until_it_answers(180)
        return time.monotonic() - began

    def wait_until_it_answers(self, seconds: float) -> None:
        """Ask for /healthz until it comes."""
        until = time.monotonic() + seconds
        while not self.answers("/healthz"):
            assert self.process is not None
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def answers(self, path: str) -> bool:
        """Whether this address is answered with 200."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=5) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def stop(self, number: signal.Signals) -> int:
        """Send the signal to ./run alone; returns its exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(timeout=10)

    def said(self) -> str:
        """What was written to the terminal."""
        return self.log.read_text(encoding="utf-8")

    def processes(self, what: str = "") -> list[int]:
        """The numbers of the running processes that belong to this copy."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().decode(errors="replace")
                here = (folder / "cwd").resolve() == self.folder
            except OSError:
                continue
            if here and words and what in words.replace("\0", " "):
                found.append(int(folder.name))
        return found

    def worker(self) -> int:
        """The number of the process that does the work that waits; 0 while there is none."""
        return int((self.folder / "instance" / "worker.lock").read_text(encoding="ascii").strip() or 0)

    def wakes(self) -> dict[int, int]:
        """How often each process of this copy has gone to sleep and woken, all its threads together."""
        return {number: sum(map(_naps, Path(f"/proc/{number}/task").iterdir())) for number in self.processes()}


def _naps(thread: Path) -> int:
    lines = (thread / "status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches:"))


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy with the packages of this environment; whatever of it still runs at the end is stopped."""
    folder = tmp_path_factory.mktemp("copy").resolve()
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    made = Site(folder)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.stop(signal.SIGINT)


@pytest.fixture
def running(site: Site) -> Site:
    """The copy, serving."""
    if site.process is None or site.process.poll() is not None:
        site.start()
    return site


def test_the_first_start_sets_everything_up(running: Site) -> None:
    site = running
    assert site.answers("/readyz")
    assert site.answers("/courses/preventive-diplomacy/")
    assert "flask users create EMAIL --role admin" in site.said()
    assert (site.folder / "instance").stat().st_mode & 0o077 == 0


def test_a_worker_that_is_killed_is_followed_by_another(running: Site) -> None:
    site = running
    workers = site.processes("gunicorn")
    worker = site.worker()
    assert worker in workers
    os.kill(worker, signal.SIGKILL)
    sentence = f"Worker (pid:{worker}) was sent SIGKILL"
    until = time.monotonic() + 10
    while (site.worker() in {0, worker} or sentence not in site.said()) and time.monotonic() < until:
        time.sleep(0.1)
    assert site.worker() in set(site.processes("gunicorn")) - set(workers)
    assert len(site.processes("gunicorn")) == len(workers)
    assert sentence in site.said(), site.said()[-3000:]


def test_while_nobody_asks_everything_sleeps(running: Site) -> None:
    """Each process wakes about once a second, to say that it lives; figures that no busy machine disturbs."""
    time.sleep(6)  # connections that were kept alive are closed
    before = running.wakes()
    time.sleep(10)
    after = running.wakes()
    assert before.keys() == after.keys()
    assert sum(after.values()) - sum(before.values()) <= 10 * len(after)


def test_a_web_server_that_is_killed_is_started_again(running: Site) -> None:
    site = running
    master = min(site.processes("gunicorn"))
    os.kill(master, signal.SIGKILL)
    time.sleep(1)
    site.wait_until_it_answers(30)
    assert "The web server ended unexpectedly" in site.said()
    assert master not in site.processes("gunicorn")


def test_a_second_site_on_the_same_port_says_so(running: Site) -> None:
    site = running
    result = subprocess.run(
        ["./run"],
        cwd=site.folder,
        env={**os.environ, "PORT": str(site.port), "DEMO": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert re.search(r"Port \d+ is taken", result.stderr)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_within_ten_seconds_and_leaves_nothing(running: Site, number: signal.Signals) -> None:
    assert running.stop(number) == 0
    assert running.processes() == []


def test_the_second_start_is_quick(site: Site) -> None:
    seconds = site.start()
    site.stop(signal.SIGINT)
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    assert seconds < 5 * max(1.0, busy)
