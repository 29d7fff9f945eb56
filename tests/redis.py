"""The throw-away Redis of the tests: the installed server on a free port, gone afterwards."""

import shutil
import socket
import subprocess
import time
from pathlib import Path

SERVER = shutil.which("redis-server")


class ThrowAwayRedis:
    """A server that is started, ended and frozen as a test likes; it keeps nothing on a disk."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = int(trial.getsockname()[1])
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        assert SERVER is not None
        words = f"--port {self.port} --bind 127.0.0.1 --appendonly no --dir {self._folder} --save"
        self.process = subprocess.Popen((SERVER, *words.split(), ""), stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
            else:
                return
        raise TimeoutError("redis-server did not start.")

    def end(self) -> None:
        """Kill it as a fault would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
