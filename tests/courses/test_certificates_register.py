"""The register: Ada sees who is ready and what others lack, issues one, many and twice, withdraws and restores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.models import Member
from courses.certificates import queries, service
from courses.certificates.fonts import installed_faces
from courses.certificates.models import Certificate, WithdrawClass
from courses.certificates.service import Award
from courses.progress.rules import Tier
from tests import makers
from tests.browser import Browser, Page
from tests.courses import certified
from tests.courses.certified import NOON, REGISTER, SLUG
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
READ = ("water/canal",)

needs_arabic_font = pytest.mark.skipif(not installed_faces().arabic, reason="no font for Arabic script here")


@pytest.fixture
def hers(browser: Browser, session: Session, ada: Member) -> Browser:
    """Ada's browser; there is a course."""
    certified.course(session)
    return browser.signed_in(ada)


def read(session: Session, query: Select[Any]) -> list[Any]:
    """What the database holds now; the maker's session must not keep the lock."""
    found = list(session.scalars(query))
    session.commit()
    return found


def certificates(session: Session) -> int:
    return len(read(session, select(Certificate.id)))


def actions(session: Session) -> list[str]:
    kept = select(AuditEntry.action).where(AuditEntry.action.startswith("certificate.")).order_by(AuditEntry.id)
    return read(session, kept)


def picked(app: Flask, hers: Browser, page: Page, *people: Member) -> Page:
    return worked(app, hers, page.submit("Issue to those I picked", members=[str(each.id) for each in people]))


def worked(app: Flask, hers: Browser, page: Page) -> Page:
    """The page of a batch once the worker went through it."""
    certified.work(app)
    return hers.open(page.url)


