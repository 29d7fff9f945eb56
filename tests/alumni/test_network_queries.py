"""Every page of the network asks so many questions, however much there is; none reads a table that grows as a whole."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from academy import clock
from academy.jobs.registry import the_registry
from alumni.groups.models import Group
from tests.alumni import network_crowd
from tests.plans import Plans, noted
from tests.queries import counted
from tests.snapshot import Snapshot, standing
from tests.stage import Stage
from tests.test_permissions import Row, rows
from tests.world import World

Totals = dict[tuple[str, str], int]
Read = dict[tuple[str, str], set[str]]
PINNED = Path(__file__).with_name("network_queries.txt")
WHO = ("ana", "ada")
"""The one whose things they are, and the one who runs the place: between them they see every page."""
FEW, MANY = 6, 60
KEPT = ("/alumni/figures",)
"""Pages that are kept for a while: only their first reader asks for everything."""
READ_WHOLE: Mapping[str, frozenset[str]] = {
    **{
        page: frozenset({"forum_category", "forum_watched", "cohort", "course", "network_group", "past_cohort"})
        for page in ("/admin/forum/", "/admin/forum/new", "/admin/forum/<slug>", "/admin/forum/<slug>/words")
    },
    **{
        page: frozenset({"forum_category", "forum_watched"})
        for page in ("/admin/forum/watched", "/forum/search", "/forum/t/<number>/order")
    },
    "/admin/graduates/": frozenset({"earlier_graduate", "graduate_import"}),
    "/admin/graduates/tables/<number>": frozenset({"member"}),
    "/admin/mentoring": frozenset({"mentor", "mentoring_request", "mentorship"}),
    "/admin/network/figures": frozenset({"cohort_member", "member", "mentor", "mentorship"}),
    "/admin/certificates/requests/service/<number>": frozenset({"certificate_template"}),
    **{
        page: frozenset({"forum_category"}) for page in ("/forum/", "/forum/archive", "/forum/tags/<key>", "/forum/new")
    },
    "/alumni/facilitators/<number>/invite": frozenset({"cohort"}),
    "/alumni/facilitators/invited": frozenset({"facilitation"}),
}
"""Tables that pages for admins read: those they count, those that stay small, and pages in the order of the numbers."""
OF_THE_NETWORK = (
    *("digest.send", "directory.searches", "events.remind", "graduates.drafts", "mentoring.pass_on"),
    *("mentoring.remind", "messages.tidy", "moderation.tidy", "opportunities.remind"),
)
JOBS: Mapping[str, frozenset[str]] = {
    "digest.send": frozenset({"member"}),
    "directory.searches": frozenset({"saved_search"}),
    "moderation.tidy": frozenset({"moderation_silence"}),
}
"""What jobs go through from end to end: those who can be seen, searches, those who may not write."""
PAGES = [
    (row, who) for row in rows() if row.method == "GET" and "ana" in row.results and row.rule not in KEPT
    for who in WHO if row.results[who] == "200"
]  # fmt: skip


@pytest.fixture
def whole(stage: Stage, app: Flask) -> tuple[World, Snapshot]:
    """The world as it was made, and what brings it back."""
    del app  # it empties the database afterwards
    return standing(stage)


def crowded(stage: Stage, world: World, count: int) -> None:
    with stage.database.writing() as session:
        group = session.scalars(select(Group.id).where(Group.key == world.values["group"])).one()
        network_crowd.fill(session, {**world.values, "group-number": str(group)}, count)


def named(row: Row) -> str:
    things = [f"{name}={value}" for name, value in row.things.items()]
    return " ".join([row.rule, *things])


def visited(stage: Stage, world: World) -> tuple[Totals, Read]:
    """How many questions each page asks, and which tables it reads from end to end that it should not."""
    found: Totals = {}
    wrong: Read = {}
    known = pinned()
    for row, who in PAGES:
        total, plans = opened(stage, world, row, who)
        if total != known.get((named(row), who)):  # what a process keeps for a while is asked for by the first reader
            total, plans = opened(stage, world, row, who)
        found[named(row), who] = total
        wrong |= unexpected(stage, row.rule, plans, READ_WHOLE)
    return found, wrong


def opened(stage: Stage, world: World, row: Row, who: str) -> tuple[int, Plans]:
    client = world.client(who)
    with counted(stage.database) as count, noted(stage.database) as plans:
        answer = client.get(row.path(world))
    assert answer.status_code == 200, (who, row)
    return count.total, plans


def unexpected(stage: Stage, what: str, plans: Plans, known: Mapping[str, frozenset[str]]) -> Read:
    read = plans.read_whole(stage.database) if stage.database.engine.dialect.name == "sqlite" else {}
    return {(what, table): read[table] for table in read.keys() - known.get(what, frozenset())}


def pinned() -> Totals:
    lines = (line.split() for line in PINNED.read_text(encoding="utf-8").splitlines() if line[:1] == "/")
    return {
        (" ".join(page), who): int(count)
        for *page, hers, theirs in lines
        for who, count in (("ana", hers), ("ada", theirs))
        if count != "-"
    }


@pytest.mark.slow
def test_a_page_asks_as_much_of_a_few_as_of_many_and_reads_no_whole_table(
    stage: Stage, whole: tuple[World, Snapshot]
) -> None:
    world, snapshot = whole
    crowded(stage, world, FEW)
    few, wrong = visited(stage, world)
    snapshot.restore()
    crowded(stage, world, MANY)
    many, _wrong = visited(stage, world)
    snapshot.restore()
    assert {page: (count, many[page]) for page, count in few.items() if count != many[page]} == {}
    assert many == pinned()
    assert wrong == {}


@pytest.mark.slow
def test_no_job_reads_one_either(stage: Stage, whole: tuple[World, Snapshot]) -> None:
    world, snapshot = whole
    crowded(stage, world, FEW)
    wrong: Read = {}
    with stage.app.app_context():
        for name in OF_THE_NETWORK:
            with noted(stage.database) as plans:
                the_registry().handlers[name]({}, clock.now())
            wrong |= unexpected(stage, name, plans, JOBS)
    snapshot.restore()
    assert wrong == {}
