"""Certificates as their holders and the public see them: shown, compared, downloaded, never listing anybody."""

import io
from collections.abc import Callable
from contextlib import AbstractContextManager

import pypdf
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from courses import facts
from courses.certificates.codes import new_code
from courses.certificates.models import Certificate, CertificateEvent, WithdrawClass
from tests import makers
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON
from tests.queries import QueryCount

KEYS_OF_A_BEGINNER = ("water/canal",)
Counter = Callable[[], AbstractContextManager[QueryCount]]


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's certificate; she studied in a cohort of six."""
    certified.course(session)
    others = [makers.member(session, f"Other {turn}") for turn in range(5)]
    certified.learns(session, lena)
    certified.cohort(session, [lena, *others])
    return certified.issued(app, session, lena)


def test_max_sees_a_valid_certificate_without_a_name(browser: Browser, certificate: Certificate) -> None:
    page = browser.open(f"/c/{certificate.code}")
    assert page.status == 200
    assert page.text_of(".status-words") == "This certificate is valid"
    for fact in ("completed the course “First steps”", "4 hours", "1 lesson studied", "1 quiz passed with at least 75%",
                 "1 task accepted", "1 live session", "November 22, 2026", "cohort of 2026"):  # fmt: skip
        assert fact in page.text
    assert "Елена" not in page.source
    assert "Lena" not in page.source


def test_a_small_cohort_is_not_named(app: Flask, browser: Browser, session: Session, lena: Member) -> None:
    certified.course(session)
    certified.cohort(session, [certified.learns(session, lena)])
    code = certified.issued(app, session, lena).code
    assert "2026." not in browser.open(f"/c/{code}").text.replace("November 22, 2026", "")
    assert "cohort_year" not in browser.open(f"/c/{code}.json").source


def test_search_engines_are_asked_to_keep_away(browser: Browser, certificate: Certificate) -> None:
    for address in (certificate.code, f"{certificate.code}.json", "none"):
        page = browser.open(f"/c/{address}")
        assert page.response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert browser.open(f"/c/{certificate.code}").all("meta[name=robots]")


def test_the_name_on_the_paper_matches_however_it_is_typed(browser: Browser, certificate: Certificate) -> None:
    page = browser.open(f"/c/{certificate.code}").follow("Compare the name")
    for typed in ("Елена Сәтбекқызы", "  елена   СӘТБЕКҚЫЗЫ "):
        assert "is the name on this certificate" in page.submit("Compare", name=typed).text
    for typed in ("Лена Сәтбекқызы", "Елена", "%", "x" * 200):
        answer = page.submit("Compare", name=typed)
        assert "is not the name on this certificate" in answer.text
        assert "Сәтбекқызы" not in answer.source.replace(typed, "")


def test_an_empty_or_endless_name_is_an_error_beside_the_field(browser: Browser, certificate: Certificate) -> None:
    page = browser.open(f"/c/{certificate.code}/name")
    for typed in ("", "   ", "n" * 500):
        answer = page.submit("Compare", name=typed)
        assert (answer.status, len(answer.errors)) == (422, 1)


def test_guessing_names_stops_after_ten_tries(browser: Browser, certificate: Certificate) -> None:
    page = browser.open(f"/c/{certificate.code}/name")
    answers = [page.submit("Compare", name=f"Name {turn}") for turn in range(11)]
    assert [answer.status for answer in answers] == [200] * 10 + [429]
    assert int(answers[-1].response.headers["Retry-After"]) > 60


def test_guessing_codes_is_slowed(browser: Browser, certificate: Certificate) -> None:
    answers = [browser.open(f"/c/{new_code()}") for _ in range(31)]
    assert [answer.status for answer in answers] == [404] * 30 + [429]
    assert answers[0].text_of(".status-words") == "We do not know this certificate"
    assert browser.open(f"/c/{certificate.code}").status == 200, "a real code still opens, also behind a shared address"


@pytest.mark.parametrize("code", ["x", "7F3K", "7F3K-92QD-X1MB-4TGU", "%00", "'; drop", "٭" * 90, "a" * 2000])
def test_what_can_be_no_code_is_unknown(browser: Browser, session: Session, code: str) -> None:
    del session
    assert browser.open(f"/c/{code}").status == 404
    assert browser.open(f"/c/{code}.json").status == 404


def test_a_code_typed_another_way_leads_to_its_one_address(browser: Browser, certificate: Certificate) -> None:
    typed = certificate.code.lower().replace("-", "").replace("0", "o").replace("1", "l")
    assert browser.open(f"/c/{typed}").url == f"/c/{certificate.code}"


