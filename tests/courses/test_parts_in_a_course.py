"""Reviewers and markers walk through all that they are offered: nothing is shut, no figure is not theirs."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.browser import Browser, Page
from tests.courses.publishing_stage import LESSON, SLUG, begin, changed, write

HINTS = ("lang=", "language=", "view=", "theme=", "/editions/1/")
COMMENTS = f"/teach/{SLUG}/comments"
COMPARED = f"/teach/{SLUG}/editions/compare/{LESSON}?old=1&new=draft"
PREVIEW = f"/teach/{SLUG}/draft/preview/{LESSON}"


@pytest.fixture(autouse=True)
def drafted(session: Session, tariq: Member) -> None:
    """A course whose draft differs from what learners read."""
    begin(session, tariq)
    write(session, tariq, {LESSON: changed()})


def part(session: Session, role: str) -> Member:
    found = makers.member(session, "Olga", roles=((role, f"course:{SLUG}"),))
    session.commit()
    return found


def offered(page: Page) -> list[str]:
    found = [urlsplit(url)._replace(fragment="").geturl() for _words, url in page.links() if url.startswith("/teach/")]
    return [url for url in found if not any(hint in url for hint in HINTS)]


@pytest.mark.parametrize("role", ["reviewer", "marker"])
def test_every_link_that_somebody_is_offered_opens(
    browser: Browser, session: Session, tariq: Member, role: str
) -> None:
    Browser(browser.app, session).signed_in(tariq).open(COMPARED).submit(
        "Keep the comment", line="9", text="Too narrow."
    )
    me = browser.signed_in(part(session, role))
    waiting, opened = ["/teach/"], dict[str, int]()
    while waiting:
        url = waiting.pop()
        if url not in opened:
            page = me.open(url)
            opened[url] = page.status
            waiting += offered(page)
    assert {url: status for url, status in opened.items() if status != 200} == {}
    assert f"/teach/{SLUG}/languages/" in opened


def test_a_reviewer_looks_at_the_page_where_a_trainer_opens_the_editor(
    browser: Browser, session: Session, tariq: Member
) -> None:
    reviewer = browser.signed_in(part(session, "reviewer"))
    reviewer.open(COMPARED).submit("Keep the comment", line="9", text="Too narrow.")
    page = reviewer.open(COMMENTS)
    assert "in the editor" not in page.text
    page = page.follow(f"Look at the page {LESSON}")
    assert (page.url, page.status) == (PREVIEW, 200)
    assert page.follow("Back to teaching").heading == "Teaching"
    trainer = Browser(browser.app, session).signed_in(tariq)
    assert "in the editor" in trainer.open(COMMENTS).text
    assert trainer.open(PREVIEW).follow("Back to the text").status == 200


def test_a_fault_leads_a_reviewer_to_the_page_and_a_trainer_to_the_line(
    browser: Browser, session: Session, tariq: Member
) -> None:
    reviewer = part(session, "reviewer")
    trainer = Browser(browser.app, session).signed_in(tariq)
    asked = trainer.open(f"/teach/{SLUG}/reviews/").submit("Ask", reviewer=str(reviewer.id), request="Is it narrow?")
    write(session, tariq, {LESSON: changed().replace("02-check.md", "02-nothing.md")})
    page = asked.follow("Olga")
    assert "/draft/01-water/01-canal.md?line=" in str(page.links())
    theirs = browser.signed_in(reviewer).open(page.url)
    there = [url for _words, url in theirs.links() if LESSON in url and "compare" not in url]
    assert there == [PREVIEW]
    assert browser.signed_in(reviewer).open(PREVIEW).status == 200


def test_a_reviewer_is_offered_no_marking_and_told_no_figure_of_learners(browser: Browser, session: Session) -> None:
    page = browser.signed_in(part(session, "reviewer")).open("/teach/")
    assert "Open the marking list" not in page.text
    assert "take it now" not in page.text
    assert "Nothing waits for you." in page.text
    assert page.text_of(".bar-role") == "Reviewer"


def test_a_marker_reads_what_changes_without_being_asked_to_comment(
    browser: Browser, session: Session, tariq: Member
) -> None:
    Browser(browser.app, session).signed_in(tariq).open(COMPARED).submit(
        "Keep the comment", line="9", text="Too narrow."
    )
    page = browser.signed_in(part(session, "marker")).open(COMPARED)
    assert "What changes in" in page.heading
    assert [words in page.text for words in ("Press the number", "Too narrow.", "Settled")] == [False] * 3


def test_a_marker_is_offered_the_marking_list(browser: Browser, session: Session) -> None:
    page = browser.signed_in(part(session, "marker")).open("/teach/")
    assert page.follow("Open the marking list").status == 200
    assert page.text_of(".bar-role") == "Marker"
