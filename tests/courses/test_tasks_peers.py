"""Learners read each other's work: fairly assigned, anonymous both ways, judged, and all of it erasable."""

import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock
from academy.notices.models import Notice
from academy.people import accounts
from academy.people.actor import Actor
from academy.people.models import Member
from courses.catalogue.questions import Peers
from courses.tasks import knowing, reviewing
from courses.tasks.models import Work, WorkReview
from tests.academy import handed_files as files
from tests.browser import Browser, Page
from tests.courses import quiz_stage as stage
from tests.courses import task_stage
from tests.courses.quiz_stage import TASK
from tests.courses.task_stage import press

OPINION = {"points_0": "2", "points_1": "3", "comment": "The gate is *missing*."}


def reviews(session: Session) -> list[WorkReview]:
    session.expire_all()
    found = list(session.scalars(select(WorkReview).order_by(WorkReview.id)))
    session.commit()
    return found


def to_read(page: Page) -> list[str]:
    return [url for _name, url in page.links() if "/reviews/" in url]


def give(browser: Browser, who: Member) -> None:
    desk = browser.signed_in(who)
    for address in to_read(desk.open(f"{TASK}/")):
        press(desk.open(address), "Give this review", **OPINION)


def class_of(browser: Browser, session: Session, keys: str, *names: str) -> list[Member]:
    task_stage.publish(session, keys)
    people = task_stage.learners(session, *names)
    for each in people:
        task_stage.hand_in(browser, each)
    return people


def test_nobody_reads_their_own_and_everybody_is_read(browser: Browser, session: Session) -> None:
    people = class_of(browser, session, "peers: 2", "Anna", "Bek", "Cyra", "Daler", "Elena")
    for each in people:  # the first ones handed in when there was nothing to read yet
        press_find(browser, each)
    found = reviews(session)
    authors = {work.id: work.member_id for work in task_stage.works(session)}
    assert all(authors[review.work_id] != review.reader_id for review in found)
    assert Counter(review.reader_id for review in found) == {each.id: 2 for each in people}
    read = Counter(review.work_id for review in found)
    assert max(read.values()) - min(read.values()) <= 1
    assert len({(review.work_id, review.reader_id) for review in found}) == len(found)


def press_find(browser: Browser, who: Member) -> None:
    page = browser.signed_in(who).open(f"{TASK}/")
    if "Find works to read" in page.text:
        press(page, "Find works to read")


def test_of_many_who_ask_at_once_everybody_gets_what_is_due(app: Flask, browser: Browser, session: Session) -> None:
    class_of(browser, session, "peers: 3", *(f"Learner {number}" for number in range(6)))
    database, gate, now = app.extensions["academy.database"], Barrier(12), clock.now()
    numbers = [work.id for work in task_stage.works(session)] * 2

    def ask(work_id: int) -> None:
        gate.wait()
        with app.app_context(), database.transaction() as mine:
            reviewing.assign(mine, work=mine.get_one(Work, work_id), peers=Peers(3), now=now)

    with ThreadPoolExecutor(12) as crowd:
        list(crowd.map(ask, numbers))
    found = reviews(session)
    assert set(Counter(review.reader_id for review in found).values()) == {3}
    read = Counter(review.work_id for review in found)
    assert max(read.values()) - min(read.values()) <= 2


def test_neither_learns_who_the_other_is(browser: Browser, session: Session) -> None:
    task_stage.publish(session, "hand_in: both\nfiles: [pdf]\npeers: 1")
    anna, bek = task_stage.learners(session, "Anna", "Bek")
    desk = browser.signed_in(anna)
    sent = FileStorage(io.BytesIO(files.pdf()), filename="Anna's map.pdf")
    press(desk.open(f"{TASK}/"), "Hand in", text="A map.", file=sent)
    reader = task_stage.hand_in(browser, bek)
    (address,) = to_read(reader.open(f"{TASK}/"))
    page = reader.open(address)
    assert "Anna" not in page.source
    assert "A map." in page.text
    (file,) = [url for name, url in page.links() if name == "File 1"]
    answer = reader.client.get(file)
    assert answer.data == files.pdf()
    assert "Anna" not in answer.headers["Content-Disposition"]
    press(page, "Give this review", **OPINION)
    press_find(browser, anna)
    give(browser, anna)
    text = desk.open(f"{TASK}/").source
    assert "The gate is <em>missing</em>." in text
    assert "Bek" not in text


def test_one_sees_what_others_say_after_having_said_ones_own(browser: Browser, session: Session) -> None:
    anna, bek = class_of(browser, session, "peers: 1", "Anna", "Bek")
    press_find(browser, anna)
    give(browser, bek)
    page = browser.signed_in(anna).open(f"{TASK}/")
    assert "1 learner has read your work." in page.text
    assert "missing" not in page.text
    assert session.scalars(select(Notice.kind).where(Notice.member_id == anna.id)).all() == ["task_reviewed"]
    session.commit()
    give(browser, anna)
    assert "What reader 1 says" in browser.signed_in(anna).open(f"{TASK}/").text


