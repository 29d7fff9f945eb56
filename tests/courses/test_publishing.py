"""From a draft to an edition: what is shown first, what one press does, and what nobody can do by halves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.db import Base
from academy.notices import service as notices
from academy.notices.models import AT_ONCE, Notice
from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.authoring.models import Draft, Step, StepKind
from courses.catalogue import moves
from courses.catalogue import service as catalogue
from courses.catalogue.models import CourseRecord, Edition
from courses.enrolment import service as enrolment
from courses.publishing.models import EditionNote
from tests import makers
from tests.browser import Browser, Page
from tests.courses.course_files import course_files
from tests.courses.publishing_stage import EDITIONS, LESSON, PUBLISH, SLUG, TASK, begin, changed, live, publish, write
from tests.queries import QueryCount

Counting = Callable[[], AbstractContextManager[QueryCount]]


@pytest.fixture
def course(session: Session, tariq: Member) -> str:
    """A published course with a draft of it that says the same."""
    return begin(session, tariq)


@pytest.fixture
def desk(browser: Browser, tariq: Member, course: str) -> Browser:
    """Tariq at his desk."""
    del course
    return browser.signed_in(tariq)


def status(session: Session) -> str:
    session.expire_all()
    found = session.get_one(CourseRecord, SLUG).status
    session.commit()
    return found


def test_the_page_shows_what_changes_before_anything_does(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {LESSON: changed(), "media/plan.svg": course_files()["media/canal.svg"].decode() + "\n"})
    page = desk.open(PUBLISH)
    assert page.heading == "Publish “First steps”"
    assert "The canal" in page.text
    assert [node.to_text() for node in page.all("ins")] != []
    assert "narrow" in " ".join(node.to_text() for node in page.all("ins"))
    assert "removed" in page.text
    assert "under way" in page.text
    assert live(session).edition_number == 1


def test_one_press_makes_the_edition_and_work_goes_on(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {LESSON: changed()})
    done = desk.open(PUBLISH).submit("Publish edition 2", note="The canal is narrow.")
    assert done.url == EDITIONS
    assert done.notice == "Done Edition 2 is what learners read from now on."
    assert live(session).edition_number == 2
    draft = session.get_one(Draft, SLUG)
    steps = drafts.steps(session, SLUG)
    assert (draft.base_edition, steps[0].kind, steps[0].about) == (2, StepKind.PUBLISHED, "Edition 2")
    assert session.get_one(EditionNote, (SLUG, 2)).text == "The canal is narrow."
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "edition.published")).one()
    assert (entry.subject, entry.detail, entry.actor_id) == ("course:first-steps", "edition 2", tariq.id)
    assert "nothing to publish" in desk.open(PUBLISH).text
    assert "Published" in desk.open(f"/teach/{SLUG}/draft/history").text


def test_the_history_before_an_edition_is_not_joined_with_what_follows(
    session: Session, tariq: Member, course: str
) -> None:
    write(session, tariq, {LESSON: changed()})
    publish(session, tariq)
    write(session, tariq, {LESSON: changed() + "\nMore.\n"})
    kinds = [step.kind for step in drafts.steps(session, course)]
    assert kinds == [StepKind.SAVED, StepKind.PUBLISHED, StepKind.SAVED]


def test_a_draft_that_changed_meanwhile_is_looked_at_again(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {LESSON: changed()})
    page = desk.open(PUBLISH)
    write(session, tariq, {TASK: course_files()[TASK].decode() + "\nWith colours.\n"})
    again = page.submit("Publish edition 2", note="Kept.")
    assert again.status == 409
    assert "The draft was changed after you opened this page." in again.text
    assert "A map" in again.text
    assert again.form("Publish edition 2").values["note"] == "Kept."
    assert live(session).edition_number == 1
    assert again.submit("Publish edition 2").status == 200
    assert live(session).edition_number == 2


def test_while_anything_is_wrong_nothing_is_published(desk: Browser, session: Session, tariq: Member) -> None:
    write(session, tariq, {LESSON: changed().replace("(02-check.md)", "(02-chek.md)")})
    page = desk.open(PUBLISH)
    assert "1 thing must be mended" in page.text
    assert f"/teach/{SLUG}/draft/{LESSON}?line=" in " ".join(address for _, address in page.links())
    assert page.all("button[type=submit]") == [] or "Publish edition" not in page.text
    digest = catalogue.digest_of(drafts.files_of(session, SLUG))
    refused = desk.post(PUBLISH, {"digest": digest, "base": "1"})
    assert refused.status == 422
    assert live(session).edition_number == 1


def test_two_who_publish_at_once_make_one_edition_and_the_other_is_told(
    app: Flask, browser: Browser, session: Session, tariq: Member, course: str
) -> None:
    del course
    olga = makers.member(session, "Olga", roles=(("trainer", ""),))
    write(session, tariq, {LESSON: changed()})
    forms = [(who, who.open(PUBLISH).form("Publish edition 2").values) for who in map(browser.signed_in, (tariq, olga))]
    gate = Barrier(2)

    def press(who: Browser, values: dict[str, object]) -> Page:
        gate.wait()
        return who.send(PUBLISH, values)

    with ThreadPoolExecutor(2) as pool:
        pages = [each.result() for each in [pool.submit(press, who, values) for who, values in forms]]
    assert sorted(page.status for page in pages) == [200, 409]
    told = next(page for page in pages if page.status == 409)
    assert "published exactly this draft a moment ago, as edition 2. Nothing was published twice." in told.text
    assert session.scalar(select(func.count()).select_from(Edition).where(Edition.course_slug == SLUG)) == 2
    del app


def test_whoever_saves_while_somebody_publishes_is_in_or_refuses_it(
    browser: Browser, session: Session, tariq: Member, course: str
) -> None:
    del course
    write(session, tariq, {LESSON: changed()})
    tariqs = browser.signed_in(tariq)
    values = tariqs.open(PUBLISH).form("Publish edition 2").values
    before = catalogue.digest_of(drafts.files_of(session, SLUG))
    opened = drafts.file_of(session, SLUG, TASK)
    assert opened is not None
    typed = {"text": opened.text + "\nWith colours.\n", "base": opened.digest}
    other = browser.signed_in(makers.member(session, "Olga", roles=(("trainer", ""),)))
    token = other.csrf()
    session.commit()
    gate = Barrier(2)

    def press() -> int:
        gate.wait()
        return tariqs.send(PUBLISH, values).status

    def save() -> int:
        gate.wait()
        return other.client.post(f"/teach/{SLUG}/draft/{TASK}", data={**typed, "csrf_token": token}).status_code

    with ThreadPoolExecutor(2) as pool:
        pressed, saved = pool.submit(press), pool.submit(save)
        statuses = pressed.result(), saved.result()
    session.expire_all()
    assert statuses[1] == 303
    now = catalogue.digest_of(drafts.files_of(session, SLUG))
    assert now != before
    if statuses[0] == 200:
        assert (live(session).edition_number, live(session).shelf.digest) == (2, before)
    else:
        assert (live(session).edition_number, statuses[0]) == (1, 409)


def test_a_first_edition_is_shown_to_everybody_only_when_asked(
    browser: Browser, session: Session, tariq: Member
) -> None:
    authoring.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=makers.LONG_AGO)
    session.commit()
    desk = browser.signed_in(tariq)
    page = desk.open(PUBLISH)
    assert "Everything is new" in page.text
    page.submit("Publish edition 1", show="no")
    assert status(session) == "draft"
    assert browser.open(f"/courses/{SLUG}/").status == 404
    desk.open(PUBLISH).submit("Save", show="yes")
    assert status(session) == "published"
    assert browser.open(f"/courses/{SLUG}/").status == 200
    assert live(session).edition_number == 1


def test_stricter_rules_are_listed_with_what_they_do(desk: Browser, session: Session, tariq: Member) -> None:
    course = course_files()["course.md"].decode().replace("  sessions: 80\n", "  sessions: 90\n")
    quiz = course_files()["01-water/02-check.md"].decode().replace("pass: 75", "pass: 60")
    write(session, tariq, {"course.md": course, "01-water/02-check.md": quiz})
    page = desk.open(PUBLISH)
    assert "Rules that become stricter" in page.text
    assert "Sessions to be attended for the certificate 80% 90%" in page.text
    assert "Whoever has completed the course stays complete." in page.text
    assert "Pass mark of the quiz: “Check” 75% 60%" in page.text


def test_learners_are_told_only_if_they_chose_to_be(
    desk: Browser, session: Session, tariq: Member, lena: Member, max_: Member
) -> None:
    now_live = live(session)
    for who in (lena, max_):
        enrolment.enrol(session, live=now_live, member_id=who.id, way="open", now=makers.LONG_AGO)
    notices.choose(session, member_id=lena.id, kind="course_changed", on_site=True, mail=AT_ONCE)
    session.commit()
    write(session, tariq, {LESSON: changed()})
    desk.open(PUBLISH).submit("Publish edition 2", note="The canal is narrow now.")
    told = session.scalars(select(Notice).where(Notice.kind == "course_changed")).all()
    assert [notice.member_id for notice in told] == [lena.id]
    page = browser_of(desk, lena).open(told[0].url)
    assert "What the trainers say about edition 2 The canal is narrow now." in page.text


def browser_of(desk: Browser, who: Member) -> Browser:
    return Browser(desk.app, desk.session).signed_in(who)


def test_learners_and_strangers_find_nothing_here(browser: Browser, course: str, lena: Member, mina: Member) -> None:
    del course
    for who in (lena, mina):
        for address in (PUBLISH, EDITIONS, f"/teach/{SLUG}/reviews/", f"/teach/{SLUG}/guests", f"{EDITIONS}1/"):
            assert browser.signed_in(who).open(address).status in {403, 404}, address


def test_every_table_that_names_a_lesson_follows_it_when_it_moves(app: Flask) -> None:
    named = {
        table.name
        for table in Base.metadata.tables.values()
        if {"lesson_key", "course_slug"} <= set(table.columns.keys())
    }
    with app.app_context():
        assert named - set(moves.movers()) == set(), "register a mover: courses.catalogue.moves.add(table, mover)"


def test_the_page_asks_the_database_as_often_for_a_long_draft_as_for_a_short_one(
    desk: Browser, session: Session, tariq: Member, query_count: Counting
) -> None:
    write(session, tariq, {LESSON: changed()})
    desk.open(PUBLISH)
    with query_count() as few:
        desk.open(PUBLISH)
    more = {f"01-water/{number:02d}-more-{number}.md": lesson(number) for number in range(5, 25)}
    write(session, tariq, more)
    with query_count() as many:
        page = desk.open(PUBLISH)
    assert "21 files differ" in page.text
    assert few.total == many.total
    assert many.total <= 22


def lesson(number: int) -> str:
    return f"---\ntitle: More {number}\nsummary: More.\n---\n## Heading {number}\n\nText {number}.\n"


def test_no_write_lock_is_held_while_pages_are_rendered(desk: Browser, session: Session, tariq: Member) -> None:
    """The view refuses to render once its transaction has begun; publishing works, so it had not."""
    write(session, tariq, {LESSON: changed()})
    assert desk.open(PUBLISH).submit("Publish edition 2").status == 200
    assert session.scalar(select(func.count()).select_from(Step).where(Step.kind == StepKind.PUBLISHED)) == 1
