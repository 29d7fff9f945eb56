"""Where only an old SQLite is at hand, the site says so at every start, and not where it does not matter."""

import os
import select
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from academy import sqlite

ROOT = Path(__file__).resolve().parents[2]
SAID = "can damage the database under concurrent checkpoints"
# gunicorn as ./run starts it, on a machine for which there is no newer SQLite than Python's own.
START = (
    "import sys; sys.modules['pysqlite3'] = None; from gunicorn.app.wsgiapp import run; "
    "sys.argv = ['gunicorn', '--config', 'academy/system/gunicorn_settings.py']; run()"
)


@pytest.mark.parametrize(
    ("url", "version", "said"),
    [
        ("sqlite:///academy.db", (3, 40, 1), f"SQLite 3.40.1 {SAID}"),
        ("sqlite:///academy.db", (3, 51, 2), f"SQLite 3.51.2 {SAID}"),
        ("sqlite:///academy.db", (3, 51, 3), ""),
        ("sqlite:///academy.db", (4, 0, 0), ""),
        ("postgresql+psycopg://localhost/academy", (3, 40, 1), ""),
    ],
)
def test_an_old_library_is_named_where_it_is_used(url: str, version: tuple[int, ...], said: str) -> None:
    assert sqlite.warning(url, version).startswith(said)
    assert bool(sqlite.warning(url, version)) is bool(said)


@pytest.mark.slow
@pytest.mark.skipif(sqlite3.sqlite_version_info >= sqlite.SAFE_VERSION, reason="Python's own SQLite is new enough")
def test_the_web_server_says_it_at_every_start(tmp_path: Path) -> None:
    for _start in range(2):
        assert SAID in said_at_start(tmp_path)


def said_at_start(folder: Path) -> str:
    """What the web server says until it warns of SQLite, or for twenty seconds."""
    settings = {"ACADEMY_INSTANCE": str(folder), "PORT": "0", "WEB_WORKERS": "1", "ACADEMY_DEVELOPMENT": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", START], cwd=ROOT, env={**os.environ, **settings}, stderr=subprocess.PIPE, bufsize=0
    ) as server:
        said, until = b"", time.monotonic() + 20
        assert server.stderr is not None
        while SAID.encode() not in said and time.monotonic() < until:
            if select.select([server.stderr], [], [], 0.5)[0]:
                said += server.stderr.read(4096) or b""
        server.send_signal(signal.SIGTERM)
        server.stderr.read()
    return said.decode()
