"""Keep the web server running, and the worker with it. Stands alone: the standard library and nothing of ours."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[2]
STARTS_ALLOWED = 4
WITHIN = 30.0
MANY = 4096
ASK_AGAIN_AFTER = 1.5
# How the C library keeps memory (docs/decisions/0017): one heap for all threads, and what is large, above all the
# 19 MiB of each password, goes back at once; in large pages, where there are any, that costs next to nothing.
MEMORY = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "1048576",
    "MALLOC_TRIM_THRESHOLD_": "1048576",
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
}
PATIENCE = {signal.SIGINT: 8.0, signal.SIGTERM: 33.0}  # a terminal waits less than a service manager
MODULE = (sys.executable, "-OO", "-m")  # without the docstrings of everything that is imported: 6 MiB each


@dataclass(slots=True)
class Server:
    """gunicorn with all its workers, in a process group of its own."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    starts: list[float] = field(default_factory=list)

    def start(self, environment: dict[str, str]) -> None:
        """Start it and remember when."""
        self.starts.append(time.monotonic())
        self.process = subprocess.Popen(  # noqa: S603  our own commands
            self.command, cwd=ROOT, env=environment, start_new_session=True, stdin=subprocess.DEVNULL
        )

    def ended(self) -> bool:
        """Whether it is not running any more."""
        return self.process is not None and self.process.poll() is not None

    def fails_again_and_again(self) -> bool:
        """Whether starting it once more would be pointless."""
        recent = [start for start in self.starts if time.monotonic() - start < WITHIN]
        return len(recent) >= STARTS_ALLOWED

    def signal_group(self, number: int) -> None:
        """Send a signal to it and to whatever it started."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return


def the_server() -> Server:
    """The web server; one of its workers does the work that waits."""
    return Server((*MODULE, "gunicorn", "--config", str(ROOT / "academy" / "system" / "gunicorn_settings.py")))


def main() -> int:
    """Run it until asked to stop; returns the exit code."""
    asked: list[signal.Signals] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        asked.append(signal.Signals(number))

    for number in PATIENCE:
        signal.signal(number, stop)
    signals = _pipe_of_signals()
    if not _port_is_free():
        say(f"Port {_port()} is taken; choose another one, for example PORT=9000 ./run.")
        return 1
    server, environment = the_server(), _environment()
    server.start(environment)
    threading.Thread(target=_announce, daemon=True).start()
    code = _watch(server, environment, signals, asked)
    _end(server, PATIENCE[asked[0] if asked else signal.SIGINT], asked)
    return code


def _pipe_of_signals() -> int:
    """Where every signal leaves a byte: to read there is to sleep until one comes."""
    ears, mouth = os.pipe()
    os.set_blocking(mouth, False)
    signal.set_wakeup_fd(mouth, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)  # the server ended
    return ears


def _watch(server: Server, environment: dict[str, str], signals: int, asked: list[signal.Signals]) -> int:
    while not asked:
        if server.ended() and not _revive(server, environment):
            return 1
        os.read(signals, MANY)
    return 0


def _revive(server: Server, environment: dict[str, str]) -> bool:
    code = server.process.returncode if server.process else 0
    server.signal_group(signal.SIGTERM)  # what it left behind holds its port
    if server.fails_again_and_again():
        say(f"The web server ended again (code {code}) after {STARTS_ALLOWED} starts; stopping everything.")
        return False
    say(f"The web server ended unexpectedly (code {code}); starting it again.")
    server.start(environment)
    return True


def _end(server: Server, patience: float, asked: list[signal.Signals]) -> None:
    if server.process is not None:
        server.process.terminate()
    until = time.monotonic() + patience
    again = time.monotonic() + ASK_AGAIN_AFTER
    while time.monotonic() < until and len(asked) < 2 and not server.ended():  # noqa: PLR2004
        time.sleep(0.05)
        if time.monotonic() >= again:
            # A web worker that was just being born may have missed the first call.
            server.signal_group(signal.SIGTERM)
            again += ASK_AGAIN_AFTER
    server.signal_group(signal.SIGKILL)
    if server.process is not None:
        server.process.wait()


def _environment() -> dict[str, str]:
    figures = Path(os.environ.get("ACADEMY_INSTANCE") or "instance").resolve() / "metrics"
    shutil.rmtree(figures, ignore_errors=True)
    figures.mkdir(parents=True)
    return {**MEMORY, **os.environ, "PROMETHEUS_MULTIPROC_DIR": str(figures), "ACADEMY_SUPERVISED": "1"}


def _host() -> str:
    return os.environ.get("HOST", "127.0.0.1")


def _port() -> int:
    return int(os.environ.get("PORT", "8000"))


def _port_is_free() -> bool:
    with socket.socket(socket.AF_INET6 if ":" in _host() else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((_host(), _port()))
        except OSError:
            return False
    return True


def _announce() -> None:
    address = (_host().replace("0.0.0.0", "127.0.0.1"), _port())  # noqa: S104  where to look, not where to listen
    while True:
        try:
            socket.create_connection(address, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            public = os.environ.get("ACADEMY_PUBLIC_URL") or f"http://{_host()}:{_port()}"
            say(f"The site is at {public} (Ctrl-C stops it).")
            return


def say(sentence: str) -> None:
    """Tell whoever started the site."""
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201  its only voice


if __name__ == "__main__":
    sys.exit(main())
