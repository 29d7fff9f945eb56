"""An alumna opens her profile field by field, while a stranger, a learner, a cohort mate and an admin look."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.profiles.models import Profile
from courses.catalogue.models import CourseRecord
from courses.cohorts import service as cohorts
from tests import makers
from tests.courses import places
from tests.e2e.conftest import NARROW, Seat
from tests.e2e.watch import Watch

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
EXPECTED = re.compile(r"status of (?:404|422)")
SAVE = "main form button[name=save]"
ME, COHORT, NETWORK, EVERYONE = "0", "1", "2", "3"


@pytest.fixture
def watchers(seat: Seat, session: Session, ana: Member, lena: Member, ada: Member, max_: Member) -> Mapping[str, Page]:
    """Ana's phone, and the computers of those who look; Lena and Zoya are in her cohort, Max is a stranger."""
    zoya = makers.member(session, "Zoya", alumna=True)
    session.add(CourseRecord(slug="first-steps", status="published", created_at=makers.LONG_AGO))
    session.commit()
    spring = places.cohort(session, "Spring")
    cohorts.add_members(session, cohort_id=spring.id, member_ids=[ana.id, lena.id, zoya.id], now=makers.LONG_AGO)
    session.commit()
    people = {"stranger": max_, "learner": lena, "mate": zoya, "admin": ada}
    return {who: seat(person).new_page() for who, person in people.items()}


def looked_at(watch: Watch, page: Page, name: str, *, axe: bool = True) -> None:
    """Take a picture; pages that are not there for somebody are what these stories are about."""
    watch.faults[:] = [fault for fault in watch.faults if not EXPECTED.search(fault)]
    watch.step(page, name, axe=axe)


def who_sees(watchers: Mapping[str, Page], address: str, words: str) -> set[str]:
    """Those on whose screens these words stand when they open the profile."""
    for page in watchers.values():
        page.goto(address)
    return {who for who, page in watchers.items() if words in page.locator("main").inner_text()}


def change(page: Page, key: str, **typed: str) -> None:
    """Change a section of one's profile; a field for who may see it is a list, all others are typed into."""
    page.goto(f"/alumni/me/{key}")
    for name, value in typed.items():
        field = page.locator(f"[name={name}]")
        if name.startswith("show_"):
            field.select_option(value)
        else:
            field.fill(value)
    page.locator(SAVE).click()


def test_she_opens_it_field_by_field(
    seat: Seat, over_shoulder: Watch, session: Session, ana: Member, watchers: Mapping[str, Page]
) -> None:
    hers = seat(ana, size=NARROW).new_page()
    hers.goto("/alumni/me")
    looked_at(over_shoulder, hers, "no profile yet")
    hers.locator("main form button").click()
    looked_at(over_shoulder, hers, "her name")
    handle = session.scalars(select(Profile.handle)).one()
    session.rollback()
    address = f"/alumni/members/{handle}"
    change(hers, "name", pen_name="Mahtob")
    assert who_sees(watchers, address, "Mahtob") == set()
    change(hers, "name", show_name=COHORT)
    assert who_sees(watchers, address, "Mahtob") == {"learner", "mate"}
    change(hers, "place", town="Osh", show_town=EVERYONE)
    looked_at(over_shoulder, hers, "open this to everyone")
    hers.get_by_role("button", name="Yes, open it to everyone").click()
    assert who_sees(watchers, address, "Osh") == {"learner", "mate"}  # nothing is seen without the name
    change(hers, "name", show_name=NETWORK)
    assert who_sees(watchers, address, "Osh") == {"learner", "mate", "admin"}
    change(hers, "story", story="I teach **water**.", show_story=COHORT)
    assert who_sees(watchers, address, "I teach water.") == {"learner", "mate"}
    change(hers, "name", show_name=EVERYONE)
    hers.get_by_role("button", name="Yes, open it to everyone").click()
    assert who_sees(watchers, address, "Mahtob") == set(watchers)
    looked_at(over_shoulder, watchers["mate"], "a cohort mate looks")
    over_shoulder.picture(watchers["stranger"], "a stranger looks")
    hers.goto("/alumni/me/as/network")
    expect(hers.locator("main")).not_to_contain_text("I teach water.")
    looked_at(over_shoulder, hers, "as the network sees it")
    hers.goto("/alumni/me")
    looked_at(over_shoulder, hers, "her profile")
    hers.get_by_role("button", name="Hide me everywhere").click()
    assert who_sees(watchers, address, "Mahtob") == set()
    looked_at(over_shoulder, hers, "hidden")


def test_without_scripts_in_dari(seat: Seat, over_shoulder: Watch, session: Session) -> None:
    laila = makers.member(session, "Laila", alumna=True, language="fa")
    hers = seat(laila, "fa", size=NARROW, scripts=False).new_page()
    hers.goto("/alumni/me")
    hers.locator("main form button").click()
    hers.goto("/alumni/me/languages")
    hers.locator("[name=language_0]").select_option("fa")
    hers.locator("main form button[name=save]").click()
    expect(hers.locator(".field-error").first).to_be_visible()
    looked_at(over_shoulder, hers, "a level is missing", axe=False)
    hers.locator("[name=level_0]").select_option("native")
    hers.locator("main form button[name=save]").click()
    expect(hers.locator("main")).to_contain_text("دری")
    looked_at(over_shoulder, hers, "her profile in Dari", axe=False)
