"""Every route is given nonsense in every place that takes something: the site may refuse, but it may not break."""

import re
from collections.abc import Iterator
from itertools import cycle, islice
from urllib.parse import quote
from zlib import crc32

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.hostile_values import JUNK, QUERY_NAMES, RAW_QUERIES
from tests.permission_forms import FORMS
from tests.snapshot import Snapshot, standing
from tests.stage import Stage
from tests.test_permissions import ROWS
from tests.world import World

pytestmark = pytest.mark.slow

USUAL = {"slug": "first-steps", "module": "water", "lesson": "check", "name": "canal.svg", "token": "x", "number": "1"}
THINGS = {"code": "certificate", "member_id": "lena", "cohort_id": "cohort", "request_id": "request"}
THINGS |= {"code_id": "code", "sign_in_id": "device", "digest": "digest"}
MORE_FIELDS = (
    "asked",
    "percent",
    "version",
    "points_0",
    "comment",
    "decision",
    "answer",
    "members",
    "last_day",
    "seats",
    *("text", "base", "theirs", "choice-1", "own-1", "again", "then", "mark"),
)
UNUSED_METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "FOO")
OUT_OF_ORDER = {"/readyz"}  # the stage was not migrated, and it says so by 503
DEAR = {"/c/<code>.pdf", "/c/<code>.png", "/teach/<slug>/draft/preview/<path>"}
ROUTES = sorted({(row.method, row.rule) for row in ROWS if row.rule not in OUT_OF_ORDER})
WITHOUT_FORM = {"/notices/stop/<token>"}  # its address is what counts; mail services post there whatever they like
WRITING = [rule for method, rule in ROUTES if method == "POST" and rule not in WITHOUT_FORM]
TURNS, SHARE = 1, 3
NETWORK = ("/alumni", "/messages", "/calendar", "/moderation", "/my/moderation", "/report")
FOR_VISITORS = ("/account/sign-in", "/account/register", "/account/forgotten", "/c/", "/verify")  # members are sent on


@pytest.fixture
def whole(stage: Stage) -> tuple[World, Snapshot]:
    """The world as it was made, and what brings it back."""
    return standing(stage)


def visitor_of(rule: str) -> str:
    if rule.startswith(FOR_VISITORS):
        return "visitor"
    if rule.startswith(NETWORK):
        return "ana"
    return "ada" if rule.startswith(("/admin", "/teach")) else "lena"


def share(rule: str, place: str) -> Iterator[str]:
    """A third of all nonsense, another one in each place of each route: all of it comes to every kind of page."""
    yield from islice(JUNK, crc32(f"{rule} {place}".encode()) % SHARE, None, SHARE)


def filled(rule: str, world: World, name: str = "", junk: str = "") -> str:
    """The rule with real things in it, but for one; what is peculiar to it stands in the table of permissions."""
    own = next(row.things for row in ROWS if row.rule == rule)
    things = {**USUAL, **{each: world.value(thing) for each, thing in {**THINGS, **own}.items()}}
    return re.sub(r"<(\w+)>", lambda at: quote(junk, safe="") if at[1] == name else things[at[1]], rule)


def paths(rule: str, world: World) -> Iterator[str]:
    """The addresses with nonsense in one place each."""
    for name in re.findall(r"<(\w+)>", rule):
        yield from (filled(rule, world, name, junk) for junk in share(rule, name) if junk.strip())


def inputs(method: str, rule: str, world: World) -> Iterator[dict[str, str]]:
    """The same nonsense in every field, then nonsense in one field of a form that is good otherwise."""
    good = {name: world.value(value) for name, value in FORMS.get(rule, {}).items()}
    names = QUERY_NAMES if method == "GET" else (*good, *MORE_FIELDS)
    yield from (dict.fromkeys(names, junk) for junk in share(rule, method) if junk)
    if method == "POST":
        turns = cycle(JUNK)
        yield from ({**good, name: junk} for name in names for junk in islice(turns, TURNS))


