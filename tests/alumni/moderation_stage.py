"""A small feature of its own for tests of moderation: notes on a wall, by number, that can be hidden and removed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from academy.people.models import Member
from alumni.moderation import subjects
from alumni.moderation.models import Case
from alumni.moderation.subjects import HIDE, REMOVE, Act, Review, Subject
from tests.browser import Browser, Page

KIND = "note"
TEXT = "Send me your passport, and the job is yours."


@dataclass
class Wall:
    """Whose each note is, and what became of those that are not simply there."""

    owners: dict[int, int] = field(default_factory=dict)
    state: dict[int, str] = field(default_factory=dict)

    def becomes(self, state: str) -> subjects.Deed:
        """The deed that lets a note become so."""

        def deed(_session: Session, number: int, _now: datetime) -> None:
            self.state[number] = state

        return deed

    def may_report(self, _session: Session, _actor: Actor, number: int) -> bool:
        """Everybody sees the notes that are there."""
        return number in self.owners and not self.state.get(number)


def subject(wall: Wall) -> Subject:
    """Notes as moderators see them."""
    return Subject(
        KIND,
        "A note",
        wall.may_report,
        page=lambda _session, _number: "",
        excerpt=lambda _session, number: TEXT if wall.state.get(number) != "removed" else "",
        owner=lambda _session, number: wall.owners.get(number),
        acts={
            HIDE: Act(wall.becomes("hidden"), wall.becomes("")),
            REMOVE: Act(wall.becomes("removed"), wall.becomes("")),
        },
        hidden_after=2,
    )


@contextmanager
def wall(app: Flask) -> Iterator[Wall]:
    """Let there be notes while the block lasts."""
    made = Wall()
    with app.app_context():
        subjects.add_subject(subject(made))
        subjects.add_review(Review(KIND, made.becomes(""), made.becomes("refused"), made.becomes("waiting")))
    yield made
    for name in ("moderation.subjects", "moderation.reviews"):
        del app.extensions[name][KIND]


def report(browser: Browser, who: Member, number: int, reason: str = "scam", words: str = "") -> Page:
    """Report a note as somebody does."""
    return browser.signed_in(who).post(f"/moderation/report/{KIND}/{number}", {"reason": reason, "words": words})


def the_case(session: Session) -> Case:
    """The newest case, as it is now."""
    session.rollback()
    session.expire_all()
    found = session.query(Case).order_by(Case.id.desc()).first()
    assert found is not None
    session.expunge(found)  # what is loaded again later would begin a transaction, and hold up the pages
    session.rollback()
    return found
