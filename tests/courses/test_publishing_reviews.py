"""A second pair of eyes: asking, reading, commenting, approving exactly what is there, and being required."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.notices.models import AT_ONCE, Notice
from academy.people import data_rights
from academy.people.models import Member
from courses.publishing.models import DraftComment, Review
from tests import makers
from tests.browser import Browser
from tests.courses.publishing_stage import LESSON, PUBLISH, SLUG, TASK, begin, changed, live, publish, text, write

REVIEWS = f"/teach/{SLUG}/reviews/"
COMPARE = f"/teach/{SLUG}/editions/compare/{LESSON}?old=1&new=draft"


@pytest.fixture
def olga(session: Session) -> Member:
    """Olga reviews this course and does nothing else in it."""
    return makers.member(session, "Olga", roles=(("reviewer", f"course:{SLUG}"),))


@pytest.fixture
def omar(session: Session) -> Member:
    """Omar owns this course."""
    return makers.member(session, "Omar", roles=(("owner", f"course:{SLUG}"),))


@pytest.fixture
def desk(browser: Browser, session: Session, tariq: Member, olga: Member) -> Browser:
    """Tariq at his desk, with a change in the draft that Olga was asked to review."""
    del olga
    begin(session, tariq)
    write(session, tariq, {LESSON: changed()})
    desk = browser.signed_in(tariq)
    page = desk.open(REVIEWS)
    page.submit("Ask", reviewer=str(reviewer(session)), request="Is the canal narrow?")
    return desk


def reviewer(session: Session) -> int:
    found = session.scalars(select(Member.id).where(Member.display_name == "Olga")).one()
    session.commit()
    return found


def number(session: Session) -> int:
    found = session.scalars(select(Review.id).order_by(Review.id.desc())).first()
    session.commit()
    assert found is not None
    return found


def test_whoever_is_asked_hears_of_it_and_finds_it_on_the_desk(desk: Browser, session: Session, olga: Member) -> None:
    notice = session.scalars(select(Notice).where(Notice.member_id == olga.id)).one()
    session.commit()
    assert (notice.kind, notice.mail, notice.url) == ("review_asked", AT_ONCE, f"{REVIEWS}{number(session)}")
    olgas = desk.signed_in(olga)
    assert olgas.open("/teach/").follow("Review the draft of “First steps”").url == notice.url
    page = olgas.open(notice.url)
    assert "Is the canal narrow?" in page.text
    assert "narrow" in " ".join(node.to_text() for node in page.all("ins"))


def test_an_approval_lets_the_draft_be_published(desk: Browser, session: Session, olga: Member, omar: Member) -> None:
    desk.signed_in(omar).open(REVIEWS).submit("Save", required="y")
    page = desk.open(PUBLISH)
    assert "nobody has approved the draft as it is now" in page.text
    assert page.all("button[disabled]")
    refused = desk.send(PUBLISH, page.form("Publish edition 2").values)
    assert refused.status == 409
    assert "This course asks for a review by a second person" in refused.text
    given = desk.signed_in(olga).open(f"{REVIEWS}{number(session)}").submit("Give the verdict", verdict="approved")
    assert "Approved" in given.text
    assert "Olga approved the draft" in desk.open("/my/notices").text
    done = desk.open(PUBLISH).submit("Publish edition 2")
    assert done.status == 200
    assert live(session).edition_number == 2
    assert "approved by Olga" in done.text
    entries = set(session.scalars(select(AuditEntry.action)))
    assert {"course.review_rule", "draft.review_approved", "edition.published"} <= entries


def test_any_later_change_ends_an_approval_and_the_page_says_so(
    desk: Browser, session: Session, tariq: Member, olga: Member, omar: Member
) -> None:
    desk.signed_in(omar).open(REVIEWS).submit("Save", required="y")
    desk.signed_in(olga).open(f"{REVIEWS}{number(session)}").submit("Give the verdict", verdict="approved")
    write(session, tariq, {TASK: text(TASK) + "\nWith colours.\n"})
    page = desk.open(PUBLISH)
    assert "Approved, then changed" in page.text
    assert "nobody has approved the draft as it is now" in page.text
    assert desk.send(PUBLISH, page.form("Publish edition 2").values).status == 409
    write(session, tariq, {TASK: text(TASK)})
    assert desk.open(PUBLISH).submit("Publish edition 2").status == 200


def test_nobody_approves_their_own_work(desk: Browser, session: Session, tariq: Member, omar: Member) -> None:
    assert "Tariq" not in str(desk.open(REVIEWS).all("select")[0].to_text())
    page = desk.open(f"{REVIEWS}{number(session)}")
    assert "You changed this draft yourself" in page.text
    refused = page.submit("Give the verdict", verdict="approved")
    assert (refused.status, "you cannot approve it" in refused.text) == (403, True)
    assert page.submit("Give the verdict", verdict="changes", answer="A map is missing.").status == 200
    omars = desk.signed_in(omar)
    omars.open(REVIEWS)
    write(session, omar, {TASK: text(TASK) + "\nMore.\n"})
    del tariq


def test_whoever_approved_and_then_wrote_counts_no_longer(
    desk: Browser, session: Session, olga: Member, omar: Member
) -> None:
    desk.signed_in(omar).open(REVIEWS).submit("Save", required="y")
    desk.signed_in(olga).open(f"{REVIEWS}{number(session)}").submit("Give the verdict", verdict="approved")
    write(session, olga, {TASK: text(TASK) + "\nMore.\n"})
    write(session, olga, {TASK: text(TASK)})
    assert "nobody has approved the draft as it is now" in desk.open(PUBLISH).text


def test_a_draft_that_changed_while_it_was_read_is_read_again(
    desk: Browser, session: Session, tariq: Member, olga: Member
) -> None:
    page = desk.signed_in(olga).open(f"{REVIEWS}{number(session)}")
    write(session, tariq, {TASK: text(TASK) + "\nWith colours.\n"})
    again = page.submit("Give the verdict", verdict="approved")
    assert again.status == 409
    assert "The draft was changed while you read it." in again.text
    assert "A map" in again.text
    assert again.submit("Give the verdict", verdict="approved").status == 200


def test_changes_are_not_asked_for_without_a_word(desk: Browser, session: Session, olga: Member) -> None:
    page = desk.signed_in(olga).open(f"{REVIEWS}{number(session)}").submit("Give the verdict", verdict="changes")
    assert (page.status, page.errors) == (422, ["Please say what should be changed."])


def test_one_person_is_asked_once_and_can_be_spared(desk: Browser, session: Session) -> None:
    again = desk.open(REVIEWS).submit("Ask", reviewer=str(reviewer(session)))
    assert (again.status, again.errors) == (
        409,
        ["This person was asked for a review already and has not answered yet."],
    )
    desk.open(f"{REVIEWS}{number(session)}").submit("No longer ask for this review")
    assert "No longer asked for" in desk.open(REVIEWS).text


def test_only_an_owner_makes_a_review_required(desk: Browser, olga: Member, omar: Member) -> None:
    assert "The rule of this course" not in desk.open(REVIEWS).text
    assert desk.post(f"{REVIEWS}rule", {"required": "y"}).status == 403
    assert desk.signed_in(olga).post(f"{REVIEWS}rule", {"required": "y"}).status == 403
    page = desk.signed_in(omar).open(REVIEWS).submit("Save", required="y")
    assert "only after a second person has approved it" in page.text


def test_a_comment_stays_with_its_line_and_is_settled(
    desk: Browser, session: Session, tariq: Member, olga: Member
) -> None:
    line = changed().splitlines().index("Two villages share one *narrow* canal.[^1]") + 1
    page = desk.signed_in(olga).open(f"{COMPARE}&line={line}")
    assert "Two villages share one *narrow* canal." in page.text_of("blockquote")
    page.submit("Keep the comment", text="Narrower than what?")
    write(session, tariq, {LESSON: changed().replace("## A gate\n", "## A gate\n\nA new paragraph.\n")})
    listed = desk.open(f"/teach/{SLUG}/comments")
    assert "Narrower than what?" in listed.text
    assert f"/teach/{SLUG}/draft/{LESSON}?line={line + 2}#source" in [address for _, address in listed.links()]
    beside = desk.open(f"/teach/{SLUG}/draft/{LESSON}").text_of("#findings")
    assert f"Line {line + 2} Olga : Narrower than what?" in " ".join(beside.split())
    settled = listed.submit("Settled")
    assert "No comment is open." in settled.text
    assert "Narrower than what?" in desk.open(f"/teach/{SLUG}/comments?settled=yes").text


def test_a_comment_without_words_or_on_no_line_is_typed_again(desk: Browser, olga: Member) -> None:
    page = desk.signed_in(olga).open(COMPARE)
    assert page.submit("Keep the comment", text="").status == 422
    assert page.submit("Keep the comment", text="On all of it.", line="x").status == 422
    assert page.submit("Keep the comment", text="On all of it.", line="").status == 200


def test_an_approved_draft_that_was_published_begins_anew(
    desk: Browser, session: Session, tariq: Member, olga: Member
) -> None:
    desk.signed_in(olga).open(f"{REVIEWS}{number(session)}").submit("Give the verdict", verdict="approved")
    publish(session, tariq)
    write(session, tariq, {TASK: text(TASK) + "\nWith colours.\n"})
    assert "Nobody was asked to review this draft." in desk.open(PUBLISH).text


def test_who_leaves_takes_their_name_along(desk: Browser, session: Session, olga: Member) -> None:
    desk.signed_in(olga).open(COMPARE).submit("Keep the comment", text="Which two?")
    with desk.app.app_context():
        known = data_rights.export(session, olga.id)["publishing"]
        assert [each["text"] for each in known["comments"]] == ["Which two?"]
        data_rights.erase(session, olga.id)
    session.commit()
    assert session.scalars(select(Review.reviewer_id)).all() == [None]
    assert session.scalars(select(DraftComment.author_id)).all() == [None]
    session.commit()
    assert "Somebody who has left" in desk.open(f"/teach/{SLUG}/comments").text
