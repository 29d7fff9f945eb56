"""The life of a certificate: written anew, renewed, over, withdrawn and restored; its history is only added to."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.notices import kinds
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from courses.certificates import ending, history, validity
from courses.certificates.models import Certificate, CertificateRequest, CertificateVersion
from courses.certificates.validity import Status
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON

HOME = ZoneInfo("Asia/Tashkent")
DAY = timedelta(days=1)
SOURCES = Path(__file__).parents[2] / "courses"


@pytest.fixture
def hers(browser: Browser, session: Session, ada: Member) -> Browser:
    """Ada's browser; there is a course whose certificates count for two years."""
    certified.course(session, valid="24 months")
    return browser.signed_in(ada)


@pytest.fixture
def certificate(app: Flask, hers: Browser, session: Session, lena: Member) -> Certificate:
    """Lena's certificate."""
    del hers
    certified.learns(session, lena)
    return certified.issued(app, session, lena)


def steps(app: Flask, session: Session, certificate: Certificate) -> list[str]:
    with app.app_context():
        found = [step.event.kind for step in history.steps_of(session, certificate.id)]
    session.rollback()
    return found


def told(app: Flask, session: Session, who: Member) -> list[str]:
    with app.test_request_context():
        sentences = [
            kinds.sentence_of(each.kind, each.values)
            for each in session.scalars(select(Notice).where(Notice.member_id == who.id).order_by(Notice.id))
        ]
    session.rollback()
    return sentences


def watch(app: Flask, now: datetime) -> None:
    with app.app_context():
        ending.watch({}, now)


