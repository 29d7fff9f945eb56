"""Real servers for benchmarks: the site and a bare view, each under gunicorn sync with one worker."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from academy.system.supervisor import MEMORY

ROOT = Path(__file__).resolve().parents[1]
PATIENCE, ANSWER = 30.0, 120.0  # a worker that is being loaded answers late


@dataclass
class Server:
    """A running server: its port and the processes whose CPU counts."""

    port: int
    master: int
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes, dict[str, str]]:
        """One request on a kept connection; reconnects when the server closed it."""
        for _ in range(2):
            try:
                self.connection.request("GET", path, headers=headers or {})
                response = self.connection.getresponse()
                return response.status, response.read(), dict(response.getheaders())
            except (http.client.HTTPException, ConnectionError):
                self.connection.close()
        raise ConnectionError(path)

    def post(self, path: str, body: str, headers: dict[str, str]) -> tuple[int, bytes, dict[str, str]]:
        """Send a form."""
        form = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        self.connection.close()
        self.connection.request("POST", path, body=body, headers=form)
        response = self.connection.getresponse()
        return response.status, response.read(), dict(response.getheaders())

    def processes(self) -> list[int]:
        """The master and its workers."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text(encoding="ascii")
        return [self.master, *map(int, children.split())]

    def cpu_ms(self) -> float:
        """User and system time of all its processes so far."""
        return sum(spent_ms(pid) for pid in self.processes())


def database_ms(database: str) -> float:
    """CPU milliseconds that PostgreSQL's processes for this database used so far."""
    if not database:
        return 0.0
    found = 0.0
    for process in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            said = (process / "cmdline").read_text(encoding="utf-8").split()
            if said[:1] == ["postgres:"] and database in said:
                found += spent_ms(int(process.name))
    return found


def tree(pid: int) -> list[int]:
    """A process and all that it started, and they started."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    children = [int(word) for each in threads for word in (each / "children").read_text(encoding="ascii").split()]
    return [pid, *(found for child in children for found in tree(child))]


def memory_mib(pids: list[int]) -> float:
    """Proportional memory of these processes: what they share is counted once; one that ended has none."""
    total = 0
    for pid in pids:
        with suppress(ProcessLookupError):
            total += _figure(pid, "smaps_rollup", "Pss:")
    return total / 1024


def rss_mib(pid: int) -> float:
    """Resident memory of one process."""
    return _figure(pid, "status", "VmRSS:") / 1024


def _figure(pid: int, file: str, name: str) -> int:
    text = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in text.splitlines() if line.startswith(name))


def resting_ms(pids: list[int], seconds: float) -> float:
    """CPU milliseconds a second of these processes while nothing is asked of them, by the scheduler's own clock."""
    before = sum(map(spent_ms, pids))
    time.sleep(seconds)
    return (sum(map(spent_ms, pids)) - before) / seconds


def spent_ms(pid: int) -> float:
    """User and system time of a process so far, by the scheduler's own clock: in /proc/PID/stat it is cut to 10 ms."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text(encoding="ascii").split()[0]) for each in threads) / 1e6


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, environment: dict[str, str]) -> Iterator[Server]:
    """Serve an application with one sync worker and stop it afterwards."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-k", "sync", "-w", "1", "--keep-alive", "5", "--no-control-socket"]
    process = subprocess.Popen(
        [*command, "-b", f"127.0.0.1:{port}", "--log-level", "error", application],
        cwd=ROOT,
        env={**MEMORY, **os.environ, **environment, "ACADEMY_PUBLIC_URL": f"http://127.0.0.1:{port}"},
    )
    try:
        wait_for(port)
        yield Server(port, process.pid)
    finally:
        stopped(process)


def stopped(process: subprocess.Popen[bytes]) -> None:
    """Ask a server to stop, and wait until it did."""
    process.terminate()
    process.wait(timeout=PATIENCE)


def wait_for(port: int) -> None:
    """Wait until somebody listens there."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Nothing listens on {port}.")
