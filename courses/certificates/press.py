"""Orders to the typesetter, which works in a process of its own and stays warm for the next order."""

import atexit
import json
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path

SCRIPT = Path(__file__).with_name("typesetting.py")
SECONDS = 20.0
LENGTH = 8
CHUNK = 1 << 16
_TWO_AT_ONCE = threading.BoundedSemaphore(2)
_lock = threading.Lock()
warm: list["Typesetter"] = []
"""At most one process waits for another order; it ends by itself when none comes (docs/decisions/0017)."""


class Typesetter:
    """One process that sets order after order."""

    def __init__(self) -> None:
        needed = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}  # no secrets
        self.owner = os.getpid()
        self.fresh = True
        self.process = subprocess.Popen(  # noqa: S603  our own script
            (sys.executable, "-I", SCRIPT), stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=needed
        )

    def set(self, order: bytes) -> bytes:
        """Have one order set; raises OSError or TimeoutExpired when the process is gone or does not answer."""
        stdin, until = self.process.stdin, time.monotonic() + SECONDS
        if stdin is None:
            raise BrokenPipeError
        view = memoryview(len(order).to_bytes(LENGTH, "big") + order)
        while view:
            view = view[stdin.write(view) or 0 :]
        head = self._read(1 + LENGTH, until)
        body = self._read(int.from_bytes(head[1:], "big"), until)
        self.fresh = False
        if head[:1] != b"\0":
            raise subprocess.CalledProcessError(1, SCRIPT.name, stderr=body)
        return body

    def _read(self, size: int, until: float) -> bytes:
        stdout, found = self.process.stdout, bytearray()
        if stdout is None:
            raise BrokenPipeError
        with selectors.DefaultSelector() as waiting:
            waiting.register(stdout, selectors.EVENT_READ)
            while len(found) < size:
                if not waiting.select(max(0.0, until - time.monotonic())):
                    raise subprocess.TimeoutExpired(SCRIPT.name, SECONDS)
                piece = os.read(stdout.fileno(), min(CHUNK, size - len(found)))
                if not piece:
                    raise BrokenPipeError
                found += piece
        return bytes(found)

    def end(self) -> None:
        """Stop the process and leave nothing of it behind."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


def press(work: str, *, folder: Path | None, **values: object) -> bytes:
    """Have this work done with the fonts of a folder; raises what `subprocess` raises when it cannot be."""
    order = json.dumps({"work": work, "folder": str(folder) if folder else "", **values}).encode()
    with _TWO_AT_ONCE:
        worker = _take()
        try:
            return _done(worker, order)
        except BrokenPipeError as error:
            if worker.fresh:
                raise subprocess.CalledProcessError(1, SCRIPT.name) from error
            return _done(Typesetter(), order)  # the warm one had just gone home


def _done(worker: Typesetter, order: bytes) -> bytes:
    try:
        work = worker.set(order)
    except subprocess.CalledProcessError:  # the order was bad, the typesetter is well
        _give_back(worker)
        raise
    except (OSError, subprocess.TimeoutExpired):
        worker.end()
        raise
    _give_back(worker)
    return work


def _take() -> Typesetter:
    with _lock:
        while warm:
            worker = warm.pop()
            if worker.owner == os.getpid():  # a process that was forked has its parent's list, not its children
                return worker
    return Typesetter()


def _give_back(worker: Typesetter) -> None:
    with _lock:
        if not warm:
            warm.append(worker)
            return
    worker.end()


@atexit.register
def close() -> None:
    """Send the warm process home."""
    with _lock:
        workers, warm[:] = list(warm), []
    for worker in workers:
        if worker.owner == os.getpid():
            worker.end()