def test_ada_writes_a_name_anew_under_the_same_code(
    app: Flask, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    page = hers.open(f"/admin/certificates/{certificate.code}").follow("Write the name anew")
    assert page.submit("Write it anew").errors == ["The name is written like this already. Nothing was changed."]
    assert page.submit("Write it anew", legal_name="Lena 🎉").status == 422
    done = page.submit("Write it anew", legal_name="Лена Сәтбек", second_name="Lena Satbek", words="Her passport.")
    assert "written anew, and its holder is told" in done.notice
    assert "Document 1 Елена Сәтбекқызы" in done.text
    assert "Document 2 Лена Сәтбек Lena Satbek" in done.text
    assert "Her passport." in done.text
    session.refresh(certificate)
    assert (certificate.version, certificate.holder_name, certificate.second_name) == (2, "Лена Сәтбек", "Lena Satbek")
    session.rollback()
    assert steps(app, session, certificate) == ["issued", "reissued"]
    assert "written anew under the same code" in told(app, session, lena)[-1]
    assert "Her passport." not in hers.open(f"/c/{certificate.code}").source


def test_of_two_who_write_it_anew_at_once_the_second_is_told(
    app: Flask, hers: Browser, session: Session, certificate: Certificate
) -> None:
    first, second = (hers.open(f"/admin/certificates/{certificate.code}/name") for _ in range(2))
    assert first.submit("Write it anew", legal_name="Lena One").status == 200
    assert second.submit("Write it anew", legal_name="Lena Two").status == 200, "one after the other both hold"
    assert steps(app, session, certificate) == ["issued", "reissued", "reissued"]
    certified.withdrawn(app, session, certificate)
    late = second.submit("Write it anew", legal_name="Lena Three")
    assert (late.status, "Restore it first." in late.text) == (409, True)


def test_it_ends_two_years_later_and_lena_is_told_before(
    app: Flask, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    assert "November 22, 2028" in hers.open(f"/admin/certificates/{certificate.code}").text
    ends = certificate.expires_at
    assert ends is not None
    session.rollback()
    watch(app, ends - 61 * DAY)
    assert len(told(app, session, lena)) == 1, "only that it was issued"
    for _twice in range(2):
        watch(app, ends - 60 * DAY)
        watch(app, ends - 59 * DAY)
    watch(app, ends - 14 * DAY)
    watch(app, ends - 1 * DAY)
    assert [each for each in told(app, session, lena) if "counts until November 22, 2028" in each] == [
        "Your certificate for “First steps” counts until November 22, 2028. You can ask to renew it."
    ] * 2
    watch(app, ends)
    watch(app, ends + DAY)
    assert told(app, session, lena)[-1] == "Your certificate for “First steps” has expired. You can ask to renew it."
    assert steps(app, session, certificate) == ["issued", "expired"]


def test_a_withdrawn_certificate_neither_warns_nor_ends(
    app: Flask, session: Session, certificate: Certificate, lena: Member
) -> None:
    ends = certificate.expires_at
    assert ends is not None
    certified.withdrawn(app, session, certificate)
    before = len(told(app, session, lena))
    watch(app, ends - DAY)
    watch(app, ends)
    assert (len(told(app, session, lena)), steps(app, session, certificate)) == (before, ["issued", "withdrawn"])


def test_lena_asks_for_renewal_and_ada_grants_it_in_one_step(
    app: Flask, browser: Browser, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    page = browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/renewal")
    assert "Its last day is November 22, 2028." in page.text
    sent = page.submit("Ask for it", words="I mediated in two villages.")
    assert "The academy has your request" in sent.notice
    assert "Waits for an answer" in sent.text
    again = page.submit("Ask for it")
    assert (again.status, "You asked for this already" in again.text) == (422, True)
    waiting = hers.open("/admin/certificates/requests/")
    assert "I mediated in two villages." in waiting.text
    assert "Nobody waits for an answer." in waiting.submit("Grant it").text
    session.refresh(certificate)
    assert certificate.expires_at is not None
    assert validity.last_day_of(certificate.expires_at, HOME) == date(2030, 11, 22), "no day is lost"
    session.rollback()
    assert steps(app, session, certificate) == ["issued", "renewed"]


def test_lena_says_that_her_name_is_wrong_and_ada_grants_it(
    browser: Browser, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    page = browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/wrong-name")
    same = page.submit("Ask for it")
    assert (same.status, same.errors) == (422, ["This is how it is written already. Please write it as it should be."])
    page.submit("Ask for it", legal_name="Elena Satbekkyzy", words="So it is in my passport.")
    waiting = hers.open("/admin/certificates/requests/")
    asked = waiting.follow("Another spelling of the name").url
    waiting.submit("Grant it")
    session.refresh(certificate)
    session.refresh(lena)
    assert (certificate.holder_name, certificate.version, lena.legal_name) == (
        "Elena Satbekkyzy",
        2,
        "Elena Satbekkyzy",
    )
    session.rollback()
    late = hers.post(asked, {"legal_name": "Somebody Else"})
    assert (late.status, "Somebody answered this a moment ago" in late.text) == (409, True)
    session.refresh(certificate)
    assert certificate.holder_name == "Elena Satbekkyzy"


def test_a_refusal_needs_words_and_lena_is_told(
    app: Flask, browser: Browser, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/wrong-name").submit(legal_name="Queen Lena")
    page = hers.open("/admin/certificates/requests/").follow("Another spelling of the name")
    assert page.submit("Say no").errors == ["Please fill this in."]
    page.submit("Say no", answer="Please send us a document with this name.")
    assert told(app, session, lena)[-1] == "What you asked for about your certificate for “First steps” was answered."
    assert "Please send us a document" in hers.open(page.url).text
    answered = browser.signed_in(lena).open("/my/certificates").follow("What I asked for")
    assert "Please send us a document with this name." in answered.text
    assert "Not granted" in answered.text
    assert session.scalars(select(Certificate.version)).one() == 1


def test_only_the_holder_asks(
    browser: Browser, certificate: Certificate, max_: Member, ada: Member, tariq: Member
) -> None:
    for other in (max_, ada, tariq):
        for wish in ("wrong-name", "renewal"):
            assert browser.signed_in(other).open(f"/my/certificates/{certificate.code}/{wish}").status == 404


def test_erasing_lena_takes_names_requests_and_former_documents(
    app: Flask, browser: Browser, hers: Browser, session: Session, certificate: Certificate, lena: Member
) -> None:
    hers.open(f"/admin/certificates/{certificate.code}/name").submit(
        "Write it anew", legal_name="Лена", words="Secret."
    )
    browser.signed_in(lena).open(f"/my/certificates/{certificate.code}/wrong-name").submit(legal_name="Ленок")
    session.expire_all()
    with app.app_context():
        known = data_rights.export(session, lena.id)["certificates"]
        assert (known["requests"][0]["name"], known["certificates"][0]["version"]) == ("Ленок", 2)
        data_rights.erase(session, lena.id)
        session.commit()
    assert set(session.scalars(select(CertificateVersion.holder_name))) == {""}
    assert session.scalars(select(CertificateRequest)).all() == []
    session.rollback()
    record = hers.open(f"/admin/certificates/{certificate.code}")
    assert (record.status, "Лен" in record.source, "Secret" in record.source) == (200, False, False)


def test_every_act_of_power_is_in_the_log(
    app: Flask, hers: Browser, session: Session, certificate: Certificate
) -> None:
    page = hers.open(f"/admin/certificates/{certificate.code}")
    page.follow("Write the name anew").submit("Write it anew", legal_name="Lena Satbek")
    page.follow("Renew it").submit("Renew it", words="She teaches it now.")
    page.submit("Withdraw the", reason="error").submit("Restore the")
    query = select(AuditEntry.action).where(AuditEntry.subject == f"certificate:{certificate.code}")
    assert list(session.scalars(query.order_by(AuditEntry.id))) == [
        f"certificate.{what}" for what in ("issued", "reissued", "renewed", "withdrawn", "restored")
    ]
    session.rollback()
    assert steps(app, session, certificate) == ["issued", "reissued", "renewed", "withdrawn", "restored"]


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 22), 24, date(2028, 11, 22)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_the_last_day_is_a_day_of_the_calendar(first: date, months: int, last: date) -> None:
    assert validity.last_day(first, months) == last


def test_it_counts_to_the_end_of_its_last_day_in_the_academy() -> None:
    issued = datetime(2028, 2, 28, 20, tzinfo=UTC)  # the 29th in Tashkent
    expires = validity.expiry(issued, 12, HOME)
    assert expires == datetime(2029, 2, 28, 19, tzinfo=UTC)
    assert validity.last_day_of(expires, HOME) == date(2029, 2, 28)
    assert validity.expiry(issued, 0, HOME) is None


moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(moments, st.integers(1, 120))
def test_what_is_issued_counts_at_least_through_its_first_month(issued: datetime, months: int) -> None:
    expires = validity.expiry(issued, months, HOME)
    assert expires is not None
    assert issued + 27 * DAY < expires <= issued + months * 31 * DAY + 2 * DAY


@given(moments, st.integers(1, 120), st.integers(-900, 900))
def test_a_renewal_never_takes_a_day_away(issued: datetime, months: int, days: int) -> None:
    expires = validity.expiry(issued, months, HOME)
    assert expires is not None
    now = expires + timedelta(days=days)
    again = validity.renewed(expires, now, months, HOME)
    assert again is not None
    assert again > max(expires, now)


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_history_tells_how_it_stands(
    app: Flask, hers: Browser, session: Session, certificate: Certificate, seed: int
) -> None:
    """A walk through the states: each deed holds or is refused, and only what held is in the history."""
    deeds = (
        "withdraw",
        "reissue",
        "restore",
        "restore",
        "renew",
        "withdraw",
        "withdraw",
        "renew",
        "restore",
        "reissue",
    )
    page_of = f"/admin/certificates/{certificate.code}"
    standing, expected = True, ["issued"]
    for turn, deed in enumerate(deeds[seed:] + deeds[:seed]):
        answer = hers.post(f"{page_of}/{PATHS[deed]}", {"reason": "error", "legal_name": f"Lena {seed}{turn}"})
        holds = standing is (deed != "restore")
        assert answer.status == (200 if holds else 409), (deed, standing)
        if holds:
            standing = deed != "withdraw" if deed in {"withdraw", "restore"} else standing
            expected.append(EVENTS[deed])
    assert steps(app, session, certificate) == expected
    session.refresh(certificate)
    assert (validity.status_of(certificate, NOON) is Status.VALID) is standing
    assert certificate.version == 1 + expected.count("reissued") + expected.count("renewed")


PATHS = {"withdraw": "withdraw", "restore": "restore", "reissue": "name", "renew": "renewal"}
EVENTS = {"withdraw": "withdrawn", "restore": "restored", "reissue": "reissued", "renew": "renewed"}


def test_only_erasing_a_holder_touches_what_was_written_down() -> None:
    """The database refuses other changes as well (tests/academy/test_migrations.py)."""
    changing = re.compile(r"\b(?:update|delete)\(\s*Certificate(?:Event|Version)\b")
    found = {path.name for path in SOURCES.rglob("*.py") if changing.search(path.read_text(encoding="utf-8"))}
    assert found == {"forgetting.py"}
