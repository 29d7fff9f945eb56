"""Makers of messages, and the people who write them."""

import secrets
from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.messages import service, talking
from alumni.messages.models import Message, Side
from alumni.messages.rules import Words
from alumni.profiles.models import Profile
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page

HELLO = "Hello Zoya, may I ask you about your project on the river?"


def alumna(session: Session, name: str, who: Audience | None = Audience.NETWORK, **fields: Any) -> Member:
    """An alumna whose name the network sees; `who` may write to her, None where she never chose."""
    made = makers.member(session, name, alumna=True)
    profile(session, made, **fields)
    if who is not None:
        talking.choose(session, member_id=made.id, who=int(who))
        session.commit()
    return made


def words(text: str = HELLO) -> Words:
    """A text with a token of its own."""
    return Words(text, secrets.token_hex(16))


def asked(app: Flask, session: Session, by: Member, to: Member, text: str = HELLO, now: datetime | None = None) -> int:
    """A request that waits for an answer; the number of the conversation."""
    with app.test_request_context():
        number = service.begin(
            session, by=by.id, to=to.id, words=words(text), most=10, staff=False, now=now or clock.now()
        )
        session.commit()
    return number


def talk(app: Flask, session: Session, one: Member, other: Member, *texts: str, now: datetime | None = None) -> int:
    """A conversation that `other` accepted; more texts come from each in turn. Everything is read."""
    at = now or clock.now()
    number = asked(app, session, one, other, now=at)
    with app.test_request_context():
        service.accept(session, conversation_id=number, by=other.id, now=at)
        for turn, text in enumerate(texts):
            by = (other, one)[turn % 2]
            talking.send(session, conversation_id=number, by=by.id, words=words(text), now=at)
        for who in (one, other):
            talking.seen(session, conversation_id=number, member_id=who.id, now=at)
        session.commit()
    return number


def fill(session: Session, number: int, author: Member, count: int) -> None:
    """So many messages at once."""
    now = clock.now()
    rows = [
        {"conversation_id": number, "author_id": author.id, "text": f"Line {each}", "html": f"<p>Line {each}</p>"}
        for each in range(count)
    ]
    session.execute(insert(Message), [{**row, "sent_at": now} for row in rows])
    newest = session.scalar(select(func.max(Message.id)))
    session.execute(update(Side).where(Side.conversation_id == number).values(last_id=newest))
    session.commit()


def last(session: Session) -> Message:
    """The latest message."""
    found = select(Message).order_by(Message.id.desc()).limit(1)
    message = session.scalars(found.execution_options(populate_existing=True)).one()
    session.commit()
    return message


def write(page: Page, text: str) -> Page:
    """Send the form of a page."""
    return page.submit("Send", text=text)


def write_to(browser: Browser, who: Member, text: str = HELLO) -> Page:
    """Write to somebody for the first time."""
    return write(browser.open(way_to(browser.session, who)), text)


def way_to(session: Session, who: Member) -> str:
    """Where one writes to somebody first: by their profile; staff write by the account where there is none."""
    handle = session.scalars(select(Profile.handle).where(Profile.member_id == who.id)).one_or_none()
    session.commit()
    return f"/messages/with/{handle}" if handle else f"/messages/new/{who.id}"


def handle_of(session: Session, who: Member) -> str:
    """What the profile of a member is called in addresses."""
    handle = session.scalars(select(Profile.handle).where(Profile.member_id == who.id)).one()
    session.commit()
    return handle