def test_a_code_from_paper_is_typed_on_the_page_for_checks(browser: Browser, certificate: Certificate) -> None:
    page = browser.open("/verify/")
    assert "never list people" in page.text
    answer = page.submit("Check", code=f" {certificate.code.lower().replace('-', ' ')} ")
    assert answer.text_of(".status-words") == "This certificate is valid"
    for typed, words in (
        ("7F3K-92QD", "This one has 8"),
        ("", "fill this in"),
        ("7F3K-92QD-X1MB-4TGU", "do not occur in codes: U"),
    ):
        wrong = page.submit("Check", code=typed)
        assert (wrong.status, [words in error for error in wrong.errors]) == (422, [True])
        assert wrong.form("Check").values["code"] == typed


def test_lena_decides_whether_her_name_is_seen(browser: Browser, certificate: Certificate, lena: Member) -> None:
    hers = browser.signed_in(lena)
    page = hers.open("/my/certificates").submit("Show my name")
    assert page.notice.startswith("Done Whoever has the code sees your name")
    public = browser.open(f"/c/{certificate.code}")
    assert "It was issued to Елена Сәтбекқызы." in public.text
    assert "Compare the name" not in public.text
    assert '"name":' in browser.open(f"/c/{certificate.code}.json").source
    page.submit("Keep my name back")
    assert "Елена" not in browser.open(f"/c/{certificate.code}").source


def test_nobody_else_turns_that_switch(browser: Browser, certificate: Certificate, max_: Member, ada: Member) -> None:
    for other in (max_, ada):
        assert (
            browser.signed_in(other).post(f"/my/certificates/{certificate.code}/name", {"shown": "yes"}).status == 404
        )
    assert "Елена" not in browser.open(f"/c/{certificate.code}").source


def test_programs_read_the_facts_and_ask_whether_they_changed(browser: Browser, certificate: Certificate) -> None:
    page = browser.open(f"/c/{certificate.code}.json")
    known = page.response.get_json()
    assert (known["status"], known["course"]["title"], known["tier"]) == ("valid", "First steps", "completion")
    assert known["checked"] == {"lessons": 1, "quizzes": [75], "tasks": 1, "sessions": 1}
    assert "name" not in known
    assert page.response.headers["Access-Control-Allow-Origin"] == "*"
    again = browser.open(f"/c/{certificate.code}.json", **{"If-None-Match": page.response.headers["ETag"]})
    assert (again.status, again.source) == (304, "")


def test_a_withdrawn_certificate_says_when_and_why_and_no_name(
    app: Flask, browser: Browser, session: Session, certificate: Certificate
) -> None:
    certificate.shows_name = True
    certified.withdrawn(app, session, certificate, WithdrawClass.SUPERSEDED)
    page = browser.open(f"/c/{certificate.code}")
    assert (page.status, page.text_of(".status-words")) == (200, "This certificate was withdrawn")
    assert "It was withdrawn on November 22, 2026. A newer certificate with another code took its place." in page.text
    for secret in ("Елена", "Private words", "Compare the name"):
        assert secret not in page.source
    known = browser.open(f"/c/{certificate.code}.json").response.get_json()
    assert (known["status"], known["reason"], "name" in known) == ("withdrawn", "superseded", False)
    posted = browser.post(f"/c/{certificate.code}/name", {"name": "Елена Сәтбекқызы"})
    assert "is the name on this certificate" not in posted.text


def test_lena_downloads_the_sheet_and_its_facts_are_on_it(
    browser: Browser, certificate: Certificate, lena: Member
) -> None:
    response = browser.signed_in(lena).open(f"/c/{certificate.code}.pdf").response
    assert response.mimetype == "application/pdf"
    assert certificate.code in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    (sheet,) = pypdf.PdfReader(io.BytesIO(response.data)).pages
    words = " ".join(sheet.extract_text().split())
    for fact in ("Елена Сәтбекқызы", "First steps", "Certificate of Completion", "1 lesson studied",
                 "November 22, 2026", "4 hours of study · Cohort: Autumn intake", certificate.code):  # fmt: skip
        assert fact in words


def test_the_sheet_comes_in_another_language(browser: Browser, certificate: Certificate, lena: Member) -> None:
    plain, russian, unknown = (
        browser.signed_in(lena).open(f"/c/{certificate.code}.pdf{query}").response.data
        for query in ("", "?lang=ru", "?lang=xx")
    )
    assert plain == unknown != russian


def test_the_sheet_is_for_its_holder_and_admins_alone(
    browser: Browser, certificate: Certificate, max_: Member, tariq: Member, ada: Member
) -> None:
    address = f"/c/{certificate.code}.pdf"
    assert browser.open(address).heading == "Sign in"
    assert [browser.signed_in(who).open(address).status for who in (max_, tariq, ada)] == [404, 404, 200]
    picture = f"/c/{certificate.code}.png"
    assert [browser.signed_in(who).open(picture).response.mimetype for who in (max_, ada)] == ["text/html", "image/png"]


