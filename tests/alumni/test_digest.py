"""The digest: asked for, worth reading, once, at a good hour, and ended by one link."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.mail.models import Letter
from academy.mail.service import queue
from academy.people import data_rights
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.digest import jobs, people, rules
from alumni.digest.models import DigestChoice
from alumni.events.models import Event
from alumni.opportunities.models import Opportunity
from alumni.profiles.models import Profile, ProfileTerm
from tests import makers
from tests.alumni.group_stage import group
from tests.alumni.profile_stage import profile
from tests.browser import Browser

PAGE = "/alumni/digest/"
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
TASHKENT = ZoneInfo("Asia/Tashkent")


@pytest.fixture
def zoya(session: Session) -> Member:
    """An alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def wants(session: Session, who: Member, *, due: datetime = NOON, frequency: str = "monthly") -> None:
    """Somebody wants the letter, and it is due at this moment."""
    since = due - timedelta(days=30)
    quiet = {"quiet_from": 21, "quiet_to": 8}
    session.add(DigestChoice(member_id=who.id, frequency=frequency, since=since, next_at=due, chosen_at=since, **quiet))
    session.commit()


def appears(session: Session, who: Member, at: datetime = NOON - timedelta(days=3), **fields: object) -> None:
    """Somebody opens their profile."""
    made = profile(session, who, **fields)  # type: ignore[arg-type]
    made.updated_at = at
    session.commit()


def sent(app: Flask, session: Session, now: datetime = NOON) -> list[Letter]:
    """Let the worker do it; returns every letter there is."""
    session.commit()
    with app.app_context():
        jobs.send({}, now)
    session.expire_all()
    letters = list(session.scalars(select(Letter).order_by(Letter.id)))
    for letter in letters:
        session.expunge(letter)
    session.rollback()
    return letters


@pytest.mark.parametrize(
    ("frequency", "now", "due"),
    [
        ("weekly", datetime(2026, 7, 1, 12, tzinfo=UTC), datetime(2026, 7, 6, 9, tzinfo=TASHKENT)),
        ("weekly", datetime(2026, 7, 6, 12, tzinfo=UTC), datetime(2026, 7, 13, 9, tzinfo=TASHKENT)),
        ("monthly", datetime(2026, 7, 31, 20, tzinfo=UTC), datetime(2026, 9, 1, 9, tzinfo=TASHKENT)),
        ("monthly", datetime(2026, 12, 31, 12, tzinfo=UTC), datetime(2027, 1, 1, 9, tzinfo=TASHKENT)),
        ("never", datetime(2026, 7, 1, 12, tzinfo=UTC), None),
    ],
)
def test_a_letter_is_due_in_the_morning_of_its_reader(frequency: str, now: datetime, due: datetime | None) -> None:
    assert rules.next_due(frequency, now, TASHKENT) == due


@pytest.mark.parametrize(
    ("hour", "begins", "ends", "quiet"),
    [(22, 21, 8, True), (7, 21, 8, True), (8, 21, 8, False), (12, 12, 14, True), (14, 12, 14, False), (3, 5, 5, False)],
)
def test_letters_wait_in_quiet_hours(hour: int, begins: int, ends: int, quiet: bool) -> None:
    moment = datetime(2026, 7, 1, hour, tzinfo=TASHKENT)
    assert rules.is_quiet(moment, TASHKENT, begins, ends) == quiet
    if quiet:
        assert rules.quiet_until(moment, TASHKENT, ends).hour == ends


def test_ana_asks_for_it_reads_it_and_ends_it(app: Flask, browser: Browser, session: Session, ana: Member) -> None:
    yusuf = makers.member(session, "Yusuf", alumna=True)
    appears(session, yusuf, offers=("Letters in Dari",))
    assert sent(app, session) == []
    page = browser.signed_in(ana).open(PAGE).submit("Save", frequency="monthly")
    assert "Your next letter comes on" in page.text
    choice = session.scalars(select(DigestChoice)).one()
    choice.next_at, choice.since = NOON, NOON - timedelta(days=31)
    (letter,) = sent(app, session)
    assert letter.subject == "News from Common Ground"
    assert "– Yusuf: Can help with: Letters in Dari\nhttp" in letter.text.replace("\n\n", "\n")
    way_out = letter.headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost")
    assert way_out in letter.text
    former = way_out.replace("/notices/", "/alumni/digest/")
    assert "The letter with news" in browser.open(former).text
    assert browser.client.post(way_out, data={"List-Unsubscribe": "One-Click"}).status_code == 204
    session.expire_all()
    assert choice.frequency == "never"
    assert session.scalars(select(DigestChoice.next_at)).one() is None


def test_help_chosen_from_the_list_of_topics_is_named_too(browser: Browser, session: Session, ana: Member) -> None:
    yusuf = makers.member(session, "Yusuf", alumna=True)
    appears(session, yusuf, clock.now() - timedelta(days=3), offers=("Letters in Dari",))
    session.add(ProfileTerm(member_id=yusuf.id, kind="offers", key="diplomacy", words="", place=1))
    people.note(session)
    session.commit()
    assert "Can help with: Letters in Dari, Diplomatic service" in browser.signed_in(ana).open(PAGE).text


