"""Places of the forum that make themselves, and the desk on which the others are made."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.forum.order import own, rules
from alumni.forum.places import circles, queries
from alumni.forum.places.models import Category
from alumni.groups.models import State
from tests.alumni import forum_stage, group_stage
from tests.browser import Browser
from tests.courses import shelf
from tests.makers import LONG_AGO

TODAY = clock.now()


def kept(session: Session, circle: str) -> Category:
    """The place of a circle after the worker came by (twice: it makes nothing again)."""
    for _time in range(2):
        own.keep_places(session, TODAY)
    session.commit()
    there = queries.made_for(session, circle)
    assert there is not None
    return there


def test_a_course_and_a_group_have_places_of_their_own(session: Session, ana: Member) -> None:
    shelf.publish(session)
    group = group_stage.group(session, ana, entry="hidden")

    course = kept(session, circles.of(circles.COURSE, "first-steps"))
    theirs = kept(session, circles.of(circles.GROUP, group.id))
    assert (course.slug, course.readers) == ("course-first-steps", "course:first-steps")
    assert theirs.name == group.name
    assert {course.readers, course.writers, course.starters} == {course.made_for}


def test_a_place_follows_the_name_of_its_group(session: Session, ana: Member) -> None:
    group = group_stage.group(session, ana)
    circle = circles.of(circles.GROUP, group.id)
    before = kept(session, circle)
    before.description = "Written by hand."
    group.name = "River people"
    after = kept(session, circle)
    assert (after.id, after.name, after.description) == (before.id, "River people", "Written by hand.")


@pytest.mark.parametrize(
    ("over_for", "quiet_for", "over"),
    [(None, 4000, False), (364, 364, False), (366, 91, True), (366, 89, False), (4000, 1, False)],
)
def test_a_place_is_put_away_when_over_and_quiet(over_for: int | None, quiet_for: int, over: bool) -> None:
    since = None if over_for is None else (TODAY - timedelta(days=over_for)).date()
    assert rules.is_over(since, TODAY - timedelta(days=quiet_for), TODAY) is over


def test_what_is_written_keeps_a_place_open(app: Flask, session: Session, ana: Member) -> None:
    groups = [group_stage.group(session, ana, name=name) for name in ("Quiet", "Busy")]
    quiet, busy = (kept(session, circles.of(circles.GROUP, group.id)) for group in groups)
    for group, place in zip(groups, (quiet, busy), strict=True):
        group.state, place.open_since = State.ARCHIVED, LONG_AGO
    forum_stage.topic(app, session, busy, ana)
    own.keep_places(session, TODAY)
    assert (quiet.archived_at, busy.archived_at) == (TODAY, None)


DESK = "/admin/forum/"


def test_an_admin_makes_a_place_and_names_who_looks_after_it(browser: Browser, ada: Member, ana: Member) -> None:
    adas = browser.signed_in(ada)
    form = adas.open(DESK).follow("Make a place")
    refused = form.submit("Make it", name="First days", slug="tags", readers="members", starters="staff")
    assert (refused.status, refused.errors) == (422, ["This address is taken. Please choose another."])
    made = refused.submit("Make it", slug="first-days")
    assert made.heading == "First days"
    assert "Moderators and admins" in made.text

    nobody = made.submit("Let them look after it", who="nobody@example.org")
    assert nobody.errors == ["No member has this e-mail address or handle."]
    named = nobody.submit("Let them look after it", who=ana.email)
    assert "Ana" in named.text
    assert "You look after the place" in browser.signed_in(ana).open("/my/notices").text
    assert "Ana" not in named.submit("Take it from them").text


def test_two_admins_do_not_overwrite_each_other(browser: Browser, session: Session, ada: Member) -> None:
    forum_stage.place(session)
    first, second = (browser.signed_in(ada).open(f"{DESK}practice/words") for _who in range(2))
    assert first.submit("Save", name="Practice and craft").heading == "Practice and craft"
    late = second.submit("Save", name="Workshop")
    assert late.status == 409
    assert "Somebody changed this meanwhile" in late.text
    assert late.form("Save").values["name"] == "Workshop"
    assert late.submit("Save").heading == "Workshop"


def test_a_place_with_topics_is_put_away_not_deleted(
    app: Flask, browser: Browser, session: Session, ada: Member
) -> None:
    place = forum_stage.place(session)
    shown = browser.signed_in(ada).open(f"{DESK}practice")
    forum_stage.topic(app, session, place, ada)
    assert "There are topics in this place" in shown.submit("Delete it").notice
    away = shown.submit("Put it away")
    assert "nobody writes there any more" in away.text
    assert "Open it again" in away.text
    assert "nobody writes there" not in away.submit("Open it again").text


def test_the_desk_says_nothing_of_a_hidden_group(browser: Browser, session: Session, ada: Member, ana: Member) -> None:
    hidden = group_stage.group(session, ana, name="Quiet circle", entry="hidden")
    kept(session, circles.of(circles.GROUP, hidden.id))
    adas = browser.signed_in(ada)
    assert "Quiet circle" not in adas.open(DESK).text
    assert "Quiet circle" not in adas.open(f"{DESK}new").text
    assert adas.open(f"{DESK}group-{hidden.key}").status == 404


def test_a_place_says_what_belongs_there_where_topics_begin(browser: Browser, session: Session, ana: Member) -> None:
    forum_stage.place(session, description="Ask **small** questions.")
    anas = browser.signed_in(ana)
    for page in ("/forum/practice/", "/forum/practice/begin"):
        assert "small" in anas.open(page).text_of("main .prose")
