"""Cohorts: Ada makes them, fills them, changes them."""

import time
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import SUSPENDED, Member
from courses.catalogue.models import CourseRecord
from courses.cohorts import queries, service
from courses.cohorts.models import Cohort
from courses.enrolment.forms import addresses_in
from courses.enrolment.queries import place_of
from tests import makers
from tests.browser import Browser
from tests.courses import shelf
from tests.courses.places import Counter, at_once, cohort
from tests.makers import LONG_AGO

FACTS = {"name": "Spring", "year": "2026", "starts_on": "2026-03-01", "ends_on": "2026-12-01"}


def acts(session: Session) -> list[tuple[str, str]]:
    found = [(entry.action, entry.detail) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    session.commit()
    return found


def join(session: Session, into: Cohort, *members: Member) -> None:
    service.add_members(session, cohort_id=into.id, member_ids=[member.id for member in members], now=LONG_AGO)
    session.commit()


@pytest.mark.parametrize("address", ["", "new", "1", "1/change", "1/people/add", "1/people/1/remove"])
def test_only_admins_come_in(browser: Browser, session: Session, max_: Member, tariq: Member, address: str) -> None:
    shelf.publish(session)
    join(session, cohort(session), max_)
    page = f"/admin/cohorts/{address}"
    assert browser.open(page).heading == "Sign in"
    for stranger in (max_, tariq):
        phone = browser.signed_in(stranger)
        assert phone.open(page).status == 403
        if address not in {"", "1"}:
            assert phone.post(page, {**FACTS, "addresses": "max@example.org"}).status == 403


def test_ada_makes_a_cohort(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session)
    page = browser.signed_in(ada).open("/admin/cohorts/").follow("Make a cohort")
    page = page.submit("Make the cohort", course="first-steps", **FACTS)
    assert page.heading == "Spring"
    assert "March 1, 2026 to December 1, 2026" in page.text
    assert "Nobody is in this cohort yet." in page.text
    assert acts(session) == [("cohort.made", "first-steps")]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"name": " "}, "Please fill this in."),
        ({"name": "Winter"}, "This course already has a cohort with this name."),
        ({"year": "1999"}, "Please give a year from 2000 to 2100."),
        ({"year": "MMXXVI"}, "Please write a whole number in digits."),
        ({"starts_on": ""}, "Please fill this in."),
        ({"starts_on": "1 March"}, "Please write a date as year-month-day, for example 2027-03-01."),
        ({"ends_on": "2026-02-28"}, "The last day cannot be before the first day."),
        ({"ends_on": "0001-01-01"}, "Please give a year from 2000 to 2100."),
    ],
)
@pytest.mark.parametrize("page", ["new", "change"])
def test_facts_that_make_no_sense_are_sent_back(
    browser: Browser, session: Session, ada: Member, values: dict[str, str], error: str, page: str
) -> None:
    shelf.publish(session)
    cohort(session, "Winter")
    mine = cohort(session, "Autumn")
    address = "/admin/cohorts/new" if page == "new" else f"/admin/cohorts/{mine.id}/change"
    back = browser.signed_in(ada).open(address).submit(**{"course": "first-steps", **FACTS, **values})
    assert (back.status, back.errors) == (422, [error])
    assert back.form().values["year"] == values.get("year", "2026")
    assert len(session.scalars(select(Cohort)).all()) == 2


def test_ada_changes_a_cohort(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session)
    mine = cohort(session, "Autumn")
    page = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}").follow("Change name or dates")
    assert page.heading == "Change “Autumn”"
    assert page.submit("Save", **FACTS).heading == "Spring"
    session.refresh(mine)
    assert (mine.name, mine.ends_on) == ("Spring", date(2026, 12, 1))
    assert acts(session) == [("cohort.changed", "")]


def test_addresses_are_added_with_a_result_for_each(
    browser: Browser, session: Session, ada: Member, lena: Member, max_: Member, ana: Member
) -> None:
    shelf.publish(session, enrolment="approval")
    mine = cohort(session)
    join(session, mine, max_)
    ana.state = SUSPENDED
    session.commit()
    listed = " Lena <LENA@Example.org>,\nmax@example.org\r\nnobody@example.org; not an address"
    pasted = f"{listed}\nana@example.org\nlena@example.org\n"
    page = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}").follow("Add people")
    page = page.submit("Add these people", addresses=pasted)
    assert page.heading == "1 person added to “Spring”"
    rows = [" ".join(row.to_text(separator=" ").split()) for row in page.all("tbody tr")]
    assert rows == [
        "LENA@Example.org Added",
        "max@example.org Already in",
        "nobody@example.org No account with this address",
        "not an address This does not look like an e-mail address",
        "ana@example.org No account with this address",
        "lena@example.org Already in",
    ]
    place = place_of(session, lena.id, "first-steps")
    assert place is not None
    assert place.active
    assert place_of(session, max_.id, "first-steps") is None, "who was in it before is left as they are"
    assert acts(session) == [("cohort.person_added", f"member:{lena.id}")]
    notice = session.scalars(select(Notice)).one()
    session.commit()
    assert notice.member_id == lena.id
    phone = browser.signed_in(lena)
    assert "You now have a place in First steps." in phone.open("/my/notices").text


