"""Names before the ceremony, groups of the register, its file, its readers; certificates without a course."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy.notices.models import Notice
from academy.people.models import Member
from courses.certificates import naming, templates, wishes
from courses.certificates.kinds import Wish
from courses.certificates.models import Certificate, CertificateBatch, CertificateName, CertificateTemplate
from tests import makers
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON, REGISTER, SLUG
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
READ = ("water/canal",)
SUMMER = {"kind": "service", "hours": "20", "months": "0", "title_en": "A summer of service", "title_ru": "Лето"}


@pytest.fixture
def hers(browser: Browser, session: Session, ada: Member) -> Browser:
    """Ada's browser; there is a course."""
    certified.course(session)
    return browser.signed_in(ada)


@pytest.fixture
def template(hers: Browser) -> str:
    """The page of a certificate for service."""
    made = hers.open("/admin/certificates/without-course/new").submit(**SUMMER)
    assert made.heading == "A summer of service"
    return made.url


def notices(session: Session, who: Member) -> int:
    found = session.scalar(select(func.count()).where(Notice.member_id == who.id)) or 0
    session.rollback()
    return found


def test_lena_agrees_to_her_name_in_two_scripts(
    app: Flask, browser: Browser, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena)
    assert "name not checked yet" in hers.open(REGISTER).text
    page = browser.signed_in(lena).open("/my/certificates")
    assert "Please check your name" in page.text
    twice = page.submit("Save the name", second_name=" Елена  Сәтбекқызы")
    assert (twice.status, "This is the same name in the same script." in twice.text) == (422, True)
    saved = page.submit("Save the name", second_name="Elena Satbekkyzy")
    assert "Please check your name" not in saved.text
    row = hers.open(REGISTER).text_of(".pick")
    assert row == "Lena Елена Сәтбекқызы · Elena Satbekkyzy · name checked"
    hers.open(REGISTER).submit("everybody who is ready")
    certified.work(app)
    held = session.scalars(select(Certificate)).one()
    assert (held.holder_name, held.second_name) == ("Елена Сәтбекқызы", "Elena Satbekkyzy")


def test_another_name_in_the_account_has_to_be_looked_at_again(
    browser: Browser, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena)
    browser.signed_in(lena).open("/my/certificates").submit("Save the name")
    assert "name checked" in hers.open(REGISTER).text
    browser.signed_in(lena).open("/account/name").submit(legal_name="Lena Other")
    assert "name not checked yet" in hers.open(REGISTER).text


def test_ada_asks_those_who_have_not_looked_and_nobody_twice(
    app: Flask, browser: Browser, hers: Browser, session: Session, lena: Member, max_: Member
) -> None:
    certified.learns(session, lena)
    certified.learns(session, max_)
    browser.signed_in(lena).open("/my/certificates").submit("Save the name")
    page = hers.open(REGISTER)
    assert "1 person was asked" in page.submit("Ask them to check").notice
    assert "Nobody had to be asked" in page.submit("Ask them to check").notice
    assert (notices(session, lena), notices(session, max_)) == (0, 1)
    asked_at = session.scalars(select(CertificateName.asked_at).where(CertificateName.member_id == max_.id)).one()
    assert asked_at is not None
    session.rollback()
    with app.test_request_context():
        assert naming.ask(session, member_ids=[max_.id], now=asked_at + timedelta(days=4)) == 1
    session.rollback()


def test_the_register_has_groups_with_counts_and_a_search(
    app: Flask, hers: Browser, session: Session, lena: Member, max_: Member
) -> None:
    certified.learns(session, lena)
    certified.learns(session, max_)
    certified.learns(session, makers.member(session, "Zarina", legal_name="Зарина"), done=READ)
    done = certified.learns(session, makers.member(session, "Timur", legal_name="Тимур"))
    certified.issued(app, session, done)
    page = hers.open(REGISTER)
    for figure in ("1 Ready for a certificate", "2 Not ready yet", "1 Have one already"):
        assert figure in page.text
    for group, inside, outside in (
        ("ready", "Lena", "Zarina"),
        ("short", "Zarina", "Lena"),
        ("have", "Timur", "Zarina"),
        ("unchecked", "Max", "Timur"),
    ):
        text = hers.open(f"{REGISTER}&show={group}").text_of("main")
        assert (inside in text, outside in text) == (True, False), group
    found = hers.open(f"{REGISTER}&q=ЗАРИНА")
    assert ("Zarina" in found.text, "Timur" in found.text) == (True, False)
    assert "Nobody here is like that." in hers.open(f"{REGISTER}&q=nobody").text


def test_the_register_as_a_file_holds_no_formula(app: Flask, hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena)
    code = certified.issued(app, session, lena).code
    certified.learns(session, makers.member(session, "=1+1", legal_name="@SUM(A1)"), done=READ)
    session.commit()
    answer = hers.post(f"/admin/certificates/register.csv?course={SLUG}", {}).response
    lines = answer.get_data(as_text=True).splitlines()
    assert answer.mimetype == "text/csv"
    assert (len(lines), code in answer.get_data(as_text=True)) == (3, True)
    assert any(line.startswith("'=1+1,'@SUM(A1),") and "0 of 1 tasks accepted." in line for line in lines)