def test_after_the_days_for_it_one_sees_them_anyway(browser: Browser, session: Session) -> None:
    anna, bek = class_of(browser, session, "peers: 1\npeer_days: 3", "Anna", "Bek")
    press_find(browser, anna)
    give(browser, bek)
    assert "What reader 1 says" not in browser.signed_in(anna).open(f"{TASK}/").text
    session.execute(update(WorkReview).values(due_at=clock.now() - timedelta(minutes=1)))
    session.commit()
    assert "What reader 1 says" in browser.signed_in(anna).open(f"{TASK}/").text


def test_what_is_incomplete_is_said_and_kept(browser: Browser, session: Session) -> None:
    _anna, bek = class_of(browser, session, "peers: 1", "Anna", "Bek")
    desk = browser.signed_in(bek)
    (address,) = to_read(desk.open(f"{TASK}/"))
    page = press(desk.open(address), "Give this review", points_0="9", points_1="", comment="Long words.")
    assert page.status == 422
    assert page.form("Give this review").values["comment"] == "Long words."
    assert not reviews(session)[0].given


def test_nobody_else_reaches_a_review(browser: Browser, session: Session, tariq: Member, max_: Member) -> None:
    anna, bek = class_of(browser, session, "peers: 1", "Anna", "Bek")
    (address,) = to_read(browser.signed_in(bek).open(f"{TASK}/"))
    number = address.rstrip("/").rpartition("/")[2]
    for who, status in ((anna, 404), (tariq, 404), (max_, 403)):
        other = browser.signed_in(who)
        assert other.open(address).status == status
        assert other.post(address, OPINION).status == status
    assert browser.signed_in(bek).post(f"{TASK}/reviews/{number}/helpful", {"helpful": "3"}).status == 404
    press(browser.signed_in(bek).open(address), "Give this review", **OPINION)
    assert browser.signed_in(anna).post(f"{TASK}/reviews/{number}/helpful", {"helpful": "3"}).status == 404
    assert reviews(session)[0].helpful is None


def test_authors_rate_and_trainers_judge(browser: Browser, session: Session, tariq: Member) -> None:
    anna, bek = class_of(browser, session, "peers: 1", "Anna", "Bek")
    press_find(browser, anna)
    give(browser, bek)
    give(browser, anna)
    press(browser.signed_in(anna).open(f"{TASK}/"), "Say so", helpful="1")
    page = task_stage.page_of(browser, tariq, task_stage.works(session)[0])
    for words in ("What other learners say", "Reader 1: 50%", "It helped the author: 1 of 3", "they do not count"):
        assert words in page.text
    assert "Does not count" in press(page, "It does not count").text
    board = browser.signed_in(tariq).open(f"/teach/marking/reviews/{stage.SLUG}")
    assert "Bek 1 of 1 1 1" in board.text
    desk = browser.signed_in(bek)
    (address,) = to_read(desk.open(f"{TASK}/"))
    assert "it can no longer be changed" in desk.open(address).text
    assert desk.post(address, OPINION).status == 409


def test_peers_weigh_what_the_task_says_but_poor_reviews_nothing(
    browser: Browser, session: Session, tariq: Member
) -> None:
    anna, bek, _cyra = class_of(browser, session, "peers: 2\npeer_weight: 50", "Anna", "Bek", "Cyra")
    give(browser, bek)  # 50 % for Anna's work
    page = task_stage.page_of(browser, tariq, task_stage.works(session)[0])
    assert "Their points count for 50% of the score." in page.text
    press(page, "Give these marks", points_0="4", points_1="6")
    assert task_stage.works(session)[0].score == 75
    (other,) = [
        review
        for review in reviews(session)
        if review.reader_id != bek.id and review.work_id == task_stage.works(session)[1].id
    ]
    session.execute(update(WorkReview).where(WorkReview.id == other.id).values(given_at=clock.now(), quality="poor"))
    session.commit()
    press(
        task_stage.page_of(browser, tariq, task_stage.works(session)[1]), "Give these marks", points_0="4", points_1="6"
    )
    assert task_stage.works(session)[1].score == 100
    assert anna.id != bek.id


def test_all_of_it_can_be_taken_away_and_erased(app: Flask, browser: Browser, session: Session) -> None:
    anna, bek = class_of(browser, session, "peers: 1", "Anna", "Bek")
    press_find(browser, anna)
    give(browser, bek)
    with app.app_context():
        (known,) = knowing.known_of(session, bek.id)["reviews"]
        assert known["comment"] == OPINION["comment"]
        accounts.erase(session, member=session.get_one(Member, bek.id), actor=Actor(bek.id, "Bek"), now=clock.now())
        session.commit()
    assert session.scalar(select(func.count()).select_from(WorkReview)) == 0
    assert [work.member_id for work in task_stage.works(session)] == [anna.id]


def test_a_single_learner_is_told_to_come_back(browser: Browser, session: Session) -> None:
    (anna,) = class_of(browser, session, "peers: 2", "Anna")
    page = press(browser.signed_in(anna).open(f"{TASK}/"), "Find works to read")
    assert "There is no other work to read yet." in page.text
