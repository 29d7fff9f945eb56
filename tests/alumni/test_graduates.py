"""Those who finished before: a messy table, letters, answers, and who sees them when."""

import io
import re
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from flask import Flask
from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from academy import clock
from academy.audit.models import AuditEntry
from academy.mail.models import Letter
from academy.people import alumnus, data_rights
from academy.people.models import Member
from academy.spreadsheets import reading
from alumni.graduates import inviting, queries, service
from alumni.graduates.models import EarlierGraduate, GraduateImport, PastCohort
from alumni.graduates.outcomes import Outcome
from tests import makers
from tests.alumni.messy_graduates import as_csv, as_xlsx, messy
from tests.browser import Browser, Page
from tests.queries import QueryCount

T = TypeVar("T")
LIST: list[list[Any]] = [["Name", "Email", "Year"], ["Ana Qodirova", "ana@example.org", 2019], ["Zoya", "", 2019]]
PASSWORD = "nine slow boats upriver"
TWICE, MAYBE = Outcome.TWICE, Outcome.MAYBE
LONGEST = 10.0  # seconds of CPU for two thousand rows, from the table to the list; it takes two


def brought(browser: Browser, content: bytes, name: str = "graduates.xlsx") -> Page:
    """Ada brings a table and takes its columns as they are guessed; the page says what becomes of each row."""
    file = FileStorage(io.BytesIO(content), name)
    return browser.open("/admin/graduates/upload").submit("Look at it", file=file).submit("Look at the rows")


def taken(browser: Browser, content: bytes) -> Page:
    return brought(browser, content).submit("Write down")


def graduates(session: Session) -> list[EarlierGraduate]:
    return read(session, select(EarlierGraduate).order_by(EarlierGraduate.id))


def read(session: Session, wanted: Select[T]) -> list[T]:
    """Rows as they are now, without keeping the database from the pages."""
    session.rollback()
    session.expire_all()
    found = list(session.scalars(wanted))
    for each in found:
        if isinstance(each, EarlierGraduate | Letter):
            session.expunge(each)
    session.rollback()
    return found


def letters(app: Flask, session: Session) -> list[Letter]:
    session.rollback()
    with app.app_context():
        inviting.pump(clock.now())
    return read(session, select(Letter).order_by(Letter.id))


def standing(session: Session, who: int) -> datetime | None:
    (since,) = read(session, select(Member.alumnus_since).where(Member.id == who))
    return since


def link_in(letter: Letter) -> str:
    found = re.search(r"/alumni/invited/\S+", letter.text)
    assert found is not None
    return found[0]


@pytest.fixture
def hers(browser: Browser, ada: Member) -> Browser:
    """Ada's browser."""
    return browser.signed_in(ada)