def test_a_withdrawn_certificate_has_no_sheet(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member, ada: Member
) -> None:
    certified.withdrawn(app, session, certificate)
    for who in (lena, ada):
        page = browser.signed_in(who).open(f"/c/{certificate.code}.pdf")
        assert (page.status, "no sheet to print" in page.text) == (409, True)


def test_lena_without_a_certificate_sees_what_is_left(browser: Browser, session: Session, lena: Member) -> None:
    hers = browser.signed_in(lena)
    assert "You have no certificate yet." in hers.open("/my/certificates").text
    certified.course(session)
    certified.learns(session, lena, done=("water/canal", "water/check"), score=40)
    text = hers.open("/my/certificates").text
    assert "Quiz “Check”: 40% reached, 75% is asked for." in text
    assert "0 of 1 tasks accepted." in text
    assert "lessons studied" not in text


def test_max_says_how_his_name_is_written(browser: Browser, max_: Member, session: Session) -> None:
    page = browser.signed_in(max_).open("/my/certificates")
    assert "One thing to do" in page.text
    assert page.submit("Save the name", legal_name=" . ").errors == ["Please write your name with letters."]
    assert "no font for these letters of the name: 🎉" in page.submit("Save the name", legal_name="Max 🎉").errors[0]
    saved = page.submit("Save the name", legal_name=" عبدالرّحمٰن\u202e  ګل ")
    assert "One thing to do" not in saved.text
    session.refresh(max_)
    assert (max_.legal_name, max_.display_name) == ("عبدالرّحمٰن ګل", "Max")


def test_erasing_lena_leaves_the_code_and_takes_the_name(
    app: Flask, browser: Browser, session: Session, certificate: Certificate, lena: Member, ada: Member
) -> None:
    browser.signed_in(lena).open("/my/certificates").submit("Show my name")
    with app.app_context():
        known = data_rights.export(session, lena.id)["certificates"]["certificates"]
        assert [each["name"] for each in known] == ["Елена Сәтбекқызы"]
        data_rights.erase(session, lena.id)
        session.commit()
    page = browser.open(f"/c/{certificate.code}")
    assert page.text_of(".status-words") == "This certificate is valid"
    assert "Compare the name" not in page.text
    assert "Елена" not in page.source
    record = browser.signed_in(ada).open(f"/admin/certificates/{certificate.code}")
    assert "Елена" not in record.source
    assert browser.signed_in(ada).open(f"/c/{certificate.code}.pdf").status == 409
    assert session.scalars(select(CertificateEvent.by_id).where(CertificateEvent.by_id == lena.id)).all() == []


def test_lena_is_told_and_counts_as_an_alumna(
    app: Flask, session: Session, certificate: Certificate, lena: Member
) -> None:
    session.refresh(lena)
    assert (lena.alumnus_since, lena.unread) == (NOON, 1)
    certified.withdrawn(app, session, certificate)
    told = session.scalars(select(Notice).where(Notice.member_id == lena.id).order_by(Notice.id)).all()
    assert [each.values["what"] for each in told] == ["issued", "withdrawn"]
    assert {(each.kind, each.url, each.mail) for each in told} == {("certificate", "/my/certificates", "at_once")}


def test_alumni_read_certificates_and_cohorts_through_one_door(
    app: Flask, session: Session, certificate: Certificate, lena: Member, max_: Member, query_count: Counter
) -> None:
    with query_count() as count:
        certificates = facts.certificates_of(session, [lena.id, max_.id])
        cohorts = facts.cohorts_of(session, [lena.id, max_.id])
    assert count.total == 2
    assert [fact.course_title for fact in certificates[lena.id]] == [certificate.course_title]
    assert [(fact.name, fact.year) for fact in cohorts[lena.id]] == [("Autumn intake", 2026)]
    assert (certificates[max_.id], cohorts[max_.id]) == ([], [])
    certified.withdrawn(app, session, certificate)
    assert facts.certificates_of(session, [lena.id]) == {lena.id: []}


def test_the_pages_ask_the_database_little(
    browser: Browser, session: Session, certificate: Certificate, lena: Member, max_: Member, query_count: Counter
) -> None:
    certified.learns(session, max_, done=KEYS_OF_A_BEGINNER)
    hers, his = browser.signed_in(lena), browser.signed_in(max_)
    his.open("/my/certificates")
    for who, address, most in ((browser, f"/c/{certificate.code}", 2), (browser, f"/c/{certificate.code}.json", 2),
                               (hers, "/my/certificates", 5), (his, "/my/certificates", 5)):  # fmt: skip
        with query_count() as count:
            who.open(address)
        assert count.total <= most, (address, count.statements)


def test_a_certificate_keeps_what_it_said_when_the_name_changes(
    browser: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    browser.signed_in(lena).open("/my/certificates").submit("Save the name", legal_name="Another Name")
    session.refresh(certificate)
    assert certificate.holder_name == "Елена Сәтбекқызы"
    assert certificate.issued_at <= clock.now()
