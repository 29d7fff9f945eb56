"""Tariq and Olga at the marking desk: levels, kept comments, claims, blind work, two markers, the talk."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.actor import Actor, Role
from academy.people.models import Member
from courses.cohorts import service as cohorts
from courses.marking import queries, rules, service
from courses.marking.models import Claim, SavedComment
from courses.tasks.models import WorkMark, WorkMessage
from tests import makers
from tests.browser import Browser, Page
from tests.courses import places, task_stage
from tests.courses import quiz_stage as stage
from tests.courses.quiz_stage import TASK
from tests.courses.task_stage import press
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
QUEUE = "/teach/marking"
ALL = {"points_0": "4", "points_1": "6"}


def handed(browser: Browser, session: Session, lena: Member, keys: str = "", *, levels: bool = False) -> Browser:
    """Lena's browser, after she handed in a task with these settings."""
    task_stage.publish(session, keys, levels=levels)
    stage.enrol(session, lena)
    return task_stage.hand_in(browser, lena)


def desk(browser: Browser, session: Session, who: Member) -> Page:
    return task_stage.page_of(browser, who, task_stage.works(session)[-1])


def who_is(who: Member) -> Actor:
    role = "owner" if who.display_name == "Oya" else "marker"
    return Actor(who.id, who.display_name, roles=frozenset({Role(role, f"course:{stage.SLUG}")}))


def address_of(session: Session) -> str:
    return f"{QUEUE}/tasks/{task_stage.works(session)[-1].id}"


