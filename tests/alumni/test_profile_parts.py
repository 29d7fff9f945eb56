"""What other features put on a profile's page."""

from flask import Flask, render_template_string
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.audiences import Audience
from alumni.profiles import parts, queries
from alumni.profiles.viewers import VISITOR, Viewer
from tests.alumni.profile_stage import profile
from tests.browser import Browser, words

BYLINE = '{% from "macros/byline.html" import byline %}{{ byline(person) }}'


def test_a_byline_is_a_link_only_for_whoever_may_open_the_profile(app: Flask, session: Session, ana: Member) -> None:
    profile(session, ana, handle="ana-h")
    inside = queries.bylines(session, Viewer(None, Audience.NETWORK), [ana.id])[ana.id]
    outside = queries.bylines(session, VISITOR, [ana.id])[ana.id]
    with app.test_request_context():
        assert 'href="/alumni/members/ana-h"' in render_template_string(BYLINE, person=inside)
        assert "href" not in render_template_string(BYLINE, person=outside)
        assert "Ana" in render_template_string(BYLINE, person=outside)
        gone = queries.bylines(session, VISITOR, [0])[0]
        assert "A former member" in render_template_string(BYLINE, person=gone)


def test_a_feature_puts_an_act_on_the_page(app: Flask, browser: Browser, session: Session, ana: Member) -> None:
    profile(session, ana, show=Audience.EVERYONE, handle="ana-h")
    acts = list(app.extensions.get("academy.profile_acts", []))
    try:
        with app.app_context():
            parts.add_act(parts.Act("Wave", lambda handle: f"/wave/{handle}", lambda *_: True))
        assert ("Wave", "/wave/ana-h") in browser.open("/alumni/members/ana-h").links()
    finally:
        app.extensions["academy.profile_acts"] = acts


def test_what_leads_stands_first_as_the_main_button(
    app: Flask, browser: Browser, session: Session, ana: Member, lena: Member
) -> None:
    profile(session, ana, show=Audience.EVERYONE, handle="ana-h")
    acts = list(app.extensions["academy.profile_acts"])
    try:
        with app.app_context():
            parts.add_act(parts.Act("Wave", lambda handle: f"/wave/{handle}", lambda *_: True, leads=True))
        drawn = [
            (words(each), "button-quiet" in each.attrs["class"])
            for each in browser.signed_in(lena).open("/alumni/members/ana-h").all(".profile-acts a")
        ]
        assert ("Wave", False) in drawn
        assert [quiet for _, quiet in drawn] == sorted(quiet for _, quiet in drawn)
        assert drawn[-2:] == [("Keep away", True), ("Report", True)]
    finally:
        app.extensions["academy.profile_acts"] = acts
