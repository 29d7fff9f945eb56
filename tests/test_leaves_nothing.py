"""Whoever is erased leaves nothing behind: every column of every table and every file is searched."""

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests import makers
from tests.browser import Browser
from tests.marked_rows import MARK, Filler, of_members, places_of


def test_x(app: Flask, browser: Browser, session: Session) -> None:
    lena, other = makers.member(session, "Lena"), makers.member(session, "Other")
    theirs = {"email": f"{MARK}@example.org", "email_key": f"{MARK}@example.org", "display_name": f"{MARK} Name",
              "legal_name": f"{MARK} legal"}
    session.execute(update(Member).where(Member.id == lena.id).values(theirs))
    session.commit()
    number = lena.id
    hers = browser.signed_in(lena)
    hers.open("/account/")
    Filler(session, number, other.id).fill()
    before = set(places_of(session, MARK))
    session.rollback()
    page = hers.open("/account/erase").submit("Erase", sure="y")
    print(page.url, page.status, page.text[:300])
    session.expire_all()
    after = sorted(set(places_of(session, MARK)))
    print(len(before), len(after))
    for each in after: print(each)
    assert 0