@pytest.mark.slow
def test_two_thousand_messy_graduates(app: Flask, hers: Browser, session: Session) -> None:
    sheet, spent = messy(), time.process_time()
    page = brought(hers, as_xlsx(sheet.rows))
    twice, perhaps = (sum(1 for right in sheet.right.values() if right is each) for each in (TWICE, MAYBE))
    assert f"Perhaps there already {perhaps}" in page.text
    assert f"Twice in the table {twice}" in page.text
    assert graduates(session) == [], "nothing is written before she has seen whom the table doubles"
    session.rollback()
    number = int(page.url.rpartition("/")[2].partition("?")[0])
    with app.test_request_context(), app.extensions["academy.database"].reading() as own:
        draft = service.draft_of(own, number)
        assert draft is not None
        found = {each.line.number: each.outcome for each in service.judge(own, draft, clock.now())}
    assert {row: (found.get(row), right) for row, right in sheet.right.items() if found.get(row) != right} == {}
    assert set(found) == set(sheet.right)
    written = page.submit("Write down") if "Write down" in page.text else page.follow("Go on").submit("Write down")
    new = sum(1 for right in sheet.right.values() if right is Outcome.NEW)
    assert written.notice == f"Done {new:,} people are now on the list."
    assert time.process_time() - spent < LONGEST
    assert len(graduates(session)) == new
    again = brought(hers, as_xlsx(sheet.rows))
    assert not [form for form in again.forms() if any("Write down" in label for label in form.submits)]
    assert len(graduates(session)) == new
    assert session.scalars(select(PastCohort.year).order_by(PastCohort.year)).all() == list(range(2019, 2025))
    said = session.scalars(select(AuditEntry.detail).where(AuditEntry.action == "graduates.imported")).all()
    assert said == [f"added {new}, completed 0, rows {len(sheet.right)}"]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (as_csv([["Имя", "Почта"], ["Ёлкин", "e@x.org"]], "cp1251"), [["Имя", "Почта"], ["Ёлкин", "e@x.org"]]),
        (
            as_csv([["Name", "Mail"], ["Zoë Müller", "z@x.org"]], "cp1252"),
            [["Name", "Mail"], ["Zoë Müller", "z@x.org"]],
        ),
        (as_csv([["نام", "Mail"], ["فریده", "f@x.org"]], "utf-16"), [["نام", "Mail"], ["فریده", "f@x.org"]]),
        (as_csv([["Имя", "Год"], ["Ия", "2019"]], "utf-16-le"), [["Имя", "Год"], ["Ия", "2019"]]),
        (b'\xef\xbb\xbfsep=,\r\nName,Year\r\n"A; B",2019\r\n\r\n', [["Name", "Year"], ["A; B", "2019"]]),
        (b"Name\tYear\nA, B\t2019\n", [["Name", "Year"], ["A, B", "2019"]]),
        (b"Name\nAna\n", [["Name"], ["Ana"]]),
    ],
)
def test_tables_are_read_however_they_were_saved(app: Flask, content: bytes, rows: list[list[str]]) -> None:
    del app
    assert reading.read(content).rows == rows


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 not really", "This file cannot be read as a table."),
        (b"\n\n", "There is nothing in this file."),
        (b"a\n" * 10_002, "This table has more than"),
    ],
)
def test_what_is_no_table_is_said_beside_the_field(hers: Browser, content: bytes, sentence: str) -> None:
    page = hers.open("/admin/graduates/upload").submit("Look at it", file=FileStorage(io.BytesIO(content), "x.xlsx"))
    assert (page.status, page.errors[0].startswith(sentence)) == (422, True)
    assert hers.open("/admin/graduates/upload").submit("Look at it").errors == ["Choose a file first."]


def test_ada_says_what_the_columns_hold(hers: Browser, session: Session) -> None:
    rows = [["Who", "Where to write"], ["Ana", "ana@example.org"]]
    file = FileStorage(io.BytesIO(as_csv(rows, "utf-8")), "g.csv")
    page = hers.open("/admin/graduates/upload").submit("Look at it", file=file)
    refused = page.submit("Look at the rows", **{"column-0": ""}, year="2019")
    assert (refused.status, "Say in which column the names are." in refused.text) == (422, True)
    assert refused.form("Look at").values["year"] == "2019"
    assert "Two columns cannot hold the same." in page.submit("Look at the rows", **{"column-0": "email"}).text
    page.submit("Look at the rows", **{"column-0": "name"}, year="2019", cohort="First").submit("Write down")
    (one,) = graduates(session)
    assert (one.name, one.email, one.state) == ("Ana", "ana@example.org", "listed")
    assert session.scalars(select(PastCohort.name)).all() == ["First"]


def test_a_row_like_somebody_waits_for_a_tick(hers: Browser, session: Session) -> None:
    taken(hers, as_xlsx(LIST))
    rows = [LIST[0], ["Qodirova Ana", "ana2@example.org", 2019], ["Zoya", "zoya@example.org", 2019]]
    page = brought(hers, as_xlsx(rows))
    assert "Somebody with this name and year is known" in page.text
    page.submit("Write down")
    assert [(one.name, one.email) for one in graduates(session)] == [
        ("Ana Qodirova", "ana@example.org"),
        ("Zoya", "zoya@example.org"),  # she was there without an address
    ]
    brought(hers, as_xlsx(rows)).submit("Write down", row="2")
    assert [one.email for one in graduates(session)] == ["ana@example.org", "zoya@example.org", "ana2@example.org"]


def test_a_table_can_be_thrown_away_and_goes_by_itself(hers: Browser, session: Session) -> None:
    page = brought(hers, as_xlsx(LIST)).submit("Throw the table away")
    assert page.notice == "Done Thrown away. Nothing of it was kept."
    brought(hers, as_xlsx(LIST))
    session.rollback()
    service.discard_old(session, clock.now() + timedelta(days=6))
    session.commit()
    assert len(session.scalars(select(GraduateImport.id)).all()) == 1
    service.discard_old(session, clock.now() + timedelta(days=8))
    assert session.scalars(select(GraduateImport.id)).all() == []