def send(client: FlaskClient, method: str, path: str, world: World, values: dict[str, str]) -> TestResponse:
    if method == "POST":
        return client.post(path, data={"csrf_token": world.csrf_token, **values})
    return client.get(path, query_string=values)


@pytest.mark.parametrize(("method", "rule"), ROUTES)
def test_nonsense_breaks_nothing(method: str, rule: str, whole: tuple[World, Snapshot]) -> None:
    world, snapshot = whole
    client = world.client(visitor_of(rule))
    broken = [path for path in paths(rule, world) if send(client, method, path, world, {}).status_code >= 500]
    for values in islice(inputs(method, rule, world), 3 if rule in DEAR else None):
        answer = send(client, method, filled(rule, world), world, values)
        if answer.status_code >= 500:
            broken.append(str(values)[:300])
        elif method == "POST" and (answer.status_code < 400 or visitor_of(rule) == "visitor"):
            snapshot.restore()
            client = world.client(visitor_of(rule))
    assert broken == []


@pytest.mark.parametrize("raw", RAW_QUERIES, ids=repr)
def test_broken_bytes_in_the_query_break_nothing(raw: bytes, whole: tuple[World, Snapshot]) -> None:
    world, _snapshot = whole
    clients = {who: world.client(who) for who in ("visitor", "lena", "ana", "ada")}
    for method, rule in ROUTES:
        if method == "GET" and rule not in DEAR:
            answer = clients[visitor_of(rule)].get(f"{filled(rule, world)}?{raw.decode('latin-1')}")
            assert answer.status_code < 500, rule


@pytest.mark.parametrize("method", UNUSED_METHODS)
def test_methods_nobody_needs_are_refused(method: str, whole: tuple[World, Snapshot]) -> None:
    world, _snapshot = whole
    client = world.client("ada")
    for path in {filled(rule, world) for _method, rule in ROUTES}:
        headers = {"X-CSRFToken": world.csrf_token}
        assert client.open(path, method=method, headers=headers).status_code in {400, 404, 405}, path


LONG, EVERY = 10_000, 9  # a long body is read before any route is asked: some routes are enough
FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="email"'
BODIES = {
    "multipart without an end": (PARTS, PART + b"\r\n\r\n"),
    "multipart without a boundary": ("multipart/form-data", b"--x\r\n\r\n"),
    "multipart with a file": (PARTS, PART + b'; filename="a"\r\n\r\nb\r\n--x--\r\n'),
    "a thousand and one parts": (PARTS, (PART + b"\r\n\r\nb\r\n") * 1001 + b"--x--\r\n"),
    "json": ("application/json", b'{"csrf_token": ["x"]}'),
    "broken json": ("application/json", b'{"csrf'),
    "bad utf-8": (FORM, b"csrf_token=%ff%fe&email=%80\xff"),
    "many fields": (FORM, b"&".join(b"f%d=1" % at for at in range(20_000))),
    "no type": ("", b"csrf_token=x"),
    "a strange charset": (f"{FORM}; charset=utf-7", b"csrf_token=+ADw-"),
}


@pytest.mark.parametrize("kind", BODIES)
def test_bodies_that_are_no_forms_are_refused(kind: str, whole: tuple[World, Snapshot]) -> None:
    world, _snapshot = whole
    content_type, body = BODIES[kind]
    client = world.client("ada")
    for rule in WRITING[:: EVERY if len(body) > LONG else 1]:
        answer = client.post(filled(rule, world), data=body, content_type=content_type)
        assert answer.status_code in {400, 413}, rule


def test_a_body_beyond_all_measure_is_refused(whole: tuple[World, Snapshot]) -> None:
    world, _snapshot = whole
    answer = world.client("lena").post("/account/name", data={"display_name": "x" * 2_000_000})
    assert answer.status_code == 413