def test_adding_works_while_a_course_takes_nobody_else(
    browser: Browser, session: Session, ada: Member, lena: Member
) -> None:
    shelf.publish(session)
    session.get_one(CourseRecord, "first-steps").status = "draft"
    mine = cohort(session)
    browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}/people/add").submit(addresses="lena@example.org")
    assert place_of(session, lena.id, "first-steps") is not None


def test_two_admins_add_the_same_people_at_once(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session)
    mine = cohort(session)
    page = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}/people/add")
    answers = at_once([page, page], "Add these people", addresses="lena@example.org")
    assert sorted(answer.heading[:1] for answer in answers) == ["0", "1"]
    assert [person[0] for person in queries.members_of(session, mine.id)] == [lena.id]


@pytest.mark.parametrize(
    ("pasted", "error"),
    [
        (" \n ", "Please fill this in."),
        (",;\n", "Please write at least one address."),
        ("\n".join(f"guest{number}@example.org" for number in range(501)), "Please add at most 500 people at once."),
    ],
)
def test_a_list_of_a_wrong_length_is_sent_back(
    browser: Browser, session: Session, ada: Member, pasted: str, error: str
) -> None:
    shelf.publish(session)
    mine = cohort(session)
    page = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}/people/add").submit(addresses=pasted)
    assert (page.status, page.errors) == (422, [error])


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a@x.org\nb@x.org", ["a@x.org", "b@x.org"]),
        ("Ann Lee <a@x.org>, b@x.org; c@x.org", ["a@x.org", "b@x.org", "c@x.org"]),
        ("a@x.org,a@x.org", ["a@x.org"]),
        ("Ann <Lee> <a@x.org>", ["a@x.org"]),
        ("<" * 50_000, ["<" * 50_000]),
        ("<>" * 25_000, []),
    ],
    ids=["lines", "as mail programs list them", "twice", "a strange name", "hostile", "more hostile"],
)
def test_addresses_are_found_in_a_pasted_text(text: str, addresses: list[str]) -> None:
    assert addresses_in(text) == addresses


def test_an_endless_address_is_refused_at_once(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session)
    mine = cohort(session)
    form = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}/people/add")
    began = time.perf_counter()
    for endless in ("a" * 40_000 + "@x.org", "a@" + "x." * 20_000 + "org", '"' * 40_000 + "@x.org"):
        assert form.submit(addresses=endless).heading == "0 people added to “Spring”"
    assert time.perf_counter() - began < 5


def test_ada_removes_somebody_and_the_place_stays(
    browser: Browser, session: Session, ada: Member, lena: Member
) -> None:
    shelf.enrolled(session, lena.id, shelf.publish(session))
    mine = cohort(session)
    join(session, mine, lena)
    page = browser.signed_in(ada).open(f"/admin/cohorts/{mine.id}").follow("Remove")
    assert page.heading == "Remove Lena from “Spring”?"
    assert "Nobody is in this cohort yet." in page.submit("Remove from the cohort").text
    page.submit("Remove from the cohort")
    assert acts(session) == [("cohort.person_removed", f"member:{lena.id}")]
    place = place_of(session, lena.id, "first-steps")
    assert place is not None
    assert place.active


def test_unknown_cohorts_are_not_found(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session)
    mine = cohort(session)
    desk = browser.signed_in(ada)
    for address in ("77", str(10**30), "77/change", "77/people/add", f"{mine.id}/people/{lena.id}/remove"):
        assert desk.open(f"/admin/cohorts/{address}").status == 404
    for query in (f"after={10**30}", "after=-1", "after=77", "course=nothing"):
        assert desk.open(f"/admin/cohorts/?{query}").status == 200


def test_people_and_cohorts_come_page_by_page_at_the_same_cost(
    browser: Browser, session: Session, ada: Member, query_count: Counter
) -> None:
    shelf.publish(session)
    mine = cohort(session, "All")
    desk = browser.signed_in(ada)
    costs: list[int] = []
    for numbers in (range(2), range(2, 60)):
        for number in numbers:
            join(session, mine, makers.member(session, f"Guest{number // 2:03}x{number}"))
            cohort(session, f"Cohort {number}", start=date(2027, 1 + number % 2, 1))
        for address in ("/admin/cohorts/", f"/admin/cohorts/{mine.id}"):
            desk.open(address)
            with query_count() as count:
                desk.open(address)
            costs.append(count.total)
    assert costs == [3, 5, 3, 5]
    page = desk.open(f"/admin/cohorts/{mine.id}")
    names = [*page.all(".list-row-title"), *page.follow("More people").all(".list-row-title")]
    seen = [name.to_text().strip() for name in names]
    assert (len(seen), seen) == (60, sorted(seen))
    page = desk.open("/admin/cohorts/")
    rows = [*page.all(".list-row-title"), *page.follow("Older").all(".list-row-title")]
    intakes = [row.to_text().strip() for row in rows]
    assert (len(intakes), len(set(intakes)), intakes[-1]) == (61, 61, "All")


def test_lena_takes_her_cohorts_away_and_erases_them(app: Flask, session: Session, lena: Member, max_: Member) -> None:
    shelf.publish(session)
    mine = cohort(session)
    join(session, mine, lena, max_)
    with app.app_context():
        known = data_rights.export(session, lena.id)["cohorts"]
        data_rights.erase(session, lena.id)
    assert [each["name"] for each in known["cohorts"]] == ["Spring"]
    assert queries.known_of(session, lena.id) == {"cohorts": []}
    assert [name for _number, name, _email in queries.members_of(session, mine.id)] == ["Max"]