def test_ada_issues_one_certificate_and_sees_its_code(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.cohort(session, [certified.learns(session, lena)])
    page = hers.open(REGISTER)
    assert page.text_of(".pick") == "Lena Елена Сәтбекқызы · Autumn intake · name not checked yet"
    result = picked(app, hers, page, lena)
    assert result.heading == "Certificates issued"
    assert "1 certificate was issued" in result.text
    code = read(session, select(Certificate.code))[0]
    assert code in result.text
    assert "Have one already" in result.follow("Back to the list").text
    assert actions(session) == ["certificate.batch", "certificate.issued"]


def test_issuing_twice_gives_one_certificate(app: Flask, hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena)
    page = hers.open(REGISTER)
    assert "1 certificate was issued" in picked(app, hers, page, lena).text
    again = picked(app, hers, page, lena)
    assert "0 certificates were issued" in again.text
    assert "Had one already" in again.text
    assert (certificates(session), actions(session).count("certificate.issued")) == (1, 1)


def test_ada_issues_to_everybody_who_is_ready_on_all_pages(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    ready = certified.crowd(session, 55)
    certified.learns(session, lena, done=READ)
    result = worked(app, hers, hers.open(REGISTER).submit("everybody who is ready"))
    assert "55 certificates were issued" in result.text
    assert certificates(session) == len(ready)
    page = hers.open(REGISTER)
    assert "55 Have one already" in page.text
    assert "0 of 1 tasks accepted." in page.follow("Show more").text, "the list goes on by name"


def test_lena_is_short_and_the_register_says_exactly_why(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena, done=("water/canal", "water/check"), score=40)
    page = hers.open(REGISTER)
    assert (
        "Quiz “Check”: 40% reached, 75% is asked for. 0 of 1 tasks accepted. 0 of 1 live sessions attended."
        in page.text
    )
    assert not page.all(".pick")
    forced = worked(app, hers, hers.post(f"/admin/certificates/issue?course={SLUG}", {"members": [str(lena.id)]}))
    assert "Not issued" in forced.text
    assert "Not everything that this certificate asks for is done yet." in forced.text
    assert certificates(session) == 0


def test_without_a_name_nobody_is_issued_one_and_ada_learns_whom_to_ask(
    app: Flask, hers: Browser, session: Session, max_: Member
) -> None:
    certified.learns(session, max_)
    page = hers.open(REGISTER)
    assert "Ask them to open “My certificates” and to write it there." in page.text
    assert "Make an exception" not in page.text
    forced = worked(app, hers, hers.post(f"/admin/certificates/issue?course={SLUG}", {"members": [str(max_.id)]}))
    assert (certificates(session), "has not said how their name" in forced.text) == (0, True)


@pytest.mark.parametrize("name", ["Lena 🎉", "李明"])
def test_a_name_that_cannot_be_printed_is_refused_with_its_letters(hers: Browser, session: Session, name: str) -> None:
    certified.learns(session, makers.member(session, "Li", legal_name=name))
    page = hers.open(REGISTER)
    assert f"cannot be printed with these letters of the name: {name[-2:].strip()}" in page.text


@needs_arabic_font
def test_arabic_and_endless_names_are_printed(app: Flask, hers: Browser, session: Session) -> None:
    certified.crowd(session, 1)
    for turn, name in enumerate(("فرشته‌سادات حسینی‌نژاد", "Я" * 250)):
        certified.learns(session, makers.member(session, f"Somebody {turn}", legal_name=name))
    worked(app, hers, hers.open(REGISTER).submit("everybody who is ready"))
    for code in read(session, select(Certificate.code)):
        assert hers.open(f"/c/{code}.pdf").response.data.startswith(b"%PDF")
    assert max(len(each) for each in read(session, select(Certificate.holder_name))) == 120


def test_picking_nobody_is_an_error_beside_the_list(hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena)
    page = hers.open(REGISTER).submit("Issue to those I picked")
    assert (page.status, page.errors) == (422, ["Pick at least one person who is ready."])


def test_ada_makes_an_exception_with_a_written_reason(hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena, done=READ)
    page = hers.open(REGISTER).follow("Make an exception for Lena")
    assert "0 of 1 tasks accepted." in page.text
    assert page.submit("Issue the certificate", reason=" ").errors == ["Please fill this in."]
    record = page.submit("Issue the certificate", reason="She did the task on paper in a village without power.")
    assert "She did the task on paper" in record.text
    assert actions(session) == ["certificate.excepted"]
    certificate = read(session, select(Certificate))[0]
    assert certificate.how_checked == {"lessons": 1, "quizzes": [], "tasks": 0, "sessions": 0}
    assert "village" not in hers.open(f"/c/{certificate.code}").source


def test_a_certificate_of_participation_asks_for_no_assessment(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena, done=("water/canal", "water/meeting"))
    result = picked(app, hers, hers.open(f"{REGISTER}&tier=participation"), lena)
    assert "1 certificate was issued" in result.text
    code = read(session, select(Certificate.code))[0]
    assert "took part in the course “First steps”" in hers.open(f"/c/{code}").text
    assert "Not ready yet" in hers.open(REGISTER).text


def test_the_register_narrows_to_a_cohort(app: Flask, hers: Browser, session: Session) -> None:
    people = certified.crowd(session, 3)
    cohort = certified.cohort(session, people[:1])
    page = hers.open(f"{REGISTER}&cohort={cohort.id}")
    assert len(page.all(".pick")) == 1
    assert "1 certificate was issued" in worked(app, hers, page.submit("everybody who is ready")).text
    assert certificates(session) == 1


def test_a_code_finds_its_certificate(app: Flask, hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena)
    code = certified.issued(app, session, lena).code
    assert hers.open(REGISTER).submit("Search", q=code.lower()).heading == f"Certificate \u2068{code}\u2069"


def test_ada_withdraws_and_restores_a_certificate(app: Flask, hers: Browser, session: Session, lena: Member) -> None:
    certified.learns(session, lena)
    code = certified.issued(app, session, lena).code
    page = hers.open(f"/admin/certificates/{code}")
    assert (page.submit("Withdraw the").status, page.submit("Withdraw the").errors) == (422, ["Please fill this in."])
    done = page.submit("Withdraw the", reason="misconduct", words="A copied task.")
    assert "The rules of the academy had been broken." in done.text
    assert "A copied task." in done.text
    restored = done.submit("Restore the")
    assert restored.text_of(".status-words") == "This certificate is valid"
    assert "A copied task." in restored.text, "the history keeps what happened"
    assert actions(session) == ["certificate.issued", "certificate.withdrawn", "certificate.restored"]


def test_the_second_of_two_admins_is_told_that_it_is_withdrawn(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena)
    code = certified.issued(app, session, lena).code
    first, second = hers.open(f"/admin/certificates/{code}"), hers.open(f"/admin/certificates/{code}")
    done = first.submit("Withdraw the", reason="error")
    late = second.submit("Withdraw the", reason="misconduct")
    assert (late.status, "was withdrawn a moment ago" in late.text) == (409, True)
    assert read(session, select(Certificate.withdraw_class))[0] == "error"
    done.submit("Restore the")
    assert done.submit("Restore the").status == 409


def test_a_replaced_certificate_is_not_restored_beside_its_successor(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena)
    old = certified.issued(app, session, lena).code
    gone = hers.open(f"/admin/certificates/{old}").submit("Withdraw the", reason="superseded")
    new = certified.issued(app, session, lena).code
    assert new != old
    refused = gone.submit("Restore the")
    assert (refused.status, "A newer certificate" in refused.text) == (409, True)


def test_what_was_taken_away_is_not_given_back_in_a_heap(
    app: Flask, hers: Browser, session: Session, lena: Member
) -> None:
    certified.learns(session, lena)
    certified.withdrawn(app, session, certified.issued(app, session, lena), WithdrawClass.MISCONDUCT)
    page = hers.open(REGISTER)
    assert "An earlier certificate was withdrawn." in page.text
    forced = worked(app, hers, hers.post(f"/admin/certificates/issue?course={SLUG}", {"members": [str(lena.id)]}))
    assert "An earlier certificate was withdrawn." in forced.text
    assert hers.post(f"/admin/certificates/issue?course={SLUG}", {"everybody": "yes"}).status == 422
    assert "Certificates 0" not in hers.open("/admin/").text
    page.follow("Make an exception").submit("Issue the certificate", reason="The accusation was wrong.")
    assert actions(session)[-1] == "certificate.excepted"
    assert certificates(session) == 2


def test_only_admins_come_in(
    app: Flask, browser: Browser, hers: Browser, session: Session, lena: Member, tariq: Member, mina: Member
) -> None:
    del hers
    certified.learns(session, lena)
    code = certified.issued(app, session, lena).code
    pages = (REGISTER, f"/admin/certificates/{code}", "/admin/certificates/batches/",
             f"/admin/certificates/exceptions/{SLUG}/{lena.id}")  # fmt: skip
    for who in (lena, tariq, mina):
        theirs = browser.signed_in(who)
        assert [theirs.open(page).status for page in pages] == [403] * 4
        assert theirs.post(f"/admin/certificates/{code}/withdraw", {"reason": "error"}).status == 403
        assert theirs.post(f"/admin/certificates/issue?course={SLUG}", {"everybody": "yes"}).status == 403
    assert [browser.open(page).heading for page in pages] == ["Sign in"] * 4


@pytest.mark.parametrize(
    "address",
    [
        "/admin/certificates/?course=none&tier=gold&cohort=x&after=-1",
        f"{REGISTER}&cohort=99999999999999999999&after=٣",
        "/admin/certificates/batches/99999999999999999999999",
        "/admin/certificates/batches/?before=x",
        "/admin/certificates/requests/7",
        "/admin/certificates/without-course/0",
        "/teach/none/certificates",
        f"/admin/certificates/exceptions/{SLUG}/999999999999999999999999",
        "/admin/certificates/nothing",
    ],
)
def test_nonsense_in_addresses_harms_nothing(hers: Browser, address: str) -> None:
    assert hers.open(address).status in {200, 404}


def test_nonsense_in_forms_harms_nothing(hers: Browser, session: Session) -> None:
    act = f"/admin/certificates/issue?course={SLUG}"
    for members in (["x"], ["99999999999999999999999"], ["-1", "0"]):
        assert hers.post(act, {"members": members}).status == 422
    assert hers.post("/admin/certificates/issue?course=none", {"everybody": "yes"}).status == 404
    assert certificates(session) == 0


def test_two_admins_at_once_give_one_certificate(app: Flask, session: Session, lena: Member) -> None:
    live = certified.course(session)
    certified.learns(session, lena)
    (candidate,) = queries.candidates(session, live, Tier.COMPLETION, [lena.id])
    session.commit()
    start = Barrier(4)

    def give(_turn: int) -> str:
        with app.app_context(), app.extensions["academy.database"].writing() as own:
            start.wait()
            award = Award(live, Tier.COMPLETION, None, NOON)
            with own.begin():
                return service.issue(own, candidate=candidate, award=award).code

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(give, range(4)))
    assert (len(codes), certificates(session), actions(session)) == (1, 1, ["certificate.issued"])


def test_the_register_asks_as_much_for_sixty_as_for_two(
    app: Flask, hers: Browser, session: Session, lena: Member, query_count: Counter
) -> None:
    def asked() -> int:
        with query_count() as count:
            hers.open(REGISTER)
        return count.total

    certified.learns(session, lena)
    certified.issued(app, session, lena)
    certified.crowd(session, 1)
    hers.open(REGISTER)
    few = asked()
    certified.crowd(session, 30, first=1)
    certified.crowd(session, 29, first=31, done=READ)
    assert asked() == few
    assert few <= 10


def test_the_command_issues_and_prints_the_code_alone(app: Flask, session: Session, lena: Member) -> None:
    certified.course(session)
    certified.learns(session, lena)
    runner = app.test_cli_runner()
    first, second = (runner.invoke(args=["certificates", "issue", SLUG, lena.email.upper()]) for _ in range(2))
    code = read(session, select(Certificate.code))[0]
    assert (first.stdout, second.stdout, first.stderr, first.exit_code) == (f"{code}\n", f"{code}\n", "", 0)
    gone = runner.invoke(args=["certificates", "withdraw", code.lower(), "--reason", "error"])
    assert (gone.output, gone.exit_code) == ("", 0)
    again = runner.invoke(args=["certificates", "withdraw", code, "--reason", "error"])
    assert (again.exit_code, "was withdrawn a moment ago" in again.stderr) == (1, True)


def test_the_command_says_in_one_sentence_what_is_wrong(
    app: Flask, session: Session, lena: Member, max_: Member
) -> None:
    certified.course(session)
    certified.learns(session, lena, done=READ)
    certified.learns(session, max_)
    runner = app.test_cli_runner()
    for arguments, words in (
        (["issue", "none", lena.email], "no published course “none”"),
        (["issue", SLUG, "nobody@example.org"], "no account with nobody@example.org"),
        (["issue", SLUG, "nonsense"], "nonsense is not an e-mail address"),
        (["issue", SLUG, lena.email], "0 of 1 tasks accepted"),
        (["issue", SLUG, max_.email], "has not said how their name is written"),
        (["withdraw", "7F3K", "--reason", "error"], "no certificate with this code"),
    ):
        outcome = runner.invoke(args=["certificates", *arguments])
        assert (outcome.exit_code, outcome.stdout, words in outcome.stderr) == (1, "", True), outcome.stderr
    excepted = runner.invoke(args=["certificates", "issue", SLUG, lena.email, "--exception", "Done on paper."])
    assert excepted.exit_code == 0
    assert actions(session) == ["certificate.excepted"]
