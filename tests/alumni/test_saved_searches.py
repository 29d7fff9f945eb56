"""Searches that members keep, and what they are told."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.directory import jobs
from alumni.directory.models import SavedSearch
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser


def told(app: Flask, session: Session) -> int:
    """How many notices of searches there are after the worker looked."""
    session.rollback()
    with app.app_context():
        jobs.look({}, clock.now())
    return len(session.scalars(select(Notice.id).where(Notice.kind == "directory.found")).all())


def test_an_alumna_is_told_once_of_somebody_new_who_lets_her_see_them(
    app: Flask, browser: Browser, session: Session, ana: Member
) -> None:
    early, late, near, shy = (makers.member(session, name, alumna=True) for name in ("Early", "Late", "Near", "Shy"))
    profile(session, early, country="KG")
    hers = browser.signed_in(ana)
    kept = hers.open("/alumni/?country=KG").follow("Keep this search").submit(name="In Kyrgyzstan")
    assert (kept.heading, "In Kyrgyzstan" in kept.text) == ("Searches you keep", True)
    assert told(app, session) == 0, "whoever fitted already is no news"
    profile(session, late, country="KG")
    profile(session, shy, country="KG", show_country=Audience.COHORT)
    profile(session, near, country="KG")
    blocks.block(session, member_id=near.id, other_id=ana.id, now=makers.LONG_AGO)
    session.commit()
    assert told(app, session) == 1
    assert told(app, session) == 1, "nobody is told of twice"
    assert "1 new person fits your search “In Kyrgyzstan”." in hers.open("/my/notices").text


def test_a_search_is_removed_by_its_owner_alone(browser: Browser, session: Session, ana: Member, mina: Member) -> None:
    browser.signed_in(ana).open("/alumni/searches/new?q=water").submit(name="Water")
    number = session.scalars(select(SavedSearch.id)).one()
    session.rollback()
    browser.signed_in(mina).post(f"/alumni/searches/{number}/remove")
    assert "Water" in browser.signed_in(ana).open("/alumni/searches/").text
    assert "You keep no searches yet." in browser.signed_in(ana).open("/alumni/searches/").submit("Remove").text


def test_there_are_at_most_ten(browser: Browser, ana: Member) -> None:
    hers = browser.signed_in(ana)
    for number in range(10):
        hers.open(f"/alumni/searches/new?q=w{number}").submit(name=f"Number {number}")
    refused = hers.open("/alumni/searches/new?q=more").submit(name="One more")
    assert (refused.status, refused.errors) == (422, ["You keep ten searches already. Remove one first."])
