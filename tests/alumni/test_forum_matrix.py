"""Who sees what of the forum: every circle, every kind of reader, every way to it."""

from collections.abc import Callable, Mapping

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.places import circles
from alumni.forum.topics import settling
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni import forum_stage, group_stage
from tests.browser import Browser
from tests.courses import places, shelf

TITLE, WORD = "Kingfishers", "kingfishers"
READERS = ("visitor", "member", "learner", "mate", "in the group", "alumna", "trainer", "moderator")
ALL_IN = frozenset(READERS) - {"visitor"}
SEES: Mapping[str, frozenset[str]] = {
    "everyone": frozenset(READERS),
    "members": ALL_IN,
    "alumni": frozenset({"in the group", "alumna", "moderator"}),
    "trainers": frozenset({"trainer", "moderator"}),
    "staff": frozenset({"moderator"}),
    "course": frozenset({"learner", "mate", "trainer", "moderator"}),
    "cohort": frozenset({"mate"}),
    "group": frozenset({"in the group"}),
}
"""Which kinds of readers see the places of each circle."""


@pytest.fixture
def readers(session: Session, ana: Member) -> dict[str, Member]:
    """One of each kind; whoever is in the group is an alumna too, as all who are in groups."""
    live = shelf.publish(session)
    made = {
        "member": makers.member(session, "A member"),
        "learner": makers.member(session, "A learner"),
        "mate": makers.member(session, "A mate"),
        "in the group": ana,
        "alumna": makers.member(session, "An alumna", alumna=True),
        "trainer": makers.member(session, "A trainer", roles=(("trainer", f"course:{live.slug}"),)),
        "moderator": makers.member(session, "A moderator", roles=(("moderator", ""),)),
    }
    for each in ("learner", "mate"):
        shelf.enrolled(session, made[each].id, live)
    return made


def circle_named(session: Session, name: str, readers: Mapping[str, Member]) -> str:
    """The circle of this name, with those in it who belong there."""
    if name == "course":
        return circles.of(circles.COURSE, "first-steps")
    if name == "group":
        return circles.of(circles.GROUP, group_stage.group(session, readers["in the group"]).id)
    if name == "cohort":
        cohort = places.cohort(session, "Spring", slug="first-steps")
        who = [readers["mate"].id]
        cohorts.add_members(session, cohort_id=cohort.id, member_ids=who, now=clock.now())
        session.commit()
        return circles.of(circles.COHORT, f"c{cohort.id}")
    return name


@pytest.mark.slow
@pytest.mark.parametrize("name", SEES)
def test_each_sees_what_is_for_them_by_every_way(
    app: Flask, session: Session, browser: Browser, readers: dict[str, Member], name: str
) -> None:
    author = makers.member(session, "The author")
    where = forum_stage.place(session, "Room", circle_named(session, name, readers), slug="room")
    browsers = {who: browser.signed_in(each) for who, each in readers.items()} | {"visitor": browser}
    for each in browsers.values():
        each.client.get("/forum/room/")
        each.client.get("/forum/")
    made = forum_stage.topic(app, session, where, author, TITLE, text=f"About {WORD}.")
    post, number = forum_stage.post_of(session, made, 1).id, made.id
    session.rollback()
    with app.app_context():
        settling.pump(clock.now())
    ways: dict[str, Callable[[Browser], bool]] = {
        "new": lambda each: TITLE in each.open("/forum/new").text,
        "front": lambda each: TITLE in each.open("/forum/").text,
        "list": lambda each: TITLE in each.open("/forum/room/").text,
        "topic": lambda each: each.client.get(f"/forum/t/{number}/{WORD}").status_code == 200,
        "permalink": lambda each: each.client.get(f"/forum/p/{post}").status_code == 302,
        "search": lambda each: TITLE in each.open(f"/forum/search?q={WORD}").text,
        "site": lambda each: TITLE in each.open(f"/search?q={WORD}").text,
    }
    without = dict.fromkeys(ways, frozenset[str]()) | {"new": frozenset({"visitor"})}
    for way, shows in ways.items():
        assert {who for who, each in browsers.items() if shows(each)} == SEES[name] - without[way], (name, way)