def test_levels_are_chosen_and_told_by_name(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    learner = handed(browser, session, lena, levels=True)
    page = desk(browser, session, tariq)
    assert [each.attrs["value"] for each in page.all("input[name=points_0]")] == ["4", "2", "0"]
    assert "Everybody who decides or suffers is there." in page.text_of(".marking-side")
    wrong = press(page, "Give these marks", points_0="3", points_1="6")
    assert (wrong.status, wrong.errors) == (422, ["Please choose one of the levels."])
    missing = press(page, "Give these marks", points_1="6", comment="Kept.")
    assert (missing.status, missing.errors) == (422, ["Please give points for this."])
    assert missing.form("Give these marks").values["comment"] == "Kept."
    press(page, "Give these marks", points_0="2", points_1="5", comment="Good.")
    (work,) = task_stage.works(session)
    assert (work.points, work.score, work.state) == ({"actors": 2, "causes": 5}, 70, "passed")
    assert "Partly – 2 of 4" in learner.open(f"{TASK}/").text


def test_a_comment_is_kept_and_put_in_again(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    handed(browser, session, lena)
    press(desk(browser, session, tariq), "Give these marks", **ALL, comment="Name who decides.", keep="y")
    assert session.scalars(select(SavedComment.text)).all() == ["Name who decides."]
    session.commit()
    (ana,) = task_stage.learners(session, "Ana")
    task_stage.hand_in(browser, ana)
    page = desk(browser, session, tariq)
    number = page.all("select[name=saved] option")[1].attrs["value"]
    filled = press(page, "Insert this comment", points_0="3", comment="Dear Ana,", saved=number)
    values = filled.form("Give these marks").values
    assert (values["comment"], values["points_0"]) == ("Dear Ana,\n\nName who decides.", "3")
    assert task_stage.works(session)[-1].state == "handed_in"


def test_the_bank_belongs_to_its_course(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    handed(browser, session, lena)
    page = browser.signed_in(tariq).open(f"{QUEUE}/comments/{stage.SLUG}")
    assert "No comment is kept for this course yet." in page.text
    page = press(page, "Keep this comment", text="Say *why*.")
    page = press(page, "Keep this comment", text="Say *why*.")
    assert session.scalar(select(func.count()).select_from(SavedComment)) == 1
    session.commit()
    olga = makers.member(session, "Olga", roles=(("trainer", "course:another"),))
    session.commit()
    assert browser.signed_in(olga).open(f"{QUEUE}/comments/{stage.SLUG}").status == 404
    assert "No comment is kept for this course yet." in press(page, "Remove").text


def test_whoever_marks_is_seen_and_the_next_one_goes_elsewhere(
    browser: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    handed(browser, session, lena)
    (ana,) = task_stage.learners(session, "Ana")
    task_stage.hand_in(browser, ana)
    olga = task_stage.marker(session, "Olga")
    first = press(browser.signed_in(tariq).open(QUEUE), "Mark the next one")
    assert first.heading == "Work of Lena"
    assert "You are marking this. Others see that." in first.text
    queue = browser.signed_in(olga).open(QUEUE)
    assert "Tariq is marking this" in queue.text
    second = press(queue, "Mark the next one")
    assert second.heading == "Work of Ana"
    busy = task_stage.page_of(browser, olga, task_stage.works(session)[0])
    assert "Tariq has been marking this since" in busy.text
    assert "You are marking this." in press(busy, "Take it over").text
    done = press(second, "Give these marks and go on", **ALL)
    assert done.heading == "Work of Lena"
    assert (
        "Nothing is left that nobody is marking." in press(browser.signed_in(tariq).open(QUEUE), "Mark the next").text
    )


def test_a_claim_ends_by_itself(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    handed(browser, session, lena)
    press(browser.signed_in(tariq).open(QUEUE), "Mark the next one")
    session.execute(update(Claim).values(claimed_at=clock.now() - timedelta(hours=1)))
    session.commit()
    olga = task_stage.marker(session, "Olga")
    assert "is marking this" not in browser.signed_in(olga).open(QUEUE).text
    assert press(browser.signed_in(olga).open(QUEUE), "Mark the next one").heading == "Work of Lena"


def test_of_many_who_take_at_once_one_gets_it(app: Flask, session: Session, lena: Member, browser: Browser) -> None:
    handed(browser, session, lena)
    database, gate, now = app.extensions["academy.database"], Barrier(6), clock.now()
    number = task_stage.works(session)[-1].id
    people = [task_stage.marker(session, f"Marker {number}").id for number in range(6)]

    def take(member_id: int) -> bool:
        gate.wait()
        with database.transaction() as mine:
            return service.take(mine, feature="tasks", item_id=number, member_id=member_id, now=now)

    with ThreadPoolExecutor(6) as crowd:
        assert sum(crowd.map(take, people)) == 1


def test_of_two_who_mark_at_once_one_does(browser: Browser, session: Session, lena: Member) -> None:
    handed(browser, session, lena)
    pages = [desk(browser, session, task_stage.marker(session, name)) for name in ("Olga", "Omar")]
    gate = Barrier(2)

    def mark(page: Page) -> int:
        gate.wait()
        return press(page, "Give these marks", **ALL).status

    with ThreadPoolExecutor(2) as crowd:
        assert sorted(crowd.map(mark, pages)) == [200, 409]
    assert session.scalar(select(func.count()).select_from(Notice).where(Notice.kind == "task_marked")) == 1


def test_the_queue_is_narrowed(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    handed(browser, session, lena)
    (ana,) = task_stage.learners(session, "Ana")
    task_stage.hand_in(browser, ana)
    spring = places.cohort(session, "Spring", slug=stage.SLUG)
    session.commit()
    cohort = str(spring.id)
    cohorts.add_members(session, cohort_id=spring.id, member_ids=[ana.id], now=clock.now())
    session.commit()
    trainer = browser.signed_in(tariq)

    def names(query: str) -> list[bool]:
        text = " ".join(each.to_text() for each in trainer.open(f"{QUEUE}?{query}").all(".list-row"))
        return ["Lena" in text, "Ana" in text]

    assert names(f"course={stage.SLUG}") == [True, True]
    assert names(f"course={stage.SLUG}&lesson=water/map") == [True, True]
    assert names(f"course={stage.SLUG}&lesson=water/check") == [False, False]
    assert names(f"course={stage.SLUG}&cohort={cohort}") == [False, True]
    assert names("late=late") == [False, False]
    assert names("course=nothing&lesson=x&cohort=999&late=1") == [True, True]
    page = trainer.open(f"{QUEUE}?course={stage.SLUG}&cohort={cohort}")
    assert press(page, "Mark the next one").heading == "Work of Ana"


def test_blind_work_has_no_name_until_its_marks_stand(
    browser: Browser, session: Session, lena: Member, tariq: Member, ada: Member
) -> None:
    learner = handed(browser, session, lena, "blind: true")
    assert "Whoever marks it does not see your name." in learner.open(f"{TASK}/").text
    press(learner.open(f"{TASK}/"), "Send the message", message="Is the gate drawn well?")
    here = address_of(session)
    for who in (tariq, ada):
        desk_of = browser.signed_in(who)
        for address in (QUEUE, here, f"{QUEUE}?course={stage.SLUG}"):
            source = desk_of.open(address).source.replace("The map of Lena.", "")
            assert "Lena" not in source, address
        assert "Is the gate drawn well?" in desk_of.open(here).text
    press(desk(browser, session, tariq), "Give these marks", **ALL)
    assert desk(browser, session, tariq).heading == "Work of Lena"


def notices(session: Session, kind: str) -> list[int]:
    session.expire_all()
    found = list(session.scalars(select(Notice.member_id).where(Notice.kind == kind).order_by(Notice.id)))
    session.commit()
    return found


def test_two_who_agree_make_the_mean(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    learner = handed(browser, session, lena, "second_marker: true")
    first = press(desk(browser, session, tariq), "Give these marks", points_0="4", points_1="5", comment="First.")
    assert "A second person marks this work without seeing them." in first.text
    assert "Nothing waits for marks." in first.text
    assert "Waiting for a trainer" in learner.open(f"{TASK}/").text
    assert "You have marked this work. Now a second person does." in desk(browser, session, tariq).text
    assert notices(session, "task_marked") == []
    olga = task_stage.marker(session, "Olga")
    assert "Needs a second marker" in browser.signed_in(olga).open(QUEUE).text
    page = desk(browser, session, olga)
    assert "First." not in page.text
    assert "90%" not in page.text
    press(page, "Give these marks", points_0="3", points_1="5", comment="Second.")
    (work,) = task_stage.works(session)
    assert (work.state, work.score, work.points) == ("passed", 85, {"actors": 3.5, "causes": 5})
    text = learner.open(f"{TASK}/").text
    assert "3.5 of 4" in text
    assert "First. Second." in text
    assert notices(session, "task_marked") == [lena.id]


def test_two_who_are_far_apart_leave_it_to_an_owner(browser: Browser, session: Session, lena: Member) -> None:
    handed(browser, session, lena, "second_marker: true")
    one, two, owner = (
        task_stage.marker(session, name, role)
        for name, role in (("Omar", "marker"), ("Olga", "marker"), ("Oya", "owner"))
    )
    press(desk(browser, session, one), "Give these marks", points_0="4", points_1="6", comment="Splendid.")
    page = press(desk(browser, session, two), "Give these marks", points_0="2", points_1="6", comment="Thin.")
    assert "an owner of the course decides" in page.text
    assert notices(session, "task_apart") == [owner.id]
    three = task_stage.marker(session, "Odil")
    assert "Nothing waits for marks." in browser.signed_in(three).open(QUEUE).text
    for who, count in ((three, 0), (one, 0), (owner, 1)):
        found = rules.courses_to_mark(who_is(who)), rules.courses_owned(who_is(who))
        assert queries.how_many(session, queries.Desk(who.id, *found)) == count
    session.commit()
    refused = browser.signed_in(three).post(address_of(session), {**ALL, "version": "2", "decision": "mark"})
    assert refused.status == 403
    page = desk(browser, session, owner)
    for words in ("Marker 1: 100%", "Marker 2: 80%", "Splendid.", "Thin."):
        assert words in page.text
    press(page, "Give these marks", points_0="3", points_1="6", comment="Good.")
    (work,) = task_stage.works(session)
    assert (work.score, work.comment, work.stage) == (90, "Good.", "third")
    assert session.scalar(select(func.count()).select_from(WorkMark)) == 3


def test_nobody_is_both_markers(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    handed(browser, session, lena, "second_marker: true")
    trainer = browser.signed_in(tariq)
    press(desk(browser, session, tariq), "Give these marks", **ALL)
    again = trainer.post(address_of(session), {**ALL, "version": "1", "decision": "mark"})
    assert again.status == 409
    assert "You have marked this work already." in again.text


def test_sent_back_by_the_second_it_begins_anew(
    browser: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    handed(browser, session, lena, "second_marker: true")
    press(desk(browser, session, tariq), "Give these marks", **ALL)
    press(desk(browser, session, task_stage.marker(session, "Olga")), "Send back", comment="A legend is missing.")
    assert session.scalar(select(func.count()).select_from(WorkMark)) == 0
    session.commit()
    task_stage.hand_in(browser, lena, "With a legend.")
    assert "Needs a second marker" not in browser.signed_in(tariq).open(QUEUE).text
    assert [work.stage for work in task_stage.works(session)] == ["first", "first"]


def test_a_talk_goes_both_ways(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    learner = handed(browser, session, lena)
    press(desk(browser, session, tariq), "Give these marks", points_0="0", points_1="0", comment="Not yet.")
    page = press(learner.open(f"{TASK}/"), "Send the message", message="What is *missing*? <script>x</script>")
    assert "Your message is sent." in page.text
    assert notices(session, "task_asked") == [tariq.id]
    queue = browser.signed_in(tariq).open(QUEUE)
    assert "Messages of learners" in queue.text
    page = queue.follow("A map")
    assert "1 new message" in page.text
    assert "<em>missing</em>? &lt;script&gt;x&lt;/script&gt;" in page.source
    press(page, "Send the message", message="The legend.")
    assert notices(session, "task_answered") == [lena.id]
    assert "Messages of learners" not in browser.signed_in(tariq).open(QUEUE).text
    page = learner.open(f"{TASK}/")
    assert "1 new message" in page.text
    page = press(page, "I have read this")
    assert "new message" not in page.text
    assert "The legend." in page.text


def test_an_empty_message_loses_nothing(browser: Browser, session: Session, lena: Member, tariq: Member) -> None:
    learner = handed(browser, session, lena)
    assert press(learner.open(f"{TASK}/"), "Send the message", message=" ").errors == ["Please fill this in."]
    assert press(desk(browser, session, tariq), "Send the message", message=" ").errors == ["Please fill this in."]
    assert session.scalar(select(func.count()).select_from(WorkMessage)) == 0


def test_before_anything_is_handed_in_there_is_nobody_to_talk_to(
    browser: Browser, session: Session, lena: Member
) -> None:
    task_stage.publish(session)
    stage.enrol(session, lena)
    learner = browser.signed_in(lena)
    assert "Talk with your trainer" not in learner.open(f"{TASK}/").text
    assert learner.post(f"{TASK}/messages", {"message": "Hello"}).status == 404


@pytest.mark.parametrize("keys", ["", "hand_in: both\nblind: true\nsecond_marker: true\npeers: 2"])
def test_pages_ask_the_database_seldom(
    browser: Browser, session: Session, lena: Member, tariq: Member, query_count: Counter, keys: str
) -> None:
    learner, trainer = handed(browser, session, lena, keys), browser.signed_in(tariq)
    for number in range(5):
        press(learner.open(f"{TASK}/"), "Send the message", message=f"Line {number}")
    here = address_of(session)
    learner.open(f"{TASK}/"), trainer.open(here)
    with query_count() as count:
        learner.open(f"{TASK}/")
    assert count.total == (7 if keys else 5), count.statements
    with query_count() as count:
        trainer.open(here)
    assert count.total == (10 if keys else 7), count.statements
