"""Parts of pages that are kept in the process: nobody finds in them what belongs to somebody else."""

import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from academy.people.models import Member
from tests.browser import Browser
from tests.courses import shelf

LESSON = "/courses/first-steps/canal/water/"
PAGES = ("/", "/courses/", "/courses/?q=water", "/courses/first-steps/", LESSON, "/courses/first-steps/canal/check/")
TOKENS = re.compile(r'value="[\w.-]+\.[\w.-]+\.[\w.-]+"')


@pytest.mark.parametrize("language", ["en", "fa"])
def test_what_lena_looked_at_does_not_change_what_max_sees(
    app: Flask, browser: Browser, session: Session, lena: Member, max_: Member, language: str
) -> None:
    live = shelf.publish(session)
    for member in (lena, max_):
        shelf.enrolled(session, member.id, live)
    hers, his = browser.signed_in(lena), browser.signed_in(max_)
    hers.post(f"{LESSON}done")
    for path in PAGES:
        address = f"{path}{'&' if '?' in path else '?'}lang={language}"
        app.extensions["academy.shared"].clear()
        hers.open(address)
        after_her = TOKENS.sub("", his.open(address).source)
        app.extensions["academy.shared"].clear()
        assert after_her == TOKENS.sub("", his.open(address).source), path
