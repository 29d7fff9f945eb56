"""The standing of an alumna follows her certificates: it ends with the last that stands and comes back with it."""

from datetime import datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.models import Member
from courses.certificates import queries, service
from courses.certificates.models import Certificate, WithdrawClass
from courses.certificates.service import Award
from courses.progress.rules import Tier
from tests.browser import Browser
from tests.courses import certified
from tests.courses.certified import NOON


@pytest.fixture
def certificate(app: Flask, session: Session, lena: Member) -> Certificate:
    """Lena's only certificate."""
    certified.course(session)
    return certified.issued(app, session, certified.learns(session, lena))


def since(session: Session, who: Member) -> datetime | None:
    session.refresh(who)
    found = who.alumnus_since
    session.commit()
    return found


def standing_acts(session: Session, who: Member) -> list[tuple[str, int | None]]:
    entries = session.scalars(
        select(AuditEntry)
        .where(AuditEntry.subject == f"member:{who.id}", AuditEntry.action.startswith("alumnus."))
        .order_by(AuditEntry.id)
    )
    found = [(entry.action, entry.actor_id) for entry in entries]
    session.commit()
    return found


def test_the_standing_ends_with_the_only_certificate_and_comes_back_with_it(
    browser: Browser, session: Session, certificate: Certificate, lena: Member, ada: Member
) -> None:
    assert since(session, lena) == NOON
    desk = browser.signed_in(ada)
    record = desk.open(f"/admin/certificates/{certificate.code}").submit("Withdraw the", reason="misconduct")
    assert since(session, lena) is None
    record.submit("Restore the")
    assert since(session, lena) == NOON
    assert standing_acts(session, lena) == [
        ("alumnus.begun", None),
        ("alumnus.ended", ada.id),
        ("alumnus.begun", ada.id),
    ]


def test_another_certificate_keeps_the_standing(
    app: Flask, session: Session, certificate: Certificate, lena: Member
) -> None:
    other = certified.issued(app, session, lena, Tier.PARTICIPATION)
    certified.withdrawn(app, session, certificate)
    assert since(session, lena) == NOON
    certified.withdrawn(app, session, other)
    assert since(session, lena) is None
    assert [action for action, _by in standing_acts(session, lena)] == ["alumnus.begun", "alumnus.ended"]


def test_a_replaced_certificate_keeps_the_day_of_the_first(
    app: Flask, session: Session, certificate: Certificate, lena: Member
) -> None:
    certified.withdrawn(app, session, certificate, WithdrawClass.SUPERSEDED)
    assert since(session, lena) is None
    live = certified.found(session)
    (candidate,) = queries.candidates(session, live, Tier.COMPLETION, [lena.id])
    with app.app_context():
        award = Award(live, Tier.COMPLETION, None, NOON + timedelta(days=9))
        service.issue(session, candidate=candidate, award=award)
    session.commit()
    assert since(session, lena) == NOON


def test_a_stranger_keeps_what_is_theirs(app: Flask, session: Session, certificate: Certificate, ana: Member) -> None:
    before = since(session, ana)
    certified.withdrawn(app, session, certificate)
    assert since(session, ana) == before


def test_two_who_withdraw_at_once_leave_no_standing_behind(
    app: Flask, session: Session, certificate: Certificate, lena: Member
) -> None:
    codes = [certificate.code, certified.issued(app, session, lena, Tier.PARTICIPATION).code]
    start = Barrier(2)

    def withdraw(code: str) -> None:
        with app.app_context(), app.extensions["academy.database"].transaction() as own:
            start.wait()
            found = queries.by_code(own, code)
            assert found is not None
            service.withdraw(own, certificate=found, reason=WithdrawClass.ERROR, words="", by=None, now=NOON)

    session.commit()
    both = [Thread(target=withdraw, args=(code,)) for code in codes]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert since(session, lena) is None
