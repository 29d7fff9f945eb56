"""An account that nobody signs in to for two years goes, after two letters that were really sent."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.jobs import running
from academy.mail import posting
from academy.mail.models import Letter
from academy.mail.transport import HANDED_OVER, LATER, Outcome
from academy.people import inactivity
from academy.people.models import ACTIVE, ERASED, Member, RoleGrant
from tests import makers
from tests.browser import Browser

BEGAN = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class Post:
    """A mail server that takes letters, or does not."""

    def __init__(self) -> None:
        self.open, self.taken = True, list[EmailMessage]()

    def post(self, messages: Iterable[EmailMessage]) -> Iterator[Outcome]:
        """Take each letter away."""
        for message in messages:
            if self.open:
                self.taken.append(message)
            yield Outcome(HANDED_OVER if self.open else LATER)


class Years:
    """Time that passes a day at a time, with the worker doing its daily work."""

    def __init__(self, app: Flask, traveller: time_machine.Traveller) -> None:
        self.app, self.clock, self.now, self.post = app, traveller, BEGAN, Post()

    def pass_by(self, days: int) -> None:
        """Let days pass one by one."""
        for _ in range(days):
            self.now += DAY
            self.clock.move_to(self.now, tick=False)
            with self.app.app_context():
                running.tick(self.now)
                while running.run_due(self.now):
                    pass
                posting.deliver_waiting(self.now, self.post)

    def jump(self, days: int) -> None:
        """Let days pass while nothing runs."""
        self.now += days * DAY
        self.clock.move_to(self.now, tick=False)

    def letters(self, who: Member) -> list[str]:
        """The plain words of the letters that reached somebody."""
        found = [each for each in self.post.taken if who.email in str(each["To"])]
        return [str(part.get_content()) for each in found if (part := each.get_body(("plain",))) is not None]


@pytest.fixture
def years(app: Flask) -> Iterator[Years]:
    """A clock that tests turn by days and years."""
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield Years(app, traveller)


@pytest.fixture
def nodira(session: Session, years: Years) -> Member:
    """Nodira signed in once."""
    assert years.now == BEGAN
    made = makers.member(session, "Nodira")
    makers.sign_in(session, made, BEGAN)
    return made


def state(session: Session, who: Member) -> str:
    session.refresh(who)
    found = who.state
    session.commit()
    return found


def test_nodira_is_told_twice_and_then_erased(years: Years, session: Session, nodira: Member) -> None:
    years.jump(698)
    years.pass_by(1)
    assert years.letters(nodira) == []
    years.pass_by(1)
    (first,) = years.letters(nodira)
    assert "since November 22, 2026" in first
    assert "erased on November 21, 2028" in first
    assert "/account/sign-in" in first
    years.pass_by(22)
    assert len(years.letters(nodira)) == 1
    years.pass_by(1)
    assert "erased on November 21, 2028" in years.letters(nodira)[1]
    address = nodira.email
    years.pass_by(6)
    assert state(session, nodira) == ACTIVE
    years.pass_by(2)
    assert state(session, nodira) == ERASED
    assert (nodira.email, nodira.display_name) == ("", "—")
    last = session.scalars(select(AuditEntry).where(AuditEntry.action == "member.erased")).one()
    assert (last.actor_id, last.actor_role, last.detail) == (None, "system", "unused for two years")
    session.commit()
    assert len([each for each in years.post.taken if address in str(each["To"])]) == 2


@pytest.mark.slow
def test_signing_in_once_takes_the_warning_back(
    years: Years, browser: Browser, session: Session, nodira: Member
) -> None:
    years.jump(699)
    years.pass_by(25)
    assert len(years.letters(nodira)) == 2
    assert browser.signed_in(nodira).open("/account/").heading == "Your account"
    years.jump(600)
    years.pass_by(2)
    assert (state(session, nodira), nodira.warned_at) == (ACTIVE, None)
    assert len(years.letters(nodira)) == 2
    years.jump(98)
    years.pass_by(33)
    assert state(session, nodira) == ERASED


@pytest.mark.slow
def test_nobody_is_erased_whose_letters_never_left(years: Years, session: Session, nodira: Member) -> None:
    years.post.open = False
    years.jump(699)
    years.pass_by(25)
    years.jump(20)
    years.pass_by(2)
    assert (state(session, nodira), years.letters(nodira)) == (ACTIVE, [])
    years.post.open = True
    years.jump(10)
    years.pass_by(3)
    assert len(years.letters(nodira)) == 1
    years.pass_by(8)
    assert state(session, nodira) == ERASED


@pytest.mark.slow
def test_a_worker_that_slept_still_gives_thirty_days(years: Years, session: Session, nodira: Member) -> None:
    years.jump(1500)
    years.pass_by(29)
    assert state(session, nodira) == ACTIVE
    assert len(years.letters(nodira)) == 2
    years.pass_by(3)
    assert state(session, nodira) == ERASED


def test_whoever_never_signed_in_counts_from_the_first_day(years: Years, session: Session) -> None:
    zarina = makers.member(session, "Zarina")
    years.jump((makers.LONG_AGO + inactivity.KEPT - BEGAN).days - 32)
    years.pass_by(1)
    assert years.letters(zarina) == []
    years.pass_by(1)
    assert len(years.letters(zarina)) == 1


@pytest.mark.slow
def test_people_with_a_role_or_a_certificate_stay(
    years: Years, session: Session, ada: Member, tariq: Member, ana: Member, nodira: Member
) -> None:
    assert state(session, nodira) == ACTIVE
    years.jump(2000)
    years.pass_by(33)
    assert [state(session, each) for each in (ada, tariq, ana)] == [ACTIVE] * 3
    assert {str(each["To"]) for each in years.post.taken} == {"nodira@example.org"}
    session.execute(delete(RoleGrant).where(RoleGrant.member_id == tariq.id))
    session.commit()
    years.pass_by(33)
    assert state(session, tariq) == ERASED


@pytest.mark.slow
def test_a_letter_about_the_end_is_in_its_readers_language_and_leaves_with_them(
    years: Years, session: Session, nodira: Member
) -> None:
    nodira.language, nodira.time_zone = "ru", "America/New_York"
    session.commit()
    years.jump(699)
    years.pass_by(1)
    assert "22 ноября 2026" in years.letters(nodira)[0]
    years.pass_by(33)
    assert state(session, nodira) == ERASED
    assert session.scalars(select(Letter.id)).all() == []
    session.commit()
