"""Ways in which somebody hostile looks for what is not meant for them; each of them once led somewhere."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.people import minors
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.digest import people
from alumni.events import guest_queries
from alumni.events.models import EventHost
from alumni.graduates.models import EarlierGraduate, PastCohort
from alumni.groups import people_queries
from alumni.groups.models import GroupInvitation
from alumni.mentoring.models import MentoringRequest, Mentorship
from alumni.moderation.models import Case, Silence
from alumni.profiles.models import Profile, ProfileTerm
from tests import makers
from tests.alumni import event_stage, facilitators_stage, group_stage, mentoring_stage
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.makers import LONG_AGO

GOAL = mentoring_stage.GOAL


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def test_staff_who_write_by_number_learn_no_pen_name(
    browser: Browser, session: Session, ana: Member, mina: Member
) -> None:
    profile(session, ana, show=Audience.ME, pen_name="Blue Heron", handle="blue-heron")
    writing = browser.signed_in(mina).open(f"/messages/new/{ana.id}")
    sent = writing.submit("Send", text="Please look at your account.")
    for page in (writing, sent, browser.signed_in(mina).open("/messages/")):
        assert page.status == 200
        assert "Blue Heron" not in page.source
    browser.signed_in(ana).open(sent.url).submit("Send", text="Thank you, I do.")
    assert "Blue Heron" in browser.signed_in(mina).open(sent.url).text, "whoever answers shows themselves by it"


def test_staff_do_not_learn_by_its_address_that_a_profile_is_there(
    browser: Browser, session: Session, ana: Member, mina: Member
) -> None:
    profile(session, ana, show=Audience.ME, handle="blue-heron")
    assert browser.signed_in(mina).open("/messages/with/blue-heron").status == 404


def test_a_cohort_is_named_to_nobody_who_finds_none_of_it(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    cohort = PastCohort(
        year=2019, name="Women of the upper valley", name_key="women of the upper valley", created_at=LONG_AGO
    )
    session.add(cohort)
    session.flush()
    session.add(
        EarlierGraduate(
            cohort_id=cohort.id, name="Ana", name_key="ana", member_id=ana.id, state="confirmed", created_at=LONG_AGO
        )
    )
    profile(session, ana, show=Audience.NETWORK, show_cohort=Audience.ME)
    key = f"p{cohort.id}"
    for page in (
        browser.open(f"/alumni/?cohort={key}"),
        browser.signed_in(zoya).open(f"/alumni/?cohort={key}"),
        browser.signed_in(zoya).open(f"/alumni/filter?cohort={key}"),
    ):
        assert "upper valley" not in page.source
    session.execute(update(Profile).values(show_cohort=int(Audience.NETWORK)))
    session.commit()
    assert "upper valley" in browser.signed_in(zoya).open(f"/alumni/filter?cohort={key}").text


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_place_at_the_end_of_time_is_no_place(browser: Browser, ana: Member, moment: str) -> None:
    address = f"/alumni/?sort=newest&after=1~{moment.replace('+', '%2B')}"
    assert browser.signed_in(ana).open(address).status == 200


def test_a_profile_that_moderators_hid_offers_nothing_either(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, ana, withheld_at=LONG_AGO)
    number = mentoring_stage.mentor(app, session, ana).id
    facilitators_stage.facilitator(session, ana)
    theirs = browser.signed_in(zoya)
    assert "Ana" not in theirs.open("/alumni/mentoring").text
    assert theirs.open(f"/alumni/mentoring/mentors/{number}/ask").status == 404
    assert "Ana" not in theirs.open("/alumni/facilitators").text


def test_nobody_asks_whom_they_keep_away_or_who_keeps_them_away_to_hold_an_event(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, zoya, show=Audience.EVERYONE, handle="zoya-of-osh")
    event = event_stage.event(session, ana)
    blocks.block(session, member_id=zoya.id, other_id=ana.id, now=clock.now())
    session.commit()
    page = browser.signed_in(ana).open(f"/alumni/events/{event.id}/hosts").submit("Ask them", handle="zoya-of-osh")
    assert page.errors == ["You see no profile at this address."]
    asked = session.scalar(select(func.count()).select_from(EventHost).where(EventHost.member_id == zoya.id))
    session.rollback()
    assert asked == 0


def _note_minor(session: Session, who: Member, by: Member) -> None:
    minors.note(session, member=who, by=Actor(by.id, by.display_name, "en"), now=clock.now())
    session.commit()


def test_minors_are_not_written_to_by_way_of_mentoring(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    profile(session, ana)
    number = mentoring_stage.mentor(app, session, ana).id
    _note_minor(session, zoya, ada)
    asking = browser.signed_in(zoya).open(f"/alumni/mentoring/mentors/{number}/ask")
    page = asking.submit("Send my request", topic="mediation", goal=GOAL)
    assert page.status == 403
    assert session.scalar(select(func.count()).select_from(MentoringRequest)) == 0
    session.rollback()
    _note_minor(session, ana, ada)
    assert "Ana" not in browser.signed_in(ada).open("/alumni/mentoring").text, "nor are they offered as mentors"


def test_a_minor_is_invited_to_a_group_without_words_of_strangers(
    browser: Browser, session: Session, ana: Member, zoya: Member, ada: Member
) -> None:
    profile(session, zoya, handle="zoya-of-osh")
    group = group_stage.group(session, ana)
    _note_minor(session, zoya, ada)
    page = browser.signed_in(ana).open(f"/alumni/groups/{group.key}/invite").submit("Invite", handle="zoya-of-osh")
    assert page.errors == ["We found nobody by this handle whom you could invite."]
    assert session.scalar(select(func.count()).select_from(GroupInvitation)) == 0
    session.rollback()


def silenced(session: Session, who: Member) -> None:
    """Moderators keep this member from writing until tomorrow."""
    case = Case(origin="reported", kind="profile", number=who.id, opened_at=LONG_AGO)
    session.add(case)
    session.flush()
    tomorrow = clock.now() + timedelta(days=1)
    session.add(Silence(member_id=who.id, case_id=case.id, began_at=LONG_AGO, until=tomorrow))
    session.commit()


def test_whoever_was_silenced_writes_nothing_as_a_facilitator_or_host(
    browser: Browser, session: Session, ana: Member, ada: Member
) -> None:
    facilitators_stage.facilitator(session, ana)
    ran = facilitators_stage.ran(session, ana, ada, minutes=None)
    event = event_stage.event(session, ana, begins_in=timedelta(days=-1))
    coming = event_stage.event(session, ana)
    silenced(session, ana)
    hers = browser.signed_in(ana)
    assert hers.open("/alumni/facilitators/offer").submit("Keep my offer", words="Buy my course").status == 403
    page = hers.open(f"/alumni/facilitators/sessions/{ran.id}")
    assert page.submit("Note my hours", logged_words="Buy my course").status == 403
    assert hers.open(f"/alumni/events/{event.id}/notes").submit("Keep it", notes="Buy my course").status == 403
    assert hers.open(f"/alumni/events/{coming.id}/cancel").submit("Cancel", reason="Buy my course").status == 403
    assert page.submit("Note my hours", logged_words="").status == 200, "hours can be noted without a word"


def test_whoever_was_silenced_writes_nothing_in_mentoring(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    number = mentoring_stage.mentor(app, session, ana).id
    silenced(session, zoya)
    page = (
        browser.signed_in(zoya)
        .open(f"/alumni/mentoring/mentors/{number}/ask")
        .submit("Send my request", topic="mediation", goal=GOAL)
    )
    assert page.status == 403
    assert session.scalar(select(func.count()).select_from(MentoringRequest)) == 0
    session.rollback()


def test_a_mentor_who_was_blocked_meanwhile_takes_nobody_on(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    request = mentoring_stage.asked(app, session, zoya, mentoring_stage.mentor(app, session, ana))
    blocks.block(session, member_id=zoya.id, other_id=ana.id, now=clock.now())
    session.commit()
    browser.signed_in(ana).post(f"/alumni/mentoring/requests/{request.id}", {"accept": "y", "answer": "Come!"})
    assert session.scalar(select(func.count()).select_from(Mentorship)) == 0
    session.rollback()


def test_trying_addresses_to_learn_who_is_there_ends_soon(browser: Browser, session: Session, ana: Member) -> None:
    profile(session, ana)
    theirs = browser.signed_in(ana)
    tried = [theirs.post("/alumni/me/address", {"handle": f"Zahra {number}"}).status for number in range(21)]
    assert tried == [422] * 20 + [429]


def test_the_digest_names_what_somebody_helps_with(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, ana, updated_at=clock.now())
    session.add(ProfileTerm(member_id=ana.id, kind="offers", key="mediation", words="", place=0))
    people.note(session)
    session.commit()
    assert "Can help with: Mediation and negotiation" in browser.signed_in(zoya).open("/alumni/digest/").text


def test_whoever_is_shown_out_of_a_hidden_group_hears_no_more_of_its_events(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    group = group_stage.group(session, ana, zoya, entry="hidden")
    inside: dict[str, Any] = {"host_kind": "group", "host_key": group.key}
    meeting, held = event_stage.event(session, ana, **inside), event_stage.event(session, ana, zoya, **inside)
    event_stage.guest(session, meeting, zoya)
    theirs = people_queries.membership_of(session, group.id, zoya.id)
    assert theirs is not None
    number, key, event_id, held_id = theirs.id, group.key, meeting.id, held.id
    session.rollback()
    browser.signed_in(ana).open(f"/alumni/groups/{key}/members/{number}/remove").submit(reason="Not for us.")
    assert guest_queries.concerned(session, event_id) == []
    session.rollback()
    assert browser.signed_in(zoya).open(f"/alumni/events/{held_id}").status == 404, "nor does she see what she held"


def test_whoever_was_only_asked_is_not_named_to_those_who_may_not_see_the_name(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    asked = makers.member(session, "Gulnora", alumna=True)
    profile(session, asked, show=Audience.COHORT)
    event = event_stage.event(session, ana, zoya)
    group = group_stage.group(session, zoya)
    session.add(EventHost(event_id=event.id, member_id=asked.id, asked_at=LONG_AGO))
    session.add(GroupInvitation(group_id=group.id, member_id=asked.id, invited_by=ana.id, invited_at=LONG_AGO))
    session.commit()
    for path in (f"/alumni/events/{event.id}/hosts", f"/alumni/groups/{group.key}/invite"):
        page = browser.signed_in(zoya).open(path)
        assert ("Gulnora" in page.text, "A member" in page.text) == (False, True), path


def test_no_address_of_the_network_names_an_account(app: Flask) -> None:
    naming = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/alumni", "/forum", "/messages", "/moderation", "/account/blocks"))
        and {"member_id", "member", "author", "other_id"} & rule.arguments
    }
    assert naming == {"messages.begin", "messages.begun"}, "by which staff write to an account they know already"
