"""What a process carries: the web server imports nothing that only commands, the worker or a rare page need."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from flask import Flask

from academy.later import loaded

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("academy", "courses", "alumni")
TOO_HEAVY = (
    "alembic",
    "babel.messages",
    "PIL",
    "cryptography",
    "icalendar",
    "obstore",
    "python_calamine",
    "dateutil",
    "limits",
    "snowballstemmer",
    "tzdata",
    "mako",
    "markdown",
    "psycopg",
    "pygments",
    "redis",
    "segno",
    "smtplib",
    "sqlalchemy.dialects.postgresql",
    "typst",
    "xlsxwriter",
)
PROBE = """
import sys, wsgi
wsgi.create_app()
status = open("/proc/self/status").read()
print(status.partition("RssAnon:")[2].split()[0], *sys.modules)
"""
MOST_MIB = (
    96  # it is 93 with the forum, 84 when the network stood, 69 before it; 112 with everything that is loaded later now
)


def named_places() -> Iterator[str]:
    """Every "package.module:name" of the code."""
    for path in [
        *(ROOT / "academy").rglob("*.py"),
        *(ROOT / "courses").rglob("*.py"),
        *(ROOT / "alumni").rglob("*.py"),
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                module, colon, name = node.value.partition(":")
                if colon and name.isidentifier() and module.replace(".", "_").isidentifier() and "." in module:
                    yield node.value


@dataclass(frozen=True)
class Fresh:
    """A process in which the site stands, and nothing was asked of it yet."""

    own_mib: float
    modules: frozenset[str]


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Fresh:
    """What it has imported, and the memory that is its own."""
    environment = {**os.environ, "ACADEMY_INSTANCE": str(tmp_path_factory.mktemp("instance"))}
    done = subprocess.run([sys.executable, "-c", PROBE], cwd=ROOT, env=environment, capture_output=True, check=True)
    kibibytes, *modules = done.stdout.decode().split()
    return Fresh(int(kibibytes) / 1024, frozenset(modules))


@pytest.mark.parametrize("name", TOO_HEAVY)
def test_the_web_server_does_not_carry_what_others_need(fresh: Fresh, name: str) -> None:
    assert name not in fresh.modules


def test_a_process_that_has_loaded_the_site_is_no_heavier_than_we_know(fresh: Fresh) -> None:
    assert fresh.own_mib <= MOST_MIB


def test_every_place_that_is_named_is_there() -> None:
    places = set(named_places())
    assert places
    for place in places:
        assert loaded(place) is not None, place


def test_every_command_loads_and_explains_itself(app: Flask) -> None:
    with app.app_context():
        context = click.Context(app.cli)
        commands = {name: app.cli.get_command(context, name) for name in app.cli.list_commands(context)}
    assert {"backup", "courses", "db", "demo", "doctor", "mail", "prepare", "users", "worker"} <= set(commands)
    assert [name for name, command in commands.items() if command is None or not command.get_short_help_str()] == []
