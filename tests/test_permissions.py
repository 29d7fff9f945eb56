"""Who may do what: every route, every method, every kind of person.

What is right stands in two tables, each for the people who matter there: permissions.txt for accounts, courses and the
desk, permissions_network.txt for the network.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.permission_forms import FORMS, QUERIES
from tests.snapshot import Snapshot, standing
from tests.stage import Stage
from tests.world import SECRETS, World

TABLES: Mapping[str, tuple[str, ...]] = {
    "permissions.txt": ("visitor", "max", "lena", "tariq", "olga", "mina", "ada"),
    "permissions_network.txt": ("visitor", "max", "lena", "zoya", "ana", "mina", "ada"),
}
"""Each table, and who its columns are."""
WHO = sorted({who for people in TABLES.values() for who in people})
USUAL = {"slug": "first-steps", "module": "water", "lesson": "canal"}
AUTOMATIC = {"HEAD", "OPTIONS"}
CONVERTER = re.compile(r"<[^:<>]*:(\w+)>")
DEAR = ("/c/<code>.pdf", "/c/<code>.png")


@dataclass(frozen=True)
class Row:
    """One line of the table: a route with the things it is tried on, and what each person gets."""

    method: str
    rule: str
    things: Mapping[str, str]
    results: Mapping[str, str]

    def path(self, world: World) -> str:
        """The address that is opened."""
        things = {**USUAL, **self.things}
        path = re.sub(r"<(\w+)>", lambda found: world.value(things[found[1]]), self.rule)
        return f"{path}?{QUERIES[self.rule]}" if self.rule in QUERIES else path

    def form(self, world: World) -> dict[str, str]:
        """What is typed."""
        return {name: world.value(value) for name, value in FORMS.get(self.rule, {}).items()}


def rows() -> Iterator[Row]:
    """Every line of the tables that is not a remark."""
    for name, people in TABLES.items():
        for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
            if line.startswith(("GET", "POST")):
                yield _row(line.split(), people)


def _row(words: list[str], people: tuple[str, ...]) -> Row:
    method, rule, *things = words[: -len(people)]
    pairs = dict(thing.split("=", 1) for thing in things)
    return Row(method, rule, pairs, dict(zip(people, words[-len(people) :], strict=True)))


ROWS = list(rows())
GROUPS = {" ".join(which): list(those) for which, those in groupby(ROWS, lambda row: (row.method, row.rule))}
ONE_CLICK = "/notices/stop/<token>"
"""Mail services post there without ever having seen a page of ours: its address is the token."""
WRITING = [row for row in ROWS if row.method == "POST" and row.rule != ONE_CLICK]


@pytest.fixture
def whole(stage: Stage) -> tuple[World, Snapshot]:
    """The world as it was made, and what brings it back."""
    return standing(stage)


@pytest.fixture
def world(whole: tuple[World, Snapshot]) -> World:
    """The world as it was made."""
    return whole[0]


@pytest.fixture
def snapshot(whole: tuple[World, Snapshot]) -> Snapshot:
    """What brings it back."""
    return whole[1]


def routes(app: Flask) -> set[tuple[str, str]]:
    return {
        (method, CONVERTER.sub(r"<\1>", rule.rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - AUTOMATIC
    }


def test_every_route_is_in_the_table(app: Flask) -> None:
    assert routes(app) - {(row.method, row.rule) for row in ROWS} == set()


def test_every_line_of_the_table_is_a_route(app: Flask) -> None:
    assert {(row.method, row.rule) for row in ROWS} - routes(app) == set()
    assert set(FORMS) | set(QUERIES) <= {row.rule for row in ROWS}


def test_no_line_stands_twice() -> None:
    lines = [(row.method, row.rule, tuple(row.things.items())) for row in ROWS]
    assert len(lines) == len(set(lines))
    assert len(GROUPS) == len({(row.method, row.rule) for row in ROWS}), "the lines of one route stand together"


@pytest.mark.parametrize("group", GROUPS)
def test_each_person_gets_what_the_table_says(group: str, world: World, snapshot: Snapshot) -> None:
    wrong = [
        complaint for row in GROUPS[group] for who in row.results for complaint in tried(row, who, world, snapshot)
    ]
    assert wrong == []


def tried(row: Row, who: str, world: World, snapshot: Snapshot) -> Iterator[str]:
    """What is wrong when this person tries this."""
    answer = answered(row, who, world)
    if row.method == "POST" and answer.status_code < 400:
        snapshot.restore()
    if short(answer) not in row.results[who].split("/"):
        yield f"{who}: {row.path(world)} gives {short(answer)}, not {row.results[who]}"
    for what, (text, entitled) in SECRETS.items():
        if who not in entitled and text.encode() in answer.data:
            yield f"{who}: {row.path(world)} shows {what}"


def answered(row: Row, who: str, world: World) -> TestResponse:
    client = world.client(who)
    if row.method == "POST":
        return client.post(row.path(world), data={"csrf_token": world.csrf_token, **row.form(world)})
    return client.get(row.path(world))


def short(answer: TestResponse) -> str:
    """The status; 'sign-in' when somebody who is signed out is sent to sign in."""
    where = urlsplit(answer.headers.get("Location", ""))
    is_door = answer.status_code == 303 and where.path == "/account/sign-in"
    return "sign-in" if is_door else str(answer.status_code)


@pytest.mark.parametrize("who", WHO)
def test_nothing_is_done_without_a_token(who: str, world: World) -> None:
    client = world.client(who)
    statuses = {row.path(world): client.post(row.path(world), data=row.form(world)).status_code for row in WRITING}
    assert {path: status for path, status in statuses.items() if status != 400} == {}


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\x00", "ы" * 500])
def test_nor_with_a_wrong_one(token: str, world: World) -> None:
    client = world.client("ada")
    statuses = {client.post(row.path(world), data={"csrf_token": token}).status_code for row in WRITING}
    assert statuses == {400}


def test_nor_with_the_token_of_another_session(world: World) -> None:
    client = world.client("ada")
    with client.session_transaction() as cookie:
        cookie["csrf_token"] = "another secret"
    answer = client.post("/my/notices/read", data={"csrf_token": world.csrf_token})
    assert answer.status_code == 400


@pytest.mark.parametrize("who", ["visitor", "lena", "ada"])
def test_asking_for_the_head_alone_gives_the_same_status(who: str, world: World) -> None:
    client = world.client(who)
    for row in ROWS:
        if row.method == "GET" and row.rule not in DEAR and who in row.results:
            answer = client.head(row.path(world))
            assert short(answer) in row.results[who].split("/"), row.rule
            assert answer.data == b""
