"""A guest without an account sees one lesson by a link that ends, says something about it, and sees nothing else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.models import Member
from courses.publishing.models import DraftComment, GuestLink
from courses.publishing.views.guest import COMMENTS
from tests.browser import Browser, Page
from tests.courses.publishing_stage import LESSON, SLUG, begin, changed, write
from tests.courses.quiz_stage import quiz_text

GUESTS = f"/teach/{SLUG}/guests"


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member) -> Browser:
    """Tariq at his desk, with a change in the draft."""
    begin(session, tariq)
    write(session, tariq, {LESSON: changed(), "01-water/02-check.md": quiz_text()})
    return browser.signed_in(tariq)


def invite(desk: Browser, **values: str) -> str:
    """The address that the guest gets."""
    page = desk.open(GUESTS).submit("Make the link", **{"guest": "Sanam", "lesson": "water/canal", **values})
    found = re.search(r"/guest/[\w-]{43}", page.text)
    assert found is not None, page.text
    return found[0]


def test_a_guest_reads_the_draft_as_it_is_now(desk: Browser, browser: Browser, session: Session, tariq: Member) -> None:
    address = invite(desk)
    page = browser.open(address)
    assert page.heading == "The canal"
    assert "Two villages share one narrow canal" in page.text
    write(session, tariq, {LESSON: changed().replace("narrow", "very narrow")})
    assert "very narrow" in browser.open(address).text


def test_the_page_is_kept_from_search_engines_and_other_sites(desk: Browser, browser: Browser) -> None:
    page = browser.open(invite(desk))
    assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert page.all("meta[name=robots]")[0].attrs["content"] == "noindex, nofollow"


def test_a_guest_says_something_about_a_paragraph(
    desk: Browser, browser: Browser, session: Session, tariq: Member
) -> None:
    page = browser.open(invite(desk))
    place = next(number for number, node in enumerate(page.all("div[id^=p-]")) if "Two villages" in node.to_text())
    form = browser.open(f"{page.url}?place={place}")
    assert form.form("Send the comment").values["name"] == "Sanam"
    after = form.submit("Send the comment", text="Is it lined with stone?")
    assert "Is it lined with stone?" in after.text
    comment = session.scalars(select(DraftComment)).one()
    assert (comment.path, comment.guest, comment.author_id) == (LESSON, "Sanam", None)
    assert comment.quote.startswith("Two villages share one narrow canal.")
    notice = session.scalars(select(Notice).where(Notice.member_id == tariq.id)).one()
    session.commit()
    listed = desk.open(notice.url)
    assert "Is it lined with stone?" in listed.text
    line = changed().splitlines().index("Two villages share one *narrow* canal.[^1]") + 1
    assert f"/teach/{SLUG}/draft/{LESSON}?line={line}#source" in [href for _, href in listed.links()]


def test_a_comment_without_words_is_typed_again(desk: Browser, browser: Browser) -> None:
    page = browser.open(f"{invite(desk)}?place=0").submit("Send the comment", name="Noor", text="")
    assert (page.status, page.errors) == (422, ["Please fill this in."])
    assert page.form("Send the comment").values["name"] == "Noor"


def test_a_link_ends_by_itself_or_is_taken_back(desk: Browser, browser: Browser, session: Session) -> None:
    address, other = invite(desk), invite(desk, guest="Noor")
    desk.open(GUESTS).submit("Close the link Noor")
    assert browser.open(other).status == 404
    assert browser.open(address).status == 200
    session.execute(update(GuestLink).values(expires_at=clock.now() - timedelta(minutes=1)))
    session.commit()
    assert "This link does not work any more" in browser.open(address).text
    assert browser.post(f"{address}?place=0", {"name": "x", "text": "y"}).status == 404
    listed = desk.open(GUESTS)
    assert "Too old" in listed.text
    assert "Taken back" in listed.text


def test_the_token_is_kept_nowhere(desk: Browser, session: Session) -> None:
    token = invite(desk).rpartition("/")[2]
    link = session.scalars(select(GuestLink)).one()
    session.commit()
    assert token not in str(vars(link))
    assert token not in desk.open(GUESTS).source
    assert timedelta(days=14) == link.expires_at - link.created_at


def test_nothing_else_opens(desk: Browser, browser: Browser) -> None:
    page = browser.open(invite(desk))
    inner = [href for _, href in links_of(page) if href.startswith("/") and not href.startswith("/guest/")]
    assert inner == []
    for address in (f"/teach/{SLUG}/draft", f"/teach/{SLUG}/editions/1/", f"{page.url}/media/00000000/canal.svg"):
        assert browser.open(address).url.startswith("/account/sign-in") or browser.open(address).status == 404


def links_of(page: Page) -> list[tuple[str, str]]:
    return [(node.to_text(), node.attrs.get("href") or "") for node in page.all("main a")]


def test_the_pictures_of_the_lesson_are_shown_and_no_other_file(desk: Browser, browser: Browser) -> None:
    page = browser.open(invite(desk))
    (picture,) = [node.attrs["src"] for node in page.all("main img")]
    assert picture.startswith("/guest/")
    assert browser.client.get(picture).mimetype == "image/svg+xml"
    quiz = browser.open(invite(desk, lesson="water/check"))
    token = quiz.url.rpartition("/")[2]
    assert browser.client.get(picture.replace(page.url.rpartition("/")[2], token)).status_code == 404


@pytest.mark.parametrize("ticked", [False, True])
def test_right_answers_are_shown_only_when_the_inviter_said_so(desk: Browser, browser: Browser, ticked: bool) -> None:
    page = browser.open(invite(desk, lesson="water/check", **({"answers": "y"} if ticked else {})))
    assert "Who shut the gate?" in page.text
    assert "Nobody: a bank fell" in page.text
    for secret in ("Right:", "FEEDBACK-BANK", "EXPLAIN-ONE", "1992", "gate – a door for water"):
        assert (secret in page.text) is ticked, secret
    steps = page.text.index("Hear both sides") < page.text.index("See the gate")
    assert steps is not ticked, "without the answers the steps stand in the order of the alphabet"


def test_a_link_to_what_learners_read_shows_no_draft(desk: Browser, browser: Browser) -> None:
    page = browser.open(invite(desk, source="live"))
    assert "narrow" not in page.text
    assert "Two villages share one canal" in page.text


def test_a_lesson_that_is_gone_is_said_to_be(desk: Browser, browser: Browser, session: Session, tariq: Member) -> None:
    address = invite(desk)
    write(session, tariq, {LESSON: None})
    assert "no longer part of the course" in browser.open(address).text


def test_a_guest_cannot_flood_the_course(desk: Browser, browser: Browser) -> None:
    address = invite(desk)
    token = browser.csrf()
    statuses = [
        browser.client.post(f"{address}?place=0", data={"csrf_token": token, "name": "x", "text": "y"}).status_code
        for _ in range(COMMENTS.times + 1)
    ]
    assert statuses[-1] == 429
    assert set(statuses[:-1]) == {303}


def test_only_those_who_write_the_course_invite(desk: Browser, lena: Member) -> None:
    assert desk.signed_in(lena).open(GUESTS).status == 403
    page = desk.open(GUESTS).submit("Make the link", guest="", lesson="water/canal", days="400")
    assert page.status == 422
    assert len(page.errors) == 2


def test_a_task_is_shown_with_what_it_is_judged_by(desk: Browser, browser: Browser) -> None:
    page = browser.open(invite(desk, lesson="water/map"))
    assert "Draw a map of the quarrel." in page.text
    assert "Actors (4): All of them." in page.text