def test_ana_is_invited_and_says_yes_with_her_account(
    app: Flask, browser: Browser, hers: Browser, session: Session
) -> None:
    ana = makers.member(session, "Ana", language="ru")
    own = browser.signed_in(ana)
    taken(hers, as_xlsx(LIST))
    assert hers.open("/admin/graduates/invite").submit("Send the letters").notice == "Done 1 letter goes out."
    (letter,) = letters(app, session)
    assert (letter.to_email, letter.subject, letter.language) == ("ana@example.org", "Вопрос к вам", "ru")
    assert "Qodirova" not in letter.text + letter.html
    assert queries.cohorts_of(session, [ana.id]) == {ana.id: []}
    session.rollback()
    page = own.open(link_in(letter))
    assert (page.heading, "Qodirova" in page.text) == ("Did you finish our course?", False)
    page = page.submit("Yes, that is me")
    assert page.notice == "Done Welcome back. You are among the graduates now."
    assert standing(session, ana.id) is not None
    (cohort,) = queries.cohorts_of(session, [ana.id])[ana.id]
    assert (cohort.name, cohort.year) == ("2019", 2019)
    assert queries.keys_of(session, ana.id) == {cohort.key}
    assert session.scalars(queries.members_of([cohort.key])).all() == [ana.id]
    assert data_rights_of(app, session, ana)["entries"][0]["year"] == 2019
    session.rollback()
    assert own.post(link_in(letter) + "/yes").notice == "", "a second click changes nothing"


def data_rights_of(app: Flask, session: Session, who: Member) -> dict[str, list[dict[str, object]]]:
    with app.app_context():
        known: dict[str, list[dict[str, object]]] = data_rights.export(session, who.id)["earlier_graduate"]
    return known


def test_whoever_has_no_account_gets_one_behind_the_link(
    app: Flask, browser: Browser, hers: Browser, session: Session
) -> None:
    taken(hers, as_xlsx(LIST))
    hers.open("/admin/graduates/invite").submit("Send the letters")
    (letter,) = letters(app, session)
    assert letter.subject == "A question for you · Вопрос к вам"
    assert "Мы полагаем" in letter.text
    page = browser.open(link_in(letter))
    wrong = page.submit("Make the account", display_name="Pen", password="short")
    assert (wrong.status, wrong.form("Make the account").values["display_name"]) == (422, "Pen")
    page = page.submit("Make the account", display_name="Pen", password=PASSWORD)
    assert page.heading == "Sign in"
    session.rollback()
    made = session.scalars(select(Member).where(Member.email_key == "ana@example.org")).one()
    assert (made.state, made.display_name, made.alumnus_since is not None) == ("active", "Pen", True)
    assert graduates(session)[0].member_id == made.id


def test_not_me_forgets_the_address_for_good(app: Flask, browser: Browser, hers: Browser, session: Session) -> None:
    taken(hers, as_xlsx(LIST))
    hers.open("/admin/graduates/invite").submit("Send the letters")
    (letter,) = letters(app, session)
    page = browser.open(link_in(letter)).submit("This is not me")
    assert page.heading == "Thank you for your answer"
    one = graduates(session)[0]
    assert (one.state, one.email, "ana" in one.email_key) == ("refused", "", False)
    assert read(session, select(Letter.id)) == []
    assert "Is on the list already." in brought(hers, as_xlsx(LIST)).text
    browser.post(link_in(letter) + "/yes")
    assert graduates(session)[0].state == "refused"


def test_an_invitation_ends_is_sent_again_and_taken_back(
    app: Flask, browser: Browser, hers: Browser, session: Session, max_: Member
) -> None:
    number, his = max_.id, browser.signed_in(max_)
    taken(hers, as_xlsx(LIST))
    hers.open("/admin/graduates/invite").submit("Send the letters")
    (first,) = letters(app, session)
    where = f"/admin/graduates/{graduates(session)[0].id}"
    assert "Send a letter again" not in hers.open(where).text, "one a day"
    assert hers.post(where + "/invite").status == 409
    late = clock.now() - timedelta(days=31)
    session.execute(update(EarlierGraduate).values(invited_at=late, expires_at=late))
    session.commit()
    assert browser.open(link_in(first)).status == 404
    hers.open(where).submit("Send a letter again")
    second = letters(app, session)[-1]
    assert (browser.open(link_in(first)).status, browser.open(link_in(second)).status) == (404, 200)
    his.open(link_in(second)).submit("Yes, that is me")
    assert standing(session, number) is not None
    hers.open(where).follow("Take it back").submit("Take it back")
    assert (standing(session, number), graduates(session)[0].state) == (None, "withdrawn")
    assert browser.open(link_in(second)).status == 404


