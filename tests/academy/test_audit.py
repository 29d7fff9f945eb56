"""The audit log: what is in it, what never is, and how admins read it."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit import retention
from academy.audit.models import AuditEntry
from academy.audit.queries import PAGE
from academy.audit.service import record
from academy.people.models import Member
from tests.academy.people_stage import OTHER, PHRASE, reader, sign_in, with_password
from tests.browser import Browser


def acts(app: Flask) -> list[tuple[str, str, str]]:
    """Every act so far: its word, its subject, its result."""
    with reader(app) as session:
        return [
            (row.action, row.subject, row.result) for row in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        ]


def test_signing_in_is_noted_also_when_it_is_refused(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    sign_in(browser, lena.email, OTHER)
    sign_in(browser, "nobody@example.org", OTHER)
    sign_in(browser, lena.email)
    who = f"member:{lena.id}"
    assert acts(app) == [
        ("sign-in.refused", who, "refused"),
        ("sign-in.refused", "", "refused"),
        ("sign-in", who, "done"),
    ]


def test_giving_a_role_is_noted_with_who_gave_it(app: Flask, browser: Browser, ada: Member, lena: Member) -> None:
    page = browser.signed_in(ada).open(f"/admin/people/{lena.id}").submit("Give the role", role="trainer", scope="")
    log = page.follow("What happened to this account")
    assert log.heading == "Audit log"
    assert "Ada role.given member:" in log.text
    assert "trainer" in log.text
    assert acts(app) == [("role.given", f"member:{lena.id}", "done")]


def test_neither_names_nor_passwords_are_in_the_log(
    app: Flask, browser: Browser, session: Session, lena: Member
) -> None:
    with_password(app, session, lena)
    hers = browser.signed_in(lena)
    hers.open("/account/name").submit("Save", display_name="Secret Name", legal_name="Secret Name")
    hers.open("/account/password").submit("Set", current=PHRASE, password=OTHER)
    sign_in(browser, "secret.address@example.org", OTHER)
    with reader(app) as brief:
        rows = brief.scalars(select(AuditEntry)).all()
    text = " ".join(str(vars(row)) for row in rows)
    for secret in ("Secret", PHRASE, OTHER, "secret.address", "127.0.0.1"):
        assert secret not in text
    assert {row.action for row in rows} == {"member.renamed", "password.changed", "sign-in.refused"}


def test_the_log_is_read_in_pages_and_narrowed(browser: Browser, session: Session, ada: Member) -> None:
    for number in range(PAGE + 3):
        record(session, actor=None, action="role.given", now=clock.now(), subject=f"member:{number}")
    record(session, actor=None, action="mail.read", now=clock.now(), subject="letter:7")
    session.commit()
    hers = browser.signed_in(ada)
    page = hers.open("/admin/audit?action=role")
    assert len(page.all("tbody tr")) == PAGE
    assert len(page.follow("Show more").all("tbody tr")) == 3
    assert len(hers.open("/admin/audit?subject=letter:7").all("tbody tr")) == 1
    assert "No act fits." in hers.open("/admin/audit?action=%25").text


@pytest.mark.parametrize("query", ["before=x", "before=-1", "before=99999999999999999999", "action=%00&subject=%00"])
def test_odd_questions_get_a_page(browser: Browser, ada: Member, query: str) -> None:
    assert browser.signed_in(ada).open(f"/admin/audit?{query}").status == 200


def test_the_log_forgets_after_a_year(session: Session) -> None:
    now = datetime.now(UTC)
    for days in (10, 400):
        record(session, actor=None, action=f"test.{days}", now=now - timedelta(days=days))
    retention.forget(session, now)
    assert list(session.scalars(select(AuditEntry.action))) == ["test.10"]
