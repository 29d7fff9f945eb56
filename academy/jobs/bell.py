"""The worker's bell: a pipe with a name in the instance folder. Who rings never waits; who listens sleeps meanwhile."""

import logging
import os
import select
from contextlib import suppress
from pathlib import Path

log = logging.getLogger("academy.jobs")
NAME = "worker.bell"
OWNER_ONLY = 0o600
ALL_THERE_IS = 1 << 16  # what a pipe holds at most


def ring(instance: Path, outbox: str) -> bool:
    """Call the worker of this host to an outbox; says whether one listens. Without one nothing is lost but a minute."""
    try:
        end = os.open(instance / NAME, os.O_WRONLY | os.O_NONBLOCK)
    except OSError:
        return False
    with suppress(BlockingIOError):  # full of calls that the worker has not heard yet
        os.write(end, f"{outbox}\n".encode())
    os.close(end)
    return True


class Bell:
    """The listener's side."""

    def __init__(self, instance: Path) -> None:
        try:
            self._ears = self._mouth = _opened(instance / NAME)
        except OSError:
            log.warning("The instance folder takes no pipes: the worker cannot be called and looks once a minute.")
            self._ears, self._mouth = os.pipe()

    def wait(self, seconds: float) -> list[str]:
        """The outboxes that were called to, as soon as there is a call; nothing when the time is over."""
        ready, _, _ = select.select([self._ears], [], [], max(0.0, seconds))
        return os.read(self._ears, ALL_THERE_IS).decode().split() if ready else []

    def wake(self) -> None:
        """End the wait of this process itself."""
        os.write(self._mouth, b"\n")


def _opened(path: Path) -> int:
    if not path.is_fifo():
        path.unlink(missing_ok=True)
        os.mkfifo(path, OWNER_ONLY)
    # For writing too: without a writer of its own the pipe would end whenever a caller leaves.
    return os.open(path, os.O_RDWR | os.O_NONBLOCK)
