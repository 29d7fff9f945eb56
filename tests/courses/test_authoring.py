"""The workshop: a trainer begins a course, grows its tree, and takes steps back."""

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from courses.authoring import queries, service
from courses.authoring.models import StepKind
from courses.catalogue.content import Course
from courses.catalogue.reader.course import read_course
from tests import makers
from tests.browser import Browser, Page
from tests.courses.course_files import course_files
from tests.makers import LONG_AGO

SLUG = "first-steps"
NEW = {
    "title": "Early warning",
    "slug": "early-warning",
    "summary": "How to see a quarrel coming.",
    "language": "en",
    "level": "introductory",
    "hours": "6",
}


@pytest.fixture
def draft(session: Session, tariq: Member) -> None:
    """A course that is still a draft."""
    service.create(session, slug=SLUG, contents=course_files(), by=tariq.id, now=LONG_AGO)
    session.commit()


def _course(session: Session, slug: str = SLUG) -> Course:
    session.rollback()
    return read_course(slug, queries.files_of(session, slug))


def _tree(browser: Browser, who: Member) -> Page:
    return browser.signed_in(who).open(f"/teach/{SLUG}/draft")


def test_a_trainer_begins_a_course_that_is_one_already(browser: Browser, session: Session, tariq: Member) -> None:
    page = browser.signed_in(tariq).open("/teach/new").submit("Begin the course", **NEW)
    assert (page.status, page.heading) == (200, "Draft of Early warning")
    course = _course(session, "early-warning")
    assert [lesson.kind for lesson in course.lessons] == ["reading", "quiz", "task"]


@pytest.mark.parametrize("language", ["ru", "fa", "kk"])
def test_a_new_course_is_one_in_every_language(
    browser: Browser, session: Session, tariq: Member, language: str
) -> None:
    browser.signed_in(tariq).open("/teach/new").submit("Begin the course", **{**NEW, "language": language})
    assert _course(session, "early-warning").language == language


def test_whoever_begins_a_course_owns_it_and_others_see_nothing_of_it(
    browser: Browser, session: Session, max_: Member
) -> None:
    olga = makers.member(session, "Olga", roles=(("trainer", "course:other-steps"),))
    session.commit()
    browser.signed_in(olga).open("/teach/new").submit("Begin the course", **NEW)
    assert browser.signed_in(olga).open("/teach/early-warning/draft").status == 200
    assert browser.signed_in(max_).open("/teach/early-warning/draft").status == 403


@pytest.mark.usefixtures("draft")
@pytest.mark.parametrize(("slug", "error"), [("Early Warning", "small Latin letters"), ("new", "another meaning")])
def test_a_short_name_that_cannot_be_an_address_is_refused_and_nothing_typed_is_lost(
    browser: Browser, tariq: Member, slug: str, error: str
) -> None:
    page = browser.signed_in(tariq).open("/teach/new").submit("Begin the course", **{**NEW, "slug": slug})
    assert page.status == 422
    assert error in page.errors[0]
    assert page.form("Begin the course").values["summary"] == NEW["summary"]


@pytest.mark.usefixtures("draft")
def test_a_short_name_that_is_taken_is_refused(browser: Browser, tariq: Member) -> None:
    page = browser.signed_in(tariq).open("/teach/new").submit("Begin the course", **{**NEW, "slug": SLUG})
    assert page.errors == ["There is a course with this address already."]


@pytest.mark.usefixtures("draft")
def test_a_module_and_a_lesson_are_added_and_moved(browser: Browser, session: Session, tariq: Member) -> None:
    tree = _tree(browser, tariq)
    tree = tree.follow("Add a module").submit("Add the module", title="Talking", slug="talking")
    page = tree.follow("Add a lesson to Talking").submit("Add the lesson", title="Ask first", slug="ask", kind="quiz")
    assert "Ask first" in page.source
    _tree(browser, tariq).browser.post(f"/teach/{SLUG}/draft/shift", {"thing": "02-talking", "by": "up"})
    assert [module.slug for module in _course(session).modules] == ["talking", "water"]


@pytest.mark.usefixtures("draft")
def test_a_lesson_that_was_taken_out_comes_back_with_one_step(
    browser: Browser, session: Session, tariq: Member
) -> None:
    before = queries.digests_of(session, SLUG)
    session.commit()
    page = browser.signed_in(tariq).open(f"/teach/{SLUG}/draft/change?thing=01-water/04-meeting")
    page.submit("Take it out")
    assert len(_course(session).lessons) == 3
    history = browser.signed_in(tariq).open(f"/teach/{SLUG}/draft/history")
    history.submit("Take this step back")
    session.rollback()
    assert queries.digests_of(session, SLUG) == before


@pytest.mark.usefixtures("draft")
def test_a_lesson_gets_another_title_and_keeps_its_address(browser: Browser, session: Session, tariq: Member) -> None:
    page = browser.signed_in(tariq).open(f"/teach/{SLUG}/draft/change?thing=01-water/01-canal")
    page.submit("Give it this title", title="The gate: who shut it?")
    lesson = _course(session).lessons[0]
    assert (lesson.key, lesson.title) == ("water/canal", "The gate: who shut it?")


@pytest.mark.usefixtures("draft")
def test_a_draft_with_an_unreadable_first_file_is_still_shown(
    browser: Browser, session: Session, tariq: Member
) -> None:
    draft = queries.draft_of(session, SLUG)
    assert draft is not None
    service.apply(
        session,
        draft=draft,
        kind=StepKind.SAVED,
        about="course.md",
        contents={"course.md": b"no fence", "01-water/01-canal.md": b"\xff\xfe"},
        by=tariq.id,
        now=LONG_AGO,
    )
    session.commit()
    page = _tree(browser, tariq)
    assert page.status == 200
    assert "must be mended" in page.text


@pytest.fixture
def owner(session: Session) -> Member:
    """Olga, who owns the course."""
    made = makers.member(session, "Olga", roles=(("owner", f"course:{SLUG}"),))
    session.commit()
    return made


@pytest.mark.usefixtures("draft")
def test_an_owner_gives_somebody_a_part_and_they_are_told(
    browser: Browser, session: Session, owner: Member, lena: Member
) -> None:
    page = browser.signed_in(owner).open(f"/teach/{SLUG}/people")
    page = page.submit("Give this part", email=lena.email, role="marker")
    assert "Lena has this part now" in page.notice
    assert "Lena" in page.text
    assert "You have a new part in First steps" in browser.signed_in(lena).open("/my/notices").text
    assert browser.signed_in(lena).open("/teach/marking").status == 200
    assert browser.signed_in(lena).open(f"/teach/{SLUG}/draft").status == 403
    session.rollback()


@pytest.mark.usefixtures("draft")
def test_an_address_nobody_has_is_said_beside_the_field(browser: Browser, owner: Member) -> None:
    page = browser.signed_in(owner).open(f"/teach/{SLUG}/people")
    page = page.submit("Give this part", email="nobody@example.org", role="marker")
    assert page.status == 422
    assert "Nobody with this address" in page.errors[0]


@pytest.mark.usefixtures("draft")
def test_the_only_owner_stays(browser: Browser, owner: Member) -> None:
    page = browser.signed_in(owner).open(f"/teach/{SLUG}/people").submit("Take back")
    assert "only owner" in page.text


@pytest.mark.usefixtures("draft")
def test_a_trainer_does_not_decide_who_has_a_part(browser: Browser, session: Session) -> None:
    trainer = makers.member(session, "Timur", roles=(("trainer", f"course:{SLUG}"),))
    session.commit()
    assert browser.signed_in(trainer).open(f"/teach/{SLUG}/people").status == 403
