"""Notices: what members are told, where, in whose language, and how often."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.i18n import ngettext
from academy.mail.models import Letter
from academy.notices import kinds, letters, service, stopping
from academy.notices.models import AT_ONCE, DAILY, NEVER, Notice, NoticeChoice
from academy.people.models import ACTIVE, ERASED, SUSPENDED, Member
from tests.browser import Browser
from tests.queries import QueryCount

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
WATERED = kinds.Kind("test_watered", _l("Somebody waters your tree"), _l("%(who)s watered your tree."), mail=AT_ONCE)
GROWN = kinds.Kind(
    "test_grown",
    _l("Your tree grows"),
    lambda values: ngettext("Your tree has %(num)s leaf.", "Your tree has %(num)s leaves.", int(str(values["leaves"]))),
    mail=DAILY,
)


@pytest.fixture(autouse=True)
def _trees(app: Flask) -> Iterator[None]:
    """Two kinds of a feature that exists for these tests."""
    with app.app_context():
        known = kinds.all_kinds()
        kinds.add(WATERED)
        kinds.add(GROWN)
    yield
    del known[WATERED.name], known[GROWN.name]


def water(app: Flask, session: Session, *members: Member, key: str | None = None) -> None:
    told = [member.id for member in members]
    with app.app_context():
        service.tell(
            session, member_ids=told, kind=WATERED.name, values={"who": "Ana"}, url="/my/notices", now=NOW, key=key
        )
    session.commit()


def grow(app: Flask, session: Session, member: Member, leaves: int) -> None:
    with app.app_context():
        values = {"leaves": leaves}
        service.tell(session, member_ids=[member.id], kind=GROWN.name, values=values, url="/my/notices", now=NOW)
    session.commit()


def unread(session: Session, member: Member) -> int:
    session.refresh(member)
    number = member.unread
    session.commit()
    return number


def texts(session: Session) -> list[str]:
    found = list(session.scalars(select(Letter.text).order_by(Letter.id)))
    session.commit()
    return found


def test_lena_is_told_and_the_bell_counts(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    water(app, session, lena)
    page = browser.signed_in(lena).open("/my/notices")
    assert "Ana watered your tree." in page.text
    assert unread(session, lena) == 1
    assert "1 new notice" in page.source


def test_opening_a_notice_marks_it_and_leads_to_what_it_is_about(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    water(app, session, lena)
    water(app, session, lena)
    page = browser.signed_in(lena).open("/my/notices").submit("Open it")
    assert page.status == 200
    assert unread(session, lena) == 1


def test_all_notices_are_marked_at_once(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    water(app, session, lena)
    grow(app, session, lena, 2)
    page = browser.signed_in(lena).open("/my/notices").submit("Mark all as read")
    assert "All notices are marked as read." in page.notice
    assert unread(session, lena) == 0


def test_max_cannot_open_a_notice_of_lena(
    app: Flask, session: Session, browser: Browser, lena: Member, max_: Member
) -> None:
    water(app, session, lena)
    number = session.scalars(select(Notice.id)).one()
    session.commit()
    assert browser.signed_in(max_).client.post(f"/my/notices/{number}").status_code in {400, 404}
    assert unread(session, lena) == 1


def test_what_is_told_twice_under_one_key_is_told_once(app: Flask, session: Session, lena: Member, ana: Member) -> None:
    water(app, session, lena, key="tree:1")
    water(app, session, lena, ana, key="tree:1")
    assert (unread(session, lena), unread(session, ana)) == (1, 1)


def test_a_suspended_member_is_told_nothing(app: Flask, session: Session, lena: Member) -> None:
    lena.state = SUSPENDED
    session.commit()
    water(app, session, lena)
    lena.state = ACTIVE
    assert unread(session, lena) == 0


def test_a_letter_follows_at_once_and_only_once(app: Flask, session: Session, lena: Member) -> None:
    water(app, session, lena)
    with app.app_context():
        letters.pump(NOW)
        letters.pump(NOW + timedelta(minutes=1))
    (text,) = texts(session)
    assert "Ana watered your tree." in text


def test_daily_notices_come_in_one_letter_without_those_already_read(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    grow(app, session, lena, 1)
    browser.signed_in(lena).open("/my/notices").submit("Open it")
    grow(app, session, lena, 2)
    grow(app, session, lena, 3)
    with app.app_context():
        letters.daily({}, NOW + timedelta(hours=12))
        letters.daily({}, NOW + timedelta(hours=13))
    (text,) = texts(session)
    assert ("1 leaf" in text, "2 leaves" in text, "3 leaves" in text) == (False, True, True)


def test_notices_speak_the_language_of_the_reader(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    grow(app, session, lena, 3)
    page = browser.signed_in(lena).speaking("fa").open("/my/notices")
    assert "۳" in page.text


def test_lena_chooses_how_she_is_told(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    choices = browser.signed_in(lena).open("/my/notices/choices")
    fields = choices.form("Keep these choices").values
    assert (fields["site-test_watered"], fields["mail-test_watered"]) == (["y"], [AT_ONCE])
    page = choices.submit("Keep these choices", **{"site-test_watered": [], "mail-test_watered": NEVER})
    assert "Your choices are kept." in page.notice
    water(app, session, lena)
    with app.app_context():
        letters.pump(NOW)
    assert (unread(session, lena), texts(session)) == (0, [])


def test_letters_are_stopped_from_a_letter_without_signing_in(
    app: Flask, session: Session, browser: Browser, lena: Member
) -> None:
    with app.app_context():
        token = stopping.token(lena.id, WATERED.name)
    page = browser.open(f"/notices/stop/{token}")
    water(app, session, lena)
    assert session.scalars(select(Notice.mail)).one() == AT_ONCE  # opening the page changed nothing
    session.commit()
    assert "No more letters of this kind" in page.submit("Stop these letters").text
    water(app, session, lena)
    assert session.scalars(select(Notice.mail).order_by(Notice.id.desc()).limit(1)).one() == NEVER
    assert browser.open(f"/notices/stop/{token}x").status == 404


def way_out(session: Session) -> str:
    session.expire_all()
    headers = session.scalars(select(Letter.headers).order_by(Letter.id)).all()[-1]
    session.commit()
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    return headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")


def test_a_mail_service_stops_the_daily_letter_by_one_post_without_a_page_or_a_cookie(
    app: Flask, session: Session, lena: Member
) -> None:
    grow(app, session, lena, 2)
    with app.app_context():
        letters.daily({}, NOW)
    stop = way_out(session)
    grow(app, session, lena, 3)
    client = app.test_client()
    assert client.post(f"{stop}x", data={"List-Unsubscribe": "One-Click"}).status_code == 404
    answer = client.post(stop, data={"List-Unsubscribe": "One-Click"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.data) == (204, b"")
    water(app, session, lena)
    with app.app_context():
        letters.daily({}, NOW + timedelta(days=1))
        letters.pump(NOW + timedelta(days=1))
    assert ["watered" in text for text in texts(session)] == [False, True]  # what comes at once still does


def test_a_link_in_an_old_letter_keeps_nothing_of_somebody_who_was_erased(
    app: Flask, session: Session, lena: Member
) -> None:
    with app.app_context():
        stop = stopping.address(lena.id, WATERED.name).removeprefix("http://localhost")
    lena.state = ERASED
    session.commit()
    assert app.test_client().post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    assert session.scalars(select(NoticeChoice)).all() == []


@pytest.mark.parametrize("many", [2, 200])
def test_the_page_asks_two_questions_however_long_the_list(
    app: Flask,
    session: Session,
    browser: Browser,
    lena: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
    many: int,
) -> None:
    for _number in range(many):
        water(app, session, lena)
    signed_in = browser.signed_in(lena)
    with query_count() as count:
        signed_in.open("/my/notices")
    assert count.total == 2


def test_older_notices_are_on_further_pages(app: Flask, session: Session, browser: Browser, lena: Member) -> None:
    for leaves in range(1, 26):
        grow(app, session, lena, leaves)
    page = browser.signed_in(lena).open("/my/notices")
    assert "25 leaves" in page.text
    assert "has 1 leaf" not in page.text
    assert "has 1 leaf" in page.follow("Older notices").text


def test_five_hundred_members_are_told_in_a_few_statements(
    app: Flask, session: Session, lena: Member, query_count: Callable[[], AbstractContextManager[QueryCount]]
) -> None:
    with query_count() as count:
        water(app, session, lena)
    assert count.total == 3
