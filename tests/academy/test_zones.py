"""Times are told in the zone their reader chose, else in the academy's; machines get them in UTC."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import i18n, zones
from academy.mail.models import Letter
from academy.mail.service import Address, queue
from academy.people.models import Member
from academy.settings import SettingsRefused, from_environment
from courses.certificates import sheets
from courses.enrolment.models import EnrolmentCode
from tests.browser import Browser
from tests.courses import certified
from tests.courses import quiz_stage as stage

EVENING = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
"""Half past one on the 23rd in Tashkent, half past three in the afternoon of the 22nd in New York."""


def choose(session: Session, who: Member, zone: str) -> Member:
    who.time_zone = zone
    session.commit()
    return who


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("", "November 23, 2026, 01:30"),
        ("America/New_York", "November 22, 2026, 15:30"),
        ("Asia/Kabul", "November 23, 2026, 01:00"),
        ("UTC", "November 22, 2026, 20:30"),
        ("Mars/Olympus", "November 23, 2026, 01:30"),
    ],
)
def test_lena_reads_times_in_the_zone_she_chose(
    browser: Browser, session: Session, lena: Member, zone: str, expected: str
) -> None:
    choose(session, lena, zone)
    with time_machine.travel(EVENING, tick=False):
        page = browser.signed_in(lena).open("/account/sessions")
    assert f"Signed in {expected}" in page.text
    assert page.all("main time")[0].attrs["datetime"] == "2026-11-22T20:30:00Z"
    assert "UTC" not in page.text


def test_lena_chooses_a_zone_and_goes_back_to_the_academys(browser: Browser, session: Session, lena: Member) -> None:
    phone = browser.signed_in(lena)
    page = phone.open("/account/")
    assert page.form("Save").values["time_zone"] == [""]
    assert "The academy's own: Tashkent" in page.text
    done = page.submit("Save", theme="light", time_zone="Asia/Almaty")
    assert done.status == 200, done.errors
    session.refresh(lena)
    assert lena.time_zone == "Asia/Almaty"
    session.commit()
    phone.open("/account/").submit("Save", theme="", time_zone="")
    session.refresh(lena)
    assert lena.time_zone == ""
    session.commit()
    assert phone.open("/account/").submit("Save", time_zone="Mars/Olympus").status == 422


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("en", "", "This attempt ends at 02:00 (Tashkent time)."),
        ("en", "UTC", "This attempt ends at 21:00 (UTC)."),
        ("ru", "Asia/Almaty", "02:00 (по времени города Алматы)"),
        ("fa", "Asia/Kabul", "۰۱:۳۰ (به وقت"),
    ],
)
def test_a_deadline_names_its_zone(
    browser: Browser, session: Session, lena: Member, language: str, zone: str, expected: str
) -> None:
    stage.publish(session, minutes=30)
    stage.enrol(session, choose(session, lena, zone))
    with time_machine.travel(EVENING, tick=False):
        desk = browser.signed_in(lena).speaking(language)
        page = desk.post(f"{stage.LESSON}/attempt")
    words = page.text.translate(str.maketrans("", "", "\u2066\u2068\u2069"))
    assert expected in words
    assert page.all("main time")[0].attrs["datetime"] == "2026-11-22T21:00:00Z"


def test_admins_read_waiting_letters_and_the_log_in_their_own_time(
    app: Flask, browser: Browser, session: Session, ada: Member
) -> None:
    choose(session, ada, "Asia/Kabul")
    with app.app_context():
        queue(session, to=Address("max@example.org"), template="trial", values={}, now=EVENING)
    number = session.scalars(select(Letter.id)).one()
    session.commit()
    with time_machine.travel(EVENING, tick=False):
        desk = browser.signed_in(ada)
        desk.post(f"/admin/letters/{number}")
        assert "November 23, 2026, 01:00" in desk.open("/admin/letters").text
        assert "November 23, 2026, 01:00" in desk.open("/admin/audit").text


def test_a_code_ends_with_the_day_of_whoever_made_it(browser: Browser, session: Session, ada: Member) -> None:
    certified.course(session)
    session.commit()
    page = browser.signed_in(choose(session, ada, "Asia/Kabul")).open("/admin/courses/first-steps/codes")
    page.submit("Make the code", last_day="2027-01-31")
    assert session.scalars(select(EnrolmentCode.expires_at)).one() == datetime(2027, 1, 31, 19, 30, tzinfo=UTC)


def test_a_letter_speaks_of_its_readers_time(app: Flask) -> None:
    with app.app_context():
        with zones.telling("Asia/Kabul"):
            assert i18n.date_and_time(EVENING) == "November 23, 2026, 01:00"
            with zones.telling(""):
                assert i18n.date_and_time(EVENING) == "November 23, 2026, 01:30"
        assert i18n.date_and_time(EVENING) == "November 23, 2026, 01:30"


def test_a_certificate_carries_the_day_of_the_academy_whoever_reads(
    app: Flask, browser: Browser, session: Session, lena: Member, ada: Member
) -> None:
    certified.course(session)
    certificate = certified.issued(app, session, certified.learns(session, choose(session, lena, "America/New_York")))
    certificate.issued_at = EVENING
    session.commit()
    assert "November 23, 2026" in browser.open(f"/c/{certificate.code}").text
    assert "November 23, 2026" in browser.signed_in(lena).open("/my/certificates").text
    desk = browser.signed_in(choose(session, ada, "America/New_York"))
    assert "November 23, 2026" in desk.open(certified.REGISTER).text
    with app.test_request_context():
        facts, words = sheets.sheet(certificate, certified.found(session).course, "en")
    assert (facts.issued_on, words.issued) == (date(2026, 11, 23), "November 23, 2026")


@pytest.mark.parametrize("value", ["Tashkent", "Asia/Nowhere", "+05:00", "../../etc/passwd"])
def test_a_zone_nobody_knows_is_refused_at_start(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        from_environment({"ACADEMY_INSTANCE": str(tmp_path), "ACADEMY_TIME_ZONE": value})
    assert refused.value.message == (
        "ACADEMY_TIME_ZONE must name a time zone that this machine knows, such as Asia/Tashkent or UTC."
    )


def test_the_academy_may_live_elsewhere(tmp_path: Path) -> None:
    def zone(**environ: str) -> str:
        return from_environment({"ACADEMY_INSTANCE": str(tmp_path), **environ}).time_zone

    assert (zone(), zone(ACADEMY_TIME_ZONE=""), zone(ACADEMY_TIME_ZONE="Asia/Kabul")) == (
        "Asia/Tashkent",
        "Asia/Tashkent",
        "Asia/Kabul",
    )
