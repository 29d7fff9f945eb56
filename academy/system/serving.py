"""The workers of gunicorn: all but one answer requests; that one does the work that waits (docs/decisions/0017)."""

import fcntl
import os
import time
from pathlib import Path
from types import FrameType

from gunicorn.workers.gthread import ThreadWorker

from academy.jobs.machine import Machine
from academy.leash import end_with_parent

LOCK = "worker.lock"
BEAT = 10.0  # seconds between signs of life; gunicorn waits for 30
OWNER_ONLY = 0o600
MOST_OF_ITS_OWN = 40.0
"""MiB: a fresh worker has 30 after its first minute; one that has done everything once has 70 and gives none back."""
AT_LEAST = 600.0
"""Seconds that a worker lives at least if the last one just began: where all are heavy, they must not follow on end."""


class SiteWorker(ThreadWorker):
    """Whichever takes the lock first works, as long as it lives; when it ends, gunicorn starts another, which takes it.

    They are forked from one process that has loaded the site: a process apart for the work would take 40 MiB more.
    """

    machine: Machine | None = None

    def run(self) -> None:
        """Answer requests, or work."""
        instance = self.wsgi.extensions["academy.settings"].instance
        stays = to_stay(instance)
        lock = taken(instance)
        if lock is None:
            super().run()
            return
        end_with_parent()
        self.machine = Machine(self.wsgi, instance)
        until = time.monotonic() + stays
        self.machine.run(
            beat=self._beat,
            every=BEAT,
            tired=lambda: time.monotonic() >= until and own_mib() > MOST_OF_ITS_OWN,
        )
        os.close(lock)

    def _beat(self) -> None:
        self.notify()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End soon, when what was begun is done."""
        if self.machine is None:
            super().handle_exit(sig, frame)
        else:
            self.alive = False
            self.machine.stop()


def own_mib() -> float:
    """What this process has in memory that it shares with no other, in MiB; 0 where the kernel does not say."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty:")) / 1024


def to_stay(instance: Path) -> float:
    """For how many seconds whoever works next does not end, however heavy: for none, unless the last one just began."""
    try:
        last = (instance / LOCK).stat()
    except FileNotFoundError:
        return 0.0
    return AT_LEAST if last.st_size and time.time() - last.st_mtime < AT_LEAST else 0.0


def taken(instance: Path) -> int | None:
    """The open lock of whoever does the work of this instance, with its process number in it; None if one does."""
    lock = os.open(instance / LOCK, os.O_RDWR | os.O_CREAT, OWNER_ONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(lock)
        return None
    os.ftruncate(lock, 0)
    os.write(lock, f"{os.getpid()}\n".encode())
    return lock
