"""How Ada gives places: courses, codes, requests."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.notices.models import AT_ONCE, Notice
from academy.people.models import Member
from courses.catalogue.content import Status
from courses.catalogue.models import CourseRecord
from courses.enrolment import queries, service
from courses.enrolment.models import EnrolmentCode, PlaceRequest
from tests import makers
from tests.browser import Browser
from tests.courses import shelf
from tests.courses.places import MOTIVE, Counter, asked, at_once, code, cohort, copies
from tests.makers import LONG_AGO

CODES = "/admin/courses/first-steps/codes"
REQUESTS = "/admin/requests"
PAGES = ["/admin/courses/", "/admin/courses/first-steps/status", CODES, REQUESTS]


def acts(session: Session) -> list[tuple[str, str]]:
    found = [(entry.action, entry.subject) for entry in session.scalars(select(AuditEntry).order_by(AuditEntry.id))]
    session.commit()
    return found


def crowd(session: Session, size: int, first: int = 0) -> list[Member]:
    return [makers.member(session, f"Guest{number:03}") for number in range(first, first + size)]


@pytest.mark.parametrize("address", [*PAGES, "/admin/requests/1"])
def test_only_admins_come_in(
    browser: Browser, session: Session, max_: Member, tariq: Member, mina: Member, address: str
) -> None:
    shelf.publish(session)
    asked(session, max_)
    assert browser.open(address).heading == "Sign in"
    for stranger in (max_, tariq, mina):
        assert browser.signed_in(stranger).open(address).status == 403


@pytest.mark.parametrize(
    "address", [CODES, f"{CODES}/1/stop", "/admin/requests/1", "/admin/courses/first-steps/status"]
)
def test_max_cannot_post_what_admins_post(browser: Browser, session: Session, max_: Member, address: str) -> None:
    shelf.publish(session)
    made, request = code(session), asked(session, max_)
    phone = browser.signed_in(max_)
    assert phone.post(address, {"decision": "admit", "status": "draft"}).status == 403
    session.refresh(made)
    session.refresh(request)
    assert (made.stopped_at, request.state) == (None, "waiting")


def test_ada_sees_learners_cohorts_and_who_waits(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    live = shelf.publish(session)
    shelf.enrolled(session, lena.id, live)
    cohort(session)
    asked(session, ada)
    page = browser.signed_in(ada).open("/admin/courses/")
    assert page.text_of(".list-row").startswith("First steps 1 learner 1 cohort 1 request waits Published")


def test_ada_changes_who_sees_a_course(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session)
    page = browser.signed_in(ada).open("/admin/courses/").follow("Change state")
    assert page.submit("Save", status="nonsense").status == 422
    assert "Saved." in page.submit("Save", status="draft").notice
    assert session.get_one(CourseRecord, "first-steps").status == Status.DRAFT
    assert acts(session) == [("course.status", "course:first-steps")]
    page.submit("Save", status="draft")
    assert len(acts(session)) == 1, "what changes nothing is not noted"


@pytest.mark.skipif("closed" not in list(Status), reason="the catalogue knows no closed courses yet")
def test_a_closed_course_says_so(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session)
    browser.signed_in(ada).open("/admin/courses/first-steps/status").submit("Save", status="closed")
    phone = browser.signed_in(lena)
    assert "takes no new learners now" in phone.open("/courses/first-steps/enrol").text
    assert phone.post("/courses/first-steps/enrol").status == 409


def test_ada_makes_a_code_and_shares_its_link(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    spring = cohort(session)
    page = browser.signed_in(ada).open(CODES)
    page = page.submit("Make the code", seats="2", last_day="2099-12-31", cohort=str(spring.id))
    made = session.scalars(select(EnrolmentCode)).one()
    session.commit()
    link = f"/courses/first-steps/enrol?code={made.code}"
    assert f"http://localhost{link}" in page.text
    assert "0 of 2 places used" in page.text
    assert "January 1, 2100" in page.text, "a code works to the end of its last day"
    assert acts(session) == [("code.made", f"code:{made.id}")]
    assert "Welcome" in browser.signed_in(lena).open(link).submit("Enrol").notice
    assert "Lena" in browser.signed_in(ada).open(f"/admin/cohorts/{spring.id}").text


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"seats": "0"}, "Please give a number from 1 to 10000."),
        ({"seats": "many"}, "Please write a whole number in digits."),
        ({"seats": "9" * 30}, "Please give a number from 1 to 10000."),
        ({"last_day": "soon"}, "Please write a date as year-month-day, for example 2027-03-01."),
        ({"last_day": "9999-12-31"}, "Please give a year from 2000 to 2100."),
        ({"cohort": "77"}, "Not a valid choice."),
    ],
)
def test_a_code_that_makes_no_sense_is_not_made(
    browser: Browser, session: Session, ada: Member, values: dict[str, str], error: str
) -> None:
    shelf.publish(session, enrolment="code")
    page = browser.signed_in(ada).open(CODES).submit("Make the code", **values)
    assert (page.status, page.errors) == (422, [error])
    assert session.scalars(select(EnrolmentCode)).all() == []


def test_the_cohort_of_another_course_is_not_offered(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session, enrolment="code")
    shelf.publish(session, "second-steps", enrolment="code")
    foreign = cohort(session, slug="second-steps")
    page = browser.signed_in(ada).open(CODES).submit("Make the code", cohort=str(foreign.id))
    assert page.status == 422


def test_a_stopped_code_gives_nothing_more(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="code")
    shelf.publish(session, "second-steps", enrolment="code")
    made = code(session)
    desk = browser.signed_in(ada)
    assert desk.post(f"/admin/courses/second-steps/codes/{made.id}/stop").status == 404
    page = desk.open(CODES).submit("Stop")
    assert "gives no more places" in page.notice
    assert page.text_of(".list-row .chip") == "Stopped"
    desk.post(f"{CODES}/{made.id}/stop")
    assert acts(session) == [("code.stopped", f"code:{made.id}")]
    page = browser.signed_in(lena).open(f"/courses/first-steps/enrol?code={made.code}").submit("Enrol")
    assert page.status == 422


def test_ada_admits_lena_and_lena_is_told(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    asked(session, lena)
    desk = browser.signed_in(ada)
    assert "Requests for a place" in desk.open("/admin/").text
    page = desk.open(REQUESTS).follow("Lena")
    assert page.heading == "Lena asks for a place"
    assert MOTIVE in page.text
    assert "Admitted, and told so." in page.submit("Decide", decision="admit", answer="See you in March.").notice
    notice = session.scalars(select(Notice)).one()
    session.commit()
    assert (notice.member_id, notice.kind, notice.mail) == (lena.id, "admission", AT_ONCE)
    phone = browser.signed_in(lena)
    assert "You asked for a place in First steps: you are admitted." in phone.open("/my/notices").text
    assert phone.open(notice.url).heading == "First steps"
    assert phone.open("/courses/first-steps/canal/night/").heading == "Night watch"
    assert [action for action, _subject in acts(session)] == ["request.admitted"]
    assert "Nobody waits for a decision." in desk.open(REQUESTS).text


def test_a_refusal_needs_a_word(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    request = asked(session, lena)
    page = browser.signed_in(ada).open(f"{REQUESTS}/{request.id}")
    assert page.submit("Decide", decision="refuse").errors == ["Please say why, in a sentence or two."]
    assert page.submit("Decide").errors == ["Please choose one."]
    page.submit("Decide", decision="refuse", answer="The group is full.")
    phone = browser.signed_in(lena)
    notice = session.scalars(select(Notice)).one()
    session.commit()
    assert "The group is full." not in phone.open("/my/notices").text
    assert "The group is full." in phone.open(notice.url).text
    assert "Decided by Ada" in browser.signed_in(ada).open(f"{REQUESTS}/{request.id}").text


def test_of_two_admins_the_second_is_told(browser: Browser, session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    request = asked(session, lena)
    ben = makers.member(session, "Ben", roles=(("admin", ""),))
    pages = [browser.signed_in(admin).open(f"{REQUESTS}/{request.id}") for admin in (ada, ben)]
    answers = at_once(pages, "Decide", decision="admit")
    assert sorted(page.status for page in answers) == [200, 409]
    late = next(page for page in answers if page.status == 409)
    assert "Somebody decided about this request a moment ago." in late.text
    assert len(acts(session)) == 1
    assert len(session.scalars(select(Notice)).all()) == 1


def test_an_admin_may_admit_into_a_course_that_closed_meanwhile(session: Session, ada: Member, lena: Member) -> None:
    shelf.publish(session, enrolment="approval")
    request = asked(session, lena)
    session.get_one(CourseRecord, "first-steps").status = "draft"
    service.decide(session, request=request, admitted=True, answer="", by=ada.id, now=LONG_AGO)
    place = queries.place_of(session, lena.id, "first-steps")
    assert place is not None
    assert place.active


def test_unknown_things_are_not_found(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session)
    desk = browser.signed_in(ada)
    for address in (
        "/admin/requests/1",
        f"/admin/requests/{10**30}",
        "/admin/courses/nothing/codes",
        "/admin/courses/nothing/status",
    ):
        assert desk.open(address).status == 404
    for query in (f"after={10**30}", "after=-1", "after=x"):
        assert desk.open(f"{REQUESTS}?{query}").status == 200


def test_requests_come_page_by_page_the_oldest_first(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session, enrolment="approval")
    for guest in crowd(session, 60):
        asked(session, guest)
    page = browser.signed_in(ada).open(REQUESTS)
    names = [page.text_of(".list-row-title"), len(page.all(".list-row"))]
    page = page.follow("Later requests")
    assert [*names, page.text_of(".list-row-title"), len(page.all(".list-row"))] == ["Guest000", 50, "Guest050", 10]


@pytest.mark.parametrize(("address", "pinned"), [("/admin/courses/", 5), (CODES, 4), (REQUESTS, 3), ("/admin/", None)])
def test_pages_cost_the_same_with_two_rows_and_with_sixty(
    browser: Browser, session: Session, ada: Member, query_count: Counter, address: str, pinned: int | None
) -> None:
    live = shelf.publish(session, enrolment="code")
    desk = browser.signed_in(ada)
    costs: list[int] = []
    for rows in (2, 58):
        for guest in crowd(session, rows, first=len(costs) * 2):
            asked(session, guest)
            shelf.enrolled(session, guest.id, live)
            cohort(session, f"Cohort {guest.id}")
            service.make_code(
                session, course_slug=live.slug, cohort_id=None, seats=3, expires_at=None, by=ada.id, now=LONG_AGO
            )
            session.commit()
        desk.open(address)
        with query_count() as count:
            desk.open(address)
        costs.append(count.total)
    assert costs[0] == costs[1]
    assert pinned in {None, costs[0]}, count.statements


def test_sixty_courses_cost_no_more_than_two(
    browser: Browser, session: Session, ada: Member, query_count: Counter
) -> None:
    desk = browser.signed_in(ada)
    costs: list[int] = []
    live = shelf.publish(session)
    for numbers in (range(1), range(1, 60)):
        copies(session, live, [f"course-{number:02}" for number in numbers])
        desk.open("/admin/courses/")
        with query_count() as count:
            page = desk.open("/admin/courses/")
        costs.append(count.total)
    assert costs == [5, 5]
    assert len(page.all(".list-row")) == 30
    assert len(page.follow("More courses").all(".list-row")) == 30


def test_a_code_says_how_it_stands(browser: Browser, session: Session, ada: Member) -> None:
    shelf.publish(session, enrolment="code")
    spent, late = code(session, seats=1), code(session, seats=2)
    spent.uses, late.expires_at = 1, clock.now() - timedelta(days=1)
    session.commit()
    page = browser.signed_in(ada).open(CODES)
    states = [chip.to_text().strip() for chip in page.all(".list-row .chip")]
    assert states == ["Run out", "All places taken"]
    assert session.scalars(select(PlaceRequest)).all() == []
