"""What the stories of people share: letters read, links followed, forms of accounts filled in."""

import re

from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy.db import Database
from academy.mail.models import Letter
from academy.people import passwords
from academy.people.models import Member
from tests.browser import Browser, Page

PHRASE = "four quiet lanterns upriver"
OTHER = "seven brisk herons downhill"


def reader(app: Flask) -> Session:
    """A session that only reads."""
    database: Database = app.extensions["academy.database"]
    return database.reading()


def letters(app: Flask) -> list[Letter]:
    """Every letter so far, the oldest first."""
    with reader(app) as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def member(app: Flask, email: str) -> Member:
    """The row of whoever has this address."""
    with reader(app) as session:
        return session.scalars(select(Member).where(Member.email_key == email)).one()


def link_in(letter: Letter) -> str:
    """The path of the link in a letter."""
    found = re.search(r"http://localhost(/account/\S+)", letter.text)
    assert found is not None, letter.text
    return found.group(1)


def register(browser: Browser, email: str, name: str = "Zarina", password: str = PHRASE) -> Page:
    """Fill in the form of a new account."""
    return browser.open("/account/register").submit("Register", display_name=name, email=email, password=password)


def sign_in(browser: Browser, email: str, password: str = PHRASE, target: str = "") -> Page:
    """Fill in the form of signing in."""
    url = f"/account/sign-in?next={target}" if target else "/account/sign-in"
    return browser.open(url).submit("Sign in", email=email, password=password)


def with_password(app: Flask, session: Session, who: Member, password: str = PHRASE) -> Member:
    """The same member, who now has a password."""
    with app.app_context():
        session.execute(update(Member).where(Member.id == who.id).values(password_hash=passwords.hashed(password)))
    session.commit()
    return who


def change(session: Session, who: Member, **values: object) -> None:
    """Change columns of a member's row."""
    session.execute(update(Member).where(Member.id == who.id).values(**values))
    session.commit()
