"""The real site in a folder of its own: prepared, served by gunicorn, its worker beside it, as ./run does."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90


class LiveSite:
    """One installation on a free port of this machine."""

    def __init__(self, folder: Path, *, development: bool = False) -> None:
        self.instance, self.port, self.development = folder / "instance", _free_port(), development
        self.log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the site is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def accounts(self) -> dict[str, Any]:
        """The demo people who can sign in, if they were loaded: learner, trainer, alumnus, moderator, admin."""
        accounts: dict[str, Any] = json.loads((self.instance / "demo-accounts.json").read_text(encoding="utf-8"))
        return accounts

    def flask(self, *arguments: str) -> str:
        """Run a command of the site; returns what it printed."""
        return self.run("flask", *arguments)

    def run(self, module: str, *arguments: str) -> str:
        """Run a module as a program in the site's environment; returns what it printed."""
        command = [sys.executable, "-m", module, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{module} {' '.join(arguments)}: {done.stderr}"
        return done.stdout.strip()

    def start(self) -> None:
        """Serve, and wait until the site answers."""
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "academy/system/supervisor.py"],
                cwd=ROOT,
                env=self._environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._answers():
            assert self._process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def stop(self) -> None:
        """End the web server and the worker."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(timeout=20)

    def said(self) -> str:
        """What the site wrote to its terminal."""
        return self.log.read_text(encoding="utf-8")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as response:  # noqa: S310  our own address
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def _environment(self) -> dict[str, str]:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("ACADEMY_")}
        return {
            **plain,
            "PORT": str(self.port),
            "HOST": "127.0.0.1",
            "ACADEMY_INSTANCE": str(self.instance),
            "ACADEMY_PUBLIC_URL": self.url,
            "ACADEMY_LANGUAGES": "en,ru,fa",
            "ACADEMY_DEVELOPMENT": "1" if self.development else "",
        }


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])