def test_it_is_sent_once_whatever_happens(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    appears(session, zoya)
    wants(session, ana)
    assert len(sent(app, session)) == 1
    assert len(sent(app, session)) == 1
    assert len(sent(app, session, NOON + timedelta(days=20))) == 1


def test_a_letter_and_its_mark_go_together(
    app: Flask, session: Session, ana: Member, zoya: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    appears(session, zoya)
    wants(session, ana)

    def dies(*_all: object, **_named: object) -> None:
        raise KeyboardInterrupt

    def queues_then_dies(*all_: object, **named: object) -> None:
        queue(*all_, **named)  # type: ignore[arg-type]
        dies()

    with monkeypatch.context() as patch:
        patch.setattr("alumni.digest.jobs.queue", queues_then_dies)
        with pytest.raises(KeyboardInterrupt):
            sent(app, session)
    session.rollback()
    assert len(sent(app, session)) == 1


def test_nothing_is_sent_when_there_is_nothing_to_tell(app: Flask, session: Session, ana: Member) -> None:
    wants(session, ana)
    assert sent(app, session) == []
    choice = session.scalars(select(DigestChoice)).one()
    assert choice.next_at == datetime(2026, 8, 1, 9, tzinfo=TASHKENT)
    assert choice.since == NOON - timedelta(days=30)


@pytest.mark.parametrize("show", list(Audience))
def test_it_tells_of_nobody_whom_the_reader_may_not_see(
    app: Flask, session: Session, ana: Member, zoya: Member, show: Audience
) -> None:
    appears(session, zoya, show=show)
    wants(session, ana)
    assert len(sent(app, session)) == (1 if show >= Audience.NETWORK else 0)


@pytest.mark.parametrize("show", list(Audience))
def test_nor_of_what_they_offer(app: Flask, session: Session, ana: Member, zoya: Member, show: Audience) -> None:
    appears(session, zoya, offers=("Interviews",), show_offers=int(show))
    wants(session, ana)
    (letter,) = sent(app, session)
    assert ("Interviews" in letter.text) == (show >= Audience.NETWORK)


def test_whoever_closes_and_opens_again_is_not_new(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    appears(session, zoya, NOON - timedelta(days=60))
    sent(app, session)
    session.get_one(Profile, zoya.id).updated_at = NOON - timedelta(days=1)
    wants(session, ana)
    assert sent(app, session) == []


def test_an_address_that_is_none_holds_up_nobody(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    appears(session, makers.member(session, "Yusuf", alumna=True))
    ana.email = "nobody at all"
    wants(session, ana)
    wants(session, zoya)
    assert [letter.to_email for letter in sent(app, session)] == ["zoya@example.org"]


def test_it_tells_of_meetings_and_opportunities(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    wants(session, ana)
    times = {"made_at": NOON, "changed_at": NOON}
    session.add(
        Event(
            host_kind="network",
            state="open",
            title="Tea at dusk",
            text="",
            text_html="",
            begins_at=NOON + timedelta(days=3),
            ends_at=NOON + timedelta(days=3, hours=1),
            time_zone="UTC",
            form="online",
            **times,
        )
    )
    call = {"kind": "call", "title": "Papers on canals", "organisation": "A review", "pay": "none", "zone": "UTC"}
    closes = {"closes_at": NOON + timedelta(days=9), "made_at": NOON, "state": "shown"}
    for name, days in (("Papers on canals", 3), ("Papers of old", 60)):
        shown_at = NOON - timedelta(days=days)
        session.add(Opportunity(**{**call, "title": name}, **closes, poster_id=zoya.id, shown_at=shown_at))
    (letter,) = sent(app, session)
    assert "– Tea at dusk: July 4, 2026, 17:00 · Online\n" in letter.text
    assert "– Papers on canals: A review, open until July 10, 2026\n" in letter.text
    assert "Papers of old" not in letter.text


def test_it_waits_while_its_reader_sleeps(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    appears(session, zoya)
    night = datetime(2026, 7, 1, 23, tzinfo=TASHKENT)
    wants(session, ana, due=night)
    assert sent(app, session, night) == []
    assert sent(app, session, night + timedelta(hours=8)) == []
    assert len(sent(app, session, night + timedelta(hours=9))) == 1


def test_whoever_left_the_network_gets_no_letter(app: Flask, session: Session, zoya: Member, max_: Member) -> None:
    appears(session, zoya)
    wants(session, max_)
    assert sent(app, session) == []


def test_hidden_groups_are_told_of_nowhere(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    for name, entry in (("Canal people", "open"), ("Quiet circle", "hidden")):
        made = group(session, zoya, name=name, entry=entry)
        made.decided_at = NOON - timedelta(days=2)
    wants(session, ana)
    (letter,) = sent(app, session)
    assert "Canal people" in letter.text
    assert "Quiet circle" not in letter.text


@pytest.mark.parametrize("language", ["ru", "fa"])
def test_it_is_written_in_the_language_of_its_reader(
    app: Flask, session: Session, ana: Member, zoya: Member, language: str
) -> None:
    ana.language = language
    appears(session, zoya)
    wants(session, ana)
    (letter,) = sent(app, session)
    assert letter.language == language
    assert "News from" not in letter.subject
    assert "Zoya" not in letter.subject


def test_who_is_erased_is_forgotten(app: Flask, session: Session, ana: Member) -> None:
    appears(session, ana)
    wants(session, ana)
    sent(app, session, NOON - timedelta(days=1))
    with app.app_context():
        assert data_rights.export(session, ana.id)["digest"]["frequency"] == "monthly"
        data_rights.erase(session, ana.id)
    session.commit()
    assert session.scalars(select(DigestChoice)).all() == []