def test_the_owner_of_a_course_reads_its_register_and_issues_nothing(
    browser: Browser, hers: Browser, session: Session, lena: Member, tariq: Member
) -> None:
    del hers
    owner = makers.member(session, "Omar", roles=(("owner", f"course:{SLUG}"),))
    certified.learns(session, lena)
    certified.learns(session, makers.member(session, "Zarina"), done=READ)
    page = browser.signed_in(owner).open("/teach/").follow("Certificates")
    assert ("Lena" in page.text, "0 of 1 tasks accepted." in page.text) == (True, True)
    assert "Елена" not in page.source, "how people are written is for them and for admins"
    assert not page.all("main form[method=post]")
    assert browser.signed_in(tariq).open(f"/teach/{SLUG}/certificates").status == 403
    assert browser.signed_in(lena).open(f"/teach/{SLUG}/certificates").status == 403


def test_the_pages_ask_the_database_little(
    app: Flask, browser: Browser, hers: Browser, template: str, session: Session, query_count: Counter
) -> None:
    owner = browser.signed_in(makers.member(session, "Omar", roles=(("owner", f"course:{SLUG}"),)))
    pages = (
        (hers, "/admin/certificates/requests/"),
        (hers, "/admin/certificates/without-course/"),
        (hers, template),
        (owner, f"/teach/{SLUG}/certificates"),
    )

    def asked() -> list[int]:
        totals = []
        for who, address in pages:
            with query_count() as counted:
                who.open(address)
            totals.append(counted.total)
        return totals

    def live(some: int, first: int) -> None:
        """More learners with certificates of both kinds, who all ask for another name."""
        people = certified.crowd(session, some, first=first)
        for each in people:
            held = certified.issued(app, session, each)
            wishes.ask(session, certificate=held, wish=Wish.NAME, now=NOON, name="Another")
            with app.app_context():
                kept = session.scalars(select(CertificateTemplate)).one()
                templates.give(session, template=kept, member_id=each.id, by=None, now=NOON)
        session.commit()

    live(2, 0)
    asked()
    few = asked()
    live(20, 2)
    assert asked() == few
    assert max(few) <= 10


def test_a_list_of_addresses_is_looked_at_before_anything_is_given(
    app: Flask, hers: Browser, template: str, session: Session, lena: Member, max_: Member
) -> None:
    page, email, his = hers.open(f"{template}/give"), lena.email, max_.email
    session.rollback()
    assert page.submit("See who is found", people=" , ; ").status == 422
    typed = f"{email.upper()}, {his}\nnobody@example.org; nonsense {email}"
    seen = page.submit("See who is found", people=typed)
    for words in ("They will be given one Елена Сәтбекқызы", "No account with this address nobody@example.org nonsense",
                  "Have not said how their names are written Max"):  # fmt: skip
        assert words in seen.text
    assert session.scalars(select(CertificateBatch)).all() == []
    session.rollback()
    batch = seen.submit("Give 1 certificate")
    certified.work(app)
    assert "1 certificate was issued" in hers.open(batch.url).text
    assert "Have one already Lena" in hers.open(f"{template}/give").submit("See who", people=email).text
    held = session.scalars(select(Certificate)).one()
    assert (held.kind, held.tier, held.course_slug, held.hours) == ("service", "", None, 20)
    assert held.texts["ru"]["title"] == "Лето"
    session.refresh(lena)
    assert lena.alumnus_since is None, "only a course makes an alumna"
    session.rollback()


def test_such_a_certificate_is_on_lenas_page_and_keeps_what_it_said(
    app: Flask, browser: Browser, hers: Browser, template: str, session: Session, lena: Member
) -> None:
    hers.open(f"{template}/give").submit("See who", people=lena.email).submit("Give 1 certificate")
    certified.work(app)
    hers.open(f"{template}/change").submit(**{**SUMMER, "title_en": "Another summer"})
    page = browser.signed_in(lena).open("/my/certificates")
    assert ("A summer of service" in page.text, "Service · 20 hours" in page.text) == (True, True)
    code = session.scalars(select(Certificate.code)).one()
    session.rollback()
    record = hers.open(f"/admin/certificates/{code}")
    assert ("A summer of service" in record.text, record.status) == (True, 200)
    assert browser.open(f"/c/{code}").status == 200
    assert record.submit("Withdraw the", reason="error").submit("Restore the").status == 200
    session.refresh(lena)
    assert lena.alumnus_since is None, "only a course makes an alumna, also after a restore"
    session.rollback()


def test_a_retired_one_is_given_no_more(hers: Browser, template: str) -> None:
    page = hers.open(template).submit("Give it no more")
    assert "It is given no more." in page.notice
    assert hers.open(f"{template}/give").status == 409
    assert "Give it to people" in page.submit("Let it be given again").text


def test_a_template_needs_a_title_and_loses_nothing_typed(hers: Browser) -> None:
    page = hers.open("/admin/certificates/without-course/new")
    wrong = page.submit("Save", text_en="Thank you.", hours="many", months="999")
    assert (wrong.status, wrong.form("Save").values["text_en"]) == (422, "Thank you.")
    assert wrong.form("Save").values["hours"] == "many"
    untitled = page.submit("Save", text_en="Thank you.")
    assert untitled.errors == ["Please write a title in at least one language."]


def test_a_course_says_for_how_long_its_certificates_count(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    certified.course(session, valid="24 months")
    certified.learns(session, lena)
    assert "The certificate counts for 24 months" in browser.signed_in(lena).open(f"/courses/{SLUG}/").text
    certified.issued(app, session, lena)
    assert "Ask to renew it; it counts until November 22, 2028" in browser.signed_in(lena).open("/my/certificates").text
    assert NOON.year == 2026