def test_standing_has_several_grounds_and_counts_from_the_earliest(app: Flask, session: Session, max_: Member) -> None:
    early, late = makers.LONG_AGO, makers.LONG_AGO + timedelta(days=9)
    given = {"early": [(max_.id, early)], "late": [(max_.id, late)]}
    with app.app_context():
        grounds = app.extensions["academy.alumnus_grounds"]
        before = list(grounds)
        try:
            alumnus.add_ground(lambda _session, _ids: given["early"])
            alumnus.add_ground(lambda _session, _ids: given["late"])
            steps = []
            for name in ("", "early", "late"):
                given[name] = []
                alumnus.settle(session, member_ids=[max_.id], by=None, now=clock.now())
                session.refresh(max_)
                steps.append(max_.alumnus_since)
        finally:
            grounds[:] = before
    assert steps == [early, late, None]


def test_ada_writes_one_person_down_and_corrects_it(hers: Browser, session: Session) -> None:
    page = hers.open("/admin/graduates/add").submit("Save", name="Zoya", year="2018", email="zoya@example.org")
    assert (page.heading, "2018" in page.text) == ("Zoya", True)
    doubled = hers.open("/admin/graduates/add").submit("Save", name="Ana", year="2018", email="ZOYA@example.org")
    assert doubled.errors == ["Somebody else on the list has this address."]
    assert doubled.form("Save").values["name"] == "Ana"
    late = hers.open("/admin/graduates/add").submit("Save", name="Ana", year="2099")
    assert late.errors == ["This year is still to come."]
    page.follow("Correct").submit("Save", name="Zoya Test", year="2017", cohort="Winter", country="KG")
    (one,) = graduates(session)
    assert (one.name, one.name_key, one.country) == ("Zoya Test", "test zoya", "KG")
    assert read(session, select(PastCohort.name).order_by(PastCohort.id)) == ["2018", "Winter"]
    assert "Zoya Test" in hers.open("/admin/graduates/?q=zoy").text
    assert "Nobody fits." in hers.open("/admin/graduates/?q=nobody").text


def test_the_list_costs_as_much_with_two_hundred_rows(
    hers: Browser, session: Session, query_count: Callable[[], AbstractContextManager[QueryCount]]
) -> None:
    taken(hers, as_xlsx(LIST))
    with query_count() as few:
        hers.open("/admin/graduates/")
    taken(hers, as_xlsx([LIST[0], *([f"Person {chr(97 + n // 20)}{chr(97 + n % 20)}", "", 2019] for n in range(200))]))
    assert len(graduates(session)) == 202
    session.rollback()
    with query_count() as many:
        hers.open("/admin/graduates/")
    assert few.total == many.total


def test_what_a_table_costs_does_not_grow_with_its_rows(
    app: Flask, hers: Browser, query_count: Callable[[], AbstractContextManager[QueryCount]]
) -> None:
    del app
    totals = []
    for count in (2, 200):
        rows = [[f"Person {chr(97 + n // 20)}{chr(97 + n % 20)}", f"p{n}@example.org", 2019] for n in range(count)]
        page = brought(hers, as_xlsx([LIST[0], *rows]))
        with query_count() as counted:
            hers.open(page.url)
        totals.append(counted.total)
    assert totals[0] == totals[1]


def test_an_erased_graduate_is_on_no_list_and_in_no_table(app: Flask, hers: Browser, session: Session) -> None:
    ana = makers.member(session, "Ana")
    taken(hers, as_xlsx(LIST))
    brought(hers, as_xlsx([*LIST, ["Somebody", "s@example.org", 2019]]))
    session.rollback()
    with app.app_context():
        data_rights.erase(session, ana.id)
        session.commit()
    assert [one.name for one in graduates(session)] == ["Zoya"]
    assert "ana@example.org" not in str(session.scalars(select(GraduateImport.rows)).all())
