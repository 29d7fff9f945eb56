"""The throw-away PostgreSQL: `python -m tests.postgres COMMAND…` runs the command beside it; it is gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
SETTINGS = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "60"}
UNPRIVILEGED = ("postgres", "nobody")


class PostgresMissing(Exception):
    """No server is installed; the message is one sentence."""


def binaries() -> Path:
    """The folder with initdb and pg_ctl; the newest if there are several."""
    found = shutil.which("pg_ctl")
    if found:
        return Path(found).resolve().parent
    versions = sorted(DEBIAN.glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if not versions:
        raise PostgresMissing("PostgreSQL is not installed; install the package postgresql.")
    return versions[-1].parent


@contextmanager
def throw_away_server() -> Iterator[str]:
    """A fresh server on a free port for the length of the block; gives its address."""
    folder = Path(tempfile.mkdtemp(prefix="academy-postgres-"))
    try:
        with server_in(folder, stop="immediate") as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def server_in(folder: Path, *, stop: str = "fast") -> Iterator[str]:
    """The server whose data are in this folder, made there if need be; gives its address."""
    folder.mkdir(parents=True, exist_ok=True)
    owner = _owner()
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        port = _start(folder)
        yield f"postgresql://academy@127.0.0.1:{port}/postgres"
    finally:
        _tool("pg_ctl", "-D", f"{folder}/data", "-m", stop, "-w", "stop", check=False)


def _start(folder: Path) -> int:
    data, port = f"{folder}/data", _free_port()
    if not (folder / "data").exists():
        _tool("initdb", "-D", data, "-U", "academy", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
    settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} {settings}"
    _tool("pg_ctl", "-D", data, "-l", f"{folder}/log", "-o", options, "-w", "start")
    return port


def _tool(name: str, *arguments: str, check: bool = True) -> None:
    owner = _owner()
    subprocess.run(  # PostgreSQL refuses to run as root
        (str(binaries() / name), *arguments),
        check=check,
        stdout=subprocess.DEVNULL,
        cwd="/",
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


def _owner() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return next(known[name] for name in UNPRIVILEGED if name in known)


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def main() -> int:
    """Run the command of the arguments with ACADEMY_TEST_DATABASE_URL set; returns its exit code."""
    try:
        with throw_away_server() as url:
            environment = {**os.environ, "ACADEMY_TEST_DATABASE_URL": url}
            return subprocess.run(sys.argv[1:], check=False, env=environment).returncode
    except PostgresMissing as missing:
        sys.stderr.write(f"{missing}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
