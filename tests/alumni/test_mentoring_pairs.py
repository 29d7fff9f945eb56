"""A pair on its way: meetings by each one's clock, notes of both, the end, and what is left when one is erased."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock, zones
from academy.i18n import date_and_time
from academy.mail.writing import speaking
from academy.notices import queries as notices
from academy.notices.kinds import sentence_of
from academy.people import data_rights
from academy.people.models import Member
from alumni.mentoring import jobs, queries, reporting
from alumni.mentoring.models import Mentor, MentoringMeeting, MentoringNote, Mentorship, MentorshipGoal
from alumni.moderation import subjects
from tests import makers
from tests.alumni.mentoring_stage import GOAL, asked, mentor, pair
from tests.browser import Browser
from tests.makers import LONG_AGO


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def meeting(session: Session, of: Mentorship, at: datetime) -> MentoringMeeting:
    """A meeting of a pair."""
    made = MentoringMeeting(mentorship_id=of.id, author_id=of.mentor_id, at=at, place="The tea house", made_at=LONG_AGO)
    session.add(made)
    session.commit()
    return made


def about_meetings(session: Session, who: Member) -> list[str]:
    """What somebody is told about meetings, in their own language and zone."""
    found = [each for each in notices.newest_unread(session, who.id, 9) if each.kind == "mentoring_meeting"]
    with speaking(who.language), zones.telling(who.time_zone):
        return [sentence_of(each.kind, each.values) for each in found][::-1]


def test_a_meeting_is_typed_by_ones_own_clock_and_told_by_the_others(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    ana.time_zone, zoya.time_zone = "Asia/Kabul", "Asia/Tashkent"
    where = f"/alumni/mentoring/pairs/{pair(app, session, ana, zoya).id}"
    day = (clock.now() + timedelta(days=3)).date()
    page = browser.signed_in(ana).open(where).follow("Set a meeting")
    page = page.submit("Keep", day=str(day), hour="17:00", place="https://meet.example.org/ana")
    assert "17:00 , Kabul time" in page.text
    assert session.scalar(select(MentoringMeeting.at)) == datetime.combine(day, datetime.min.time(), UTC).replace(
        hour=12, minute=30
    )
    hers = browser.signed_in(zoya)
    with app.test_request_context():
        (told,) = about_meetings(session, zoya)
    assert told.endswith("17:30.")
    session.rollback()
    wrong = hers.open(f"{where}/meetings/new").submit("Keep", day="x")
    assert wrong.status == 422
    assert len(wrong.errors) == 2


def test_both_are_reminded_once_a_day_ahead(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    ana.time_zone, zoya.time_zone = "Asia/Kabul", "Asia/Tashkent"
    one, now = pair(app, session, ana, zoya), clock.now()
    meeting(session, one, now + timedelta(hours=20))
    meeting(session, one, now + timedelta(hours=30))
    called_off = meeting(session, one, now + timedelta(hours=10))
    called_off.cancelled_at = now
    session.commit()
    with app.test_request_context():
        jobs.remind({}, now)
        jobs.remind({}, now)
        for who in (ana, zoya):
            with zones.telling(who.time_zone):
                when = date_and_time(now + timedelta(hours=20))
            assert about_meetings(session, who) == [f"You meet in your mentoring on {when}."]
    session.rollback()


def test_a_note_is_read_by_both_and_not_overwritten_from_another_window(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    one = pair(app, session, ana, zoya)
    where = f"/alumni/mentoring/pairs/{one.id}/meetings/{meeting(session, one, LONG_AGO).id}"
    hers = browser.signed_in(ana)
    second_window = hers.open(where)
    hers.open(where).submit("Keep my note", text="We spoke about **water**.")
    page = browser.signed_in(zoya).open(where)
    assert [each.to_text() for each in page.all(".post strong")] == ["water"]
    late = second_window.submit("Keep my note", text="Something else.")
    assert late.status == 422
    assert "Something else." in late.source
    assert "We spoke about" in late.text
    kept = late.submit("Keep my note", text="Both.")
    assert "Both." in kept.text
    stale, newer = hers.open(where), hers.open(where)
    newer.submit("Keep my note", text="Newer.")
    assert stale.submit("Keep my note", text="Older.").status == 422
    assert "Newer." in browser.signed_in(zoya).open(where).text
    assert browser.signed_in(mina).open(where).status == 404


def test_what_has_ended_is_read_and_not_written(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    where = f"/alumni/mentoring/pairs/{pair(app, session, ana, zoya).id}"
    first, second = (browser.signed_in(zoya).open(f"{where}/end") for _ in range(2))
    assert "You said goodbye." in first.submit("End").notice
    assert second.submit("End", words="Thank you").status == 200  # a second window says thanks, and ends nothing twice
    session.expire_all()
    assert session.scalar(select(Mentor.taken)) == 0
    session.rollback()
    hers = browser.signed_in(ana)
    assert "End this mentoring" not in hers.open(where).source
    assert hers.open(f"{where}/meetings/new").status == 409
    assert hers.post(where, {"words": "One more"}).status == 409


def test_goals_go_forward_and_back(app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    where = f"/alumni/mentoring/pairs/{pair(app, session, ana, zoya).id}"
    page = browser.signed_in(ana).open(where).submit("Add this goal", words="Chair one meeting")
    page = browser.signed_in(zoya).open(where).submit("Let it go").submit("Work on it").submit("It is reached")
    assert "Reached" in page.text
    goal = session.scalar(select(MentorshipGoal.id))
    session.rollback()
    assert browser.signed_in(ana).post(f"{where}/goals/{goal}", {"to": "planned"}).status == 409
    assert browser.signed_in(ana).post(f"{where}/goals/{(goal or 0) + 9}", {"to": "done"}).status == 404


def test_who_is_erased_takes_their_words_along_and_leaves_the_place_free(
    app: Flask, session: Session, ana: Member, zoya: Member
) -> None:
    one = pair(app, session, ana, zoya)
    at = meeting(session, one, LONG_AGO)
    for who, text in ((ana, "Hers"), (zoya, "Theirs")):
        session.add(MentoringNote(meeting_id=at.id, author_id=who.id, text=text, html=text, written_at=LONG_AGO))
    session.commit()
    with app.test_request_context():
        known = data_rights.export(session, zoya.id)["mentoring"]
        assert known["pairs"][0]["meetings"][0]["my_note"] == "Theirs"
        assert known["requests"][0]["goal"] == GOAL
        data_rights.erase(session, zoya.id)
    session.commit()
    session.expire_all()
    left = session.scalars(select(Mentorship)).one()
    assert (left.mentee_id, left.goal, left.ended_at is not None) == (None, "", True)
    assert [each.text for each in session.scalars(select(MentoringNote))] == ["Hers"]
    assert session.scalar(select(Mentor.taken)) == 0
    with app.test_request_context():
        data_rights.erase(session, ana.id)
    session.commit()
    assert [session.scalar(select(table)) for table in (Mentor, Mentorship, MentoringMeeting, MentoringNote)] == [
        None
    ] * 4
    session.rollback()


def test_what_waits_for_an_erased_mentor_goes_on(
    app: Flask, session: Session, ana: Member, zoya: Member, max_: Member
) -> None:
    request = asked(app, session, max_, mentor(app, session, ana), mentor(app, session, zoya), now=clock.now())
    with app.test_request_context():
        data_rights.erase(session, ana.id)
    session.commit()
    ((found, _choice),) = queries.asked_of(session, zoya.id)
    assert found.id == request.id
    session.rollback()


def test_moderators_read_what_the_reported_one_wrote_and_not_the_other(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, max_: Member
) -> None:
    one = pair(app, session, ana, zoya)
    at = meeting(session, one, LONG_AGO)
    for who, text in ((ana, "Hers"), (zoya, "Theirs")):
        session.add(MentoringNote(meeting_id=at.id, author_id=who.id, text=text, html=text, written_at=LONG_AGO))
    session.commit()
    number, subject = (
        reporting.number_of(one, ana.id),
        f"/moderation/report/mentoring/{reporting.number_of(one, ana.id)}",
    )
    with app.test_request_context():
        known = subjects.subject_of("mentoring")
        assert known is not None
        assert (known.owner(session, number), known.excerpt(session, number)) == (ana.id, "Hers")
    where = f"/alumni/mentoring/pairs/{one.id}"
    session.rollback()
    assert browser.signed_in(zoya).open(where).follow("Tell the moderators").status == 200
    assert browser.signed_in(ana).open(subject).status == 404
    assert browser.signed_in(max_).open(subject).status == 404


def test_a_pair_can_write_to_each_other(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    where = f"/alumni/mentoring/pairs/{pair(app, session, ana, zoya).id}"
    for who in (ana, zoya):
        page = browser.signed_in(who).open(where).follow("Write a message")
        assert (page.status, page.url.startswith("/messages/")) == (200, True)


def test_a_long_mentoring_is_read_in_pages(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    together = pair(app, session, ana, zoya)
    now = clock.now().replace(microsecond=0)
    days = [*range(-1, -26, -1), 3, 2]
    moments = [now + timedelta(days=day // 2 if day < 0 else day) for day in days]  # two of them at the same time
    rows = [MentoringMeeting(mentorship_id=together.id, at=at, place="", made_at=LONG_AGO) for at in moments]
    session.add_all(rows)
    session.commit()
    numbers = [each.id for each in rows]
    page = browser.signed_in(zoya).open(f"/alumni/mentoring/pairs/{together.id}")
    later = page.follow("Earlier meetings")
    found = [
        int(url.rpartition("/")[2])
        for shown in (page, later)
        for _words, url in shown.links()
        if "/meetings/" in url and not url.endswith("new")
    ]
    assert found[:2] == [numbers[-1], numbers[-2]], "what is to come, the next one first"
    assert sorted(found) == sorted([*numbers, numbers[-1], numbers[-2]]), "and all that was, each once"
    assert "Earlier meetings" not in later.source


def test_thirty_goals_are_enough(app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    together = pair(app, session, ana, zoya)
    page = browser.signed_in(zoya).open(f"/alumni/mentoring/pairs/{together.id}")
    goal = {"mentorship_id": together.id, "author_id": ana.id, "state": "planned", "made_at": LONG_AGO}
    session.add_all(MentorshipGoal(words=f"Goal {number}", changed_at=LONG_AGO, **goal) for number in range(30))
    session.commit()
    late = page.submit("Add this goal", words="One more")
    assert (late.status, late.errors) == (422, ["There are thirty goals already. Please let one of them go first."])


def test_pairs_that_ended_are_read_in_pages(browser: Browser, session: Session, ana: Member) -> None:
    others = [makers.member(session, f"Mentee {number:02}") for number in range(25)]
    ended = {"mentor_id": ana.id, "topic": "water", "goal": "", "began_at": LONG_AGO, "ended_at": clock.now()}
    session.add_all(Mentorship(mentee_id=each.id, **ended) for each in others)
    session.commit()
    page = browser.signed_in(ana).open("/alumni/mentoring/mine")
    names = [name for shown in (page, page.follow("Earlier ones")) for name, _url in shown.links() if "Mentee" in name]
    assert names == [f"Mentee {number:02}" for number in range(24, -1, -1)]
