"""A request goes from mentor to mentor; the last place of a mentor is given once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.mentoring import jobs, offering, queries
from alumni.mentoring.kinds import ChoiceState
from alumni.mentoring.models import Mentor, MentoringChoice, MentoringRequest, Mentorship
from alumni.mentoring.telling import What
from alumni.moderation import subjects
from alumni.profiles.viewers import Viewer
from tests import makers
from tests.alumni.mentoring_stage import GOAL, WORDS, asked, mentor
from tests.browser import Browser
from tests.courses import places

MINE, OFFER = "/alumni/mentoring/mine", "/alumni/mentoring/offer"


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


@pytest.fixture
def nilufar(session: Session) -> Member:
    """Nilufar is an alumna too."""
    return makers.member(session, "Nilufar", alumna=True)


@pytest.fixture
def omid(session: Session) -> Member:
    """So is Omid, who looks for a mentor."""
    return makers.member(session, "Omid", alumna=True)


def page_of(request: MentoringRequest) -> str:
    """Where a request stands."""
    return f"/alumni/mentoring/requests/{request.id}"


def told(session: Session, who: Member) -> list[str]:
    """What somebody was told about mentoring, first things first."""
    theirs = select(Notice.values).where(Notice.member_id == who.id, Notice.kind == "mentoring").order_by(Notice.id)
    found = [str(values["what"]) for values in session.scalars(theirs)]
    session.rollback()
    return found


def states(session: Session, request: MentoringRequest) -> list[str]:
    """How each chosen mentor stands to a request, first wishes first."""
    theirs = select(MentoringChoice.state).where(MentoringChoice.request_id == request.id)
    found = list(session.scalars(theirs.order_by(MentoringChoice.place)))
    session.rollback()
    return found


def test_a_request_that_nobody_answers_passes_on_to_the_last(
    app: Flask, session: Session, ana: Member, zoya: Member, omid: Member
) -> None:
    request = asked(app, session, omid, mentor(app, session, ana), mentor(app, session, zoya), now=clock.now())
    with app.app_context():
        jobs.pass_on({}, clock.now() + timedelta(days=6))
        assert states(session, request) == ["asked", "later"]
        jobs.pass_on({}, clock.now() + timedelta(days=8))
        jobs.pass_on({}, clock.now() + timedelta(days=8))
        assert states(session, request) == ["expired", "asked"]
        assert (told(session, omid), told(session, ana)) == ([What.PASSED_ON], [What.ASKED, What.LAPSED])
        jobs.pass_on({}, clock.now() + timedelta(days=16))
    assert states(session, request) == ["expired", "expired"]
    assert told(session, omid) == [What.PASSED_ON, What.UNANSWERED]


def test_a_kind_no_is_read_and_the_next_is_asked(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, omid: Member
) -> None:
    request = asked(app, session, omid, mentor(app, session, ana), mentor(app, session, zoya), now=clock.now())
    assert browser.signed_in(zoya).open(page_of(request)).status == 404
    page = browser.signed_in(ana).open(page_of(request)).submit("Decline", answer="I am abroad until June.")
    assert page.heading == "My mentoring"
    assert "I am abroad until June." in browser.signed_in(omid).open(page_of(request)).text
    assert "Omid" in browser.signed_in(zoya).open(MINE).text
    page = browser.signed_in(zoya).open(page_of(request)).submit("Decline")
    assert "Thank you for asking. I cannot take this on now" in browser.signed_in(omid).open(page_of(request)).text
    assert told(session, omid) == [What.DECLINED, What.UNANSWERED]


def test_choices_are_asked_for_once_and_help_with_the_topic(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, nilufar: Member, omid: Member
) -> None:
    first = mentor(app, session, ana, topics=["law", "water"])
    second = mentor(app, session, zoya, topics=["water"])
    third = mentor(app, session, nilufar, topics=["law"])
    page = browser.signed_in(omid).open(f"/alumni/mentoring/mentors/{first.id}/ask?topic=law")
    wrong = page.submit("Send", goal=GOAL, second=str(second.id), third=str(second.id))
    assert wrong.status == 422
    assert wrong.errors == [
        "This mentor does not help with the topic you chose.",
        "Please choose somebody else as the third, or nobody.",
    ]
    assert GOAL in wrong.source
    wrong.submit("Send", second=str(third.id), third="")
    again = browser.signed_in(omid).open(f"/alumni/mentoring/mentors/{first.id}/ask").submit("Send", goal="Another.")
    assert again.errors == ["Your earlier request still waits for an answer. Take it back before you ask again."]
    page = browser.signed_in(omid).open(MINE).follow("Law and human rights").submit("Take my request back")
    assert "Your request is taken back." in page.notice
    assert told(session, ana) == [What.ASKED, What.WITHDRAWN]


def test_who_rests_or_stops_passes_on_what_waits(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, omid: Member
) -> None:
    request = asked(app, session, omid, mentor(app, session, ana), mentor(app, session, zoya), now=clock.now())
    browser.signed_in(ana).open(OFFER).submit("Keep", paused_until=str((clock.now() + timedelta(days=20)).date()))
    assert states(session, request) == ["passed", "asked"]
    page = browser.signed_in(zoya).open(OFFER).submit("Stop offering")
    assert "You do not offer to be a mentor now." in page.text
    assert states(session, request) == ["passed", "passed"]
    assert told(session, omid) == [What.PASSED_ON, What.UNANSWERED]


def test_who_takes_the_last_one_on_passes_the_others_on(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, omid: Member, nilufar: Member
) -> None:
    hers, spare = mentor(app, session, ana), mentor(app, session, zoya)
    first, second = (
        asked(app, session, omid, hers, now=clock.now()),
        asked(app, session, nilufar, hers, spare, now=clock.now()),
    )
    browser.signed_in(ana).open(page_of(first)).submit("Accept")
    assert states(session, second) == [ChoiceState.PASSED, ChoiceState.ASKED]
    page = browser.signed_in(ana).open(OFFER).submit("Keep", capacity="2")
    assert page.status == 200
    page = browser.signed_in(ana).open(MINE)
    assert "1 of your 2 places are taken" in page.text


def test_nobody_offers_fewer_places_than_are_taken(app: Flask, browser: Browser, session: Session, ana: Member) -> None:
    offer = mentor(app, session, ana, places=3)
    offer.taken = 2
    session.commit()
    page = browser.signed_in(ana).open(OFFER).submit("Keep", capacity="1")
    assert page.errors == ["You accompany more people than that now. Please offer at least as many places."]


def test_the_database_itself_lets_nobody_be_over_full(app: Flask, session: Session, ana: Member) -> None:
    offer = mentor(app, session, ana)
    offer.taken = 2
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()


def test_two_mentees_at_the_last_place(
    app: Flask, browser: Browser, session: Session, ana: Member, omid: Member, nilufar: Member
) -> None:
    offer = mentor(app, session, ana)
    requests = [asked(app, session, who, offer, now=clock.now()) for who in (omid, nilufar)]
    pages = [browser.signed_in(ana).open(page_of(each)) for each in requests]
    came = sorted(page.status for page in places.at_once(pages, "Accept"))
    assert came[0] == 200
    assert came[1] in {404, 409}  # refused, or passed on before the second was looked at
    session.expire_all()
    assert len(session.scalars(select(Mentorship)).all()) == 1
    assert session.scalar(select(Mentor.taken)) == 1
    session.rollback()


def test_one_request_accepted_in_two_windows_makes_one_pair(
    app: Flask, browser: Browser, session: Session, ana: Member, omid: Member
) -> None:
    request = asked(app, session, omid, mentor(app, session, ana, places=5), now=clock.now())
    pages = [browser.signed_in(ana).open(page_of(request)) for _ in range(3)]
    came = sorted(page.status for page in places.at_once(pages, "Accept"))
    assert came[0] == 200
    assert set(came[1:]) <= {404, 409}
    assert len(session.scalars(select(Mentorship)).all()) == 1
    assert session.scalar(select(Mentor.taken)) == 1
    session.rollback()


def test_offers_and_requests_can_be_reported_and_a_hidden_offer_comes_back(
    app: Flask, browser: Browser, session: Session, ana: Member, omid: Member
) -> None:
    offer = mentor(app, session, ana)
    request = asked(app, session, omid, offer, now=clock.now())
    offered, wanted = f"/moderation/report/mentor/{offer.id}", f"/moderation/report/mentoring_request/{request.id}"
    where = page_of(request)
    session.rollback()
    assert browser.signed_in(omid).open(offered).status == 200
    assert browser.signed_in(ana).open(where).follow("Tell the moderators").status == 200
    assert browser.signed_in(omid).open(wanted).status == 404  # their own
    with app.test_request_context():
        subject = subjects.subject_of("mentor")
        assert subject is not None
        hide = subject.acts[subjects.HIDE]
        hide.do(session, offer.id, clock.now())
        assert queries.mentor_for(session, Viewer(omid.id, Audience.NETWORK), offer.id) is None
        hide.undo(session, offer.id, clock.now())
        assert queries.mentor_for(session, Viewer(omid.id, Audience.NETWORK), offer.id) is not None
        assert (subject.excerpt(session, offer.id), subject.owner(session, offer.id)) == (WORDS, ana.id)
        hide.do(session, offer.id, clock.now())
        offering.stop(session, member_id=ana.id, now=clock.now())
        hide.undo(session, offer.id, clock.now())
        assert queries.mentor_for(session, Viewer(omid.id, Audience.NETWORK), offer.id) is None, (
            "she stopped it herself"
        )
        hide.do(session, offer.id, clock.now())
        session.commit()
    page = browser.signed_in(ana).open("/alumni/mentoring/offer")
    assert "Moderators keep your offer from being shown." in page.text
    page.submit("Offer to be a mentor")
    assert "Ana" not in browser.signed_in(omid).open("/alumni/mentoring").text, "nor does she take it back from them"
    session.rollback()


def test_a_place_that_is_taken_is_not_given_and_an_answer_is_not_taken_back(
    app: Flask, browser: Browser, session: Session, ana: Member, omid: Member
) -> None:
    offer = mentor(app, session, ana)
    where = page_of(asked(app, session, omid, offer, now=clock.now()))
    windows = [browser.signed_in(ana).open(where) for _ in range(2)]
    waiting = browser.signed_in(omid).open(where)
    offer.taken = 1
    session.commit()
    assert windows[0].submit("Accept").status == 409
    assert "cannot accept now" in browser.signed_in(ana).open(where).text
    offer.taken = 0
    session.commit()
    assert windows[1].submit("Accept").status == 200
    assert waiting.submit("Take my request back").status == 409
