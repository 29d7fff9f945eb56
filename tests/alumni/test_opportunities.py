"""Opportunities: posting, looking, saving, reporting, ending."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from alumni.moderation.models import Case, Silence
from alumni.opportunities import service, telling
from alumni.opportunities.models import Opportunity, OpportunityMark
from alumni.opportunities.rules import end_of_day, host_of, last_day
from tests import makers
from tests.alumni.moderation_stage import the_case
from tests.alumni.opportunity_stage import FORM, TEXT, TITLE, opportunity
from tests.browser import Browser, Page
from tests.queries import QueryCount

LIST = "/alumni/opportunities/"


@pytest.fixture
def zoya(session: Session) -> Member:
    """Another alumna."""
    return makers.member(session, "Zoya", alumna=True)


@pytest.fixture
def fresh(session: Session) -> Member:
    """Somebody who finished yesterday."""
    made = makers.member(session, "Zarina", alumna=True)
    session.execute(update(Member).where(Member.id == made.id).values(alumnus_since=clock.now() - timedelta(days=1)))
    session.commit()
    return made


def the_row(session: Session) -> Opportunity:
    """The newest opportunity as it is now."""
    session.rollback()
    session.expire_all()
    found = session.scalars(select(Opportunity).order_by(Opportunity.id.desc())).first()
    assert found is not None
    session.expunge(found)
    session.rollback()
    return found


def titles(page: Page) -> list[str]:
    return [words for words, address in page.links() if address.startswith(LIST) and address[len(LIST) :].isdigit()]


def kinds(session: Session, who: Member) -> list[str]:
    session.rollback()
    found = list(session.scalars(select(Notice.kind).where(Notice.member_id == who.id).order_by(Notice.id)))
    session.rollback()
    return found


def test_ana_posts_and_zoya_reads(browser: Browser, ana: Member, zoya: Member) -> None:
    page = browser.signed_in(ana).open(f"{LIST}new").submit("Post it", **FORM)
    assert "Others see it now." in page.notice
    seen = browser.signed_in(zoya).open(LIST).follow(TITLE)
    assert "Kyrgyzstan, or from anywhere" in seen.text
    assert seen.text_of(".prose strong") == "both"
    assert seen.text_of("main a[rel='nofollow noopener noreferrer ugc']") == "banks.example.org"
    assert "Ana" in seen.text


def test_one_can_look_before_posting(browser: Browser, session: Session, ana: Member) -> None:
    page = browser.signed_in(ana).open(f"{LIST}new").submit("See how it looks", **FORM)
    assert (page.status, page.text_of(".prose strong")) == (200, "both")
    assert page.form("Post it").values["title"] == TITLE
    session.rollback()
    assert session.scalars(select(Opportunity)).all() == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": " "}, "Please fill this in."),
        ({"open_ended": []}, "Please fill this in."),
        ({"last_day": "2099-01-01"}, "Choose one: a last day, or open until it is filled."),
        ({"open_ended": [], "last_day": "2020-01-01"}, "still to come"),
        ({"costs": "costs"}, "Please say what applicants pay."),
        ({"costs": []}, "Please choose one."),
        ({"source": "http://banks.example.org"}, "beginning with https://"),
        ({"kind": "holiday"}, "Not a valid choice"),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    browser: Browser, ana: Member, changes: dict[str, object], error: str
) -> None:
    page = browser.signed_in(ana).open(f"{LIST}new").submit("Post it", **{**FORM, **changes})
    assert page.status == 422
    assert any(error in each for each in page.errors), page.errors
    assert page.form("Post it").values["organisation"] == "Two Banks"


def test_who_asks_for_money_is_marked(browser: Browser, ana: Member, zoya: Member) -> None:
    browser.signed_in(ana).open(f"{LIST}new").submit("Post it", **{**FORM, "costs": "costs", "fee": "20 dollars"})
    page = browser.signed_in(zoya).open(LIST)
    assert "Asks for money" in page.text
    assert "Do not pay before" in page.follow(TITLE).text


def test_what_a_newcomer_posts_waits_for_a_moderator(
    browser: Browser, session: Session, fresh: Member, zoya: Member, mina: Member
) -> None:
    page = browser.signed_in(fresh).open(f"{LIST}new").submit("Post it", **FORM)
    assert "A moderator looks at it" in page.notice
    assert titles(browser.signed_in(zoya).open(LIST)) == []
    assert browser.signed_in(zoya).open(f"{LIST}{the_row(session).id}").status == 404
    case = browser.signed_in(mina).open("/admin/moderation/?place=reviews").follow("An opportunity")
    case.submit("Take this case").submit("Decide", verdict="approved")
    assert titles(browser.signed_in(zoya).open(LIST)) == [TITLE]
    own = browser.signed_in(fresh)
    own.open(f"{LIST}{the_row(session).id}/change").submit("Save the changes", title="Another title")
    assert titles(browser.signed_in(zoya).open(LIST)) == [], "what a newcomer changes is looked at again"
    assert [the_case(session).origin, the_case(session).state] == ["review", "open"]
    own.open(f"{LIST}{the_row(session).id}").submit("Take it back")
    assert the_case(session).on_thing == "gone"


def test_turned_away_it_can_be_mended_and_sent_again(
    browser: Browser, session: Session, fresh: Member, mina: Member
) -> None:
    browser.signed_in(fresh).open(f"{LIST}new").submit("Post it", **FORM)
    case = browser.signed_in(mina).open(f"/admin/moderation/{the_case(session).id}").submit("Take this case")
    case.submit("Decide", verdict="refused", words="Which school?")
    page = browser.signed_in(fresh).open(f"{LIST}{the_row(session).id}")
    assert "It was not accepted." in page.text
    page.follow("Change it").submit("Save the changes", text="The school of Arsif.")
    assert the_row(session).state == "waiting"


def test_whoever_may_not_write_posts_nothing(browser: Browser, session: Session, ana: Member) -> None:
    now = clock.now()
    case = Case(origin="reported", kind="opportunity", number=1, opened_at=now, state="decided")
    session.add(case)
    session.flush()
    session.add(Silence(member_id=ana.id, case_id=case.id, began_at=now, until=now + timedelta(days=1)))
    session.commit()
    page = browser.signed_in(ana).open(f"{LIST}new").submit("Post it", **FORM)
    assert page.status == 403
    assert "keeps you from writing" in page.text


def test_learners_see_what_is_meant_for_them_too(browser: Browser, session: Session, ana: Member, lena: Member) -> None:
    closed = opportunity(session, ana)
    opportunity(session, ana, title="For all", for_learners=True)
    theirs = browser.signed_in(lena)
    assert titles(theirs.open(LIST)) == ["For all"]
    assert [theirs.open(f"{LIST}{closed.id}").status, theirs.open(f"{LIST}new").status] == [404, 404]
    assert theirs.post(f"{LIST}{closed.id}/save").status == 404
    assert theirs.post(f"/moderation/report/opportunity/{closed.id}", {"reason": "scam"}).status == 404


def test_the_list_is_narrowed(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    opportunity(session, ana, title="Job in Osh", country="KG", languages=" ru ")
    opportunity(session, ana, title="Grant", kind="call", remote=True, languages=" en ", days=3)
    opportunity(session, ana, title="Over", days=-1)
    page = browser.signed_in(zoya)
    asked = {
        "": ["Grant", "Job in Osh"],
        "?kind=call": ["Grant"],
        "?country=KG": ["Grant", "Job in Osh"],
        "?country=UZ": ["Grant"],
        "?language=ru": ["Job in Osh"],
        "?days=7": ["Grant"],
        "?kind=job&days=7": [],
        "?kind=x&country=x&language=x&days=x&after=x&place=x": ["Grant", "Job in Osh"],
    }
    assert {query: titles(page.open(LIST + query)) for query in asked} == asked


@pytest.mark.parametrize(
    "after", ["0001-01-01T00:00:00+14:00_1", "9999-12-31T23:59:59-14:00_1", "x_1", "2026-01-01_1", "_"]
)
def test_where_a_page_begins_is_not_made_up(browser: Browser, zoya: Member, after: str) -> None:
    assert browser.signed_in(zoya).client.get(LIST, query_string={"after": after}).status_code == 200


def test_what_somebody_posted_is_gone_while_they_are_suspended(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    row = opportunity(session, ana)
    session.execute(update(Member).where(Member.id == ana.id).values(state="suspended"))
    session.commit()
    theirs = browser.signed_in(zoya)
    assert (titles(theirs.open(LIST)), theirs.open(f"{LIST}{row.id}").status) == ([], 404)


def test_saving_keeps_it_on_a_list_and_reminds_once(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    row = opportunity(session, ana, days=5)
    page = browser.signed_in(zoya).open(f"{LIST}{row.id}").submit("Save, and remind me")
    assert "Saved." in page.notice
    assert titles(page.browser.open(f"{LIST}?place=saved")) == [TITLE]
    now = clock.now()
    with app.app_context():
        for days in (0, 3, 4):
            telling.remind({}, now + timedelta(days=days))
    assert kinds(session, zoya) == ["opportunity_closing"]
    page.browser.open(f"{LIST}{row.id}").submit("Saved: take it off my list")
    assert titles(page.browser.open(f"{LIST}?place=saved")) == []


def test_whoever_posted_is_asked_whether_it_is_still_open(
    app: Flask, browser: Browser, session: Session, ana: Member
) -> None:
    row = opportunity(session, ana, days=9, open_ended=True)
    with app.app_context():
        telling.remind({}, clock.now())
        telling.remind({}, clock.now())
    assert kinds(session, ana) == ["opportunity_ending"]
    page = browser.signed_in(ana).open(f"{LIST}{row.id}").submit("It is still open")
    assert "another ninety days" in page.notice
    assert the_row(session).closes_at > clock.now() + timedelta(days=89)


def test_what_is_filled_leaves_the_list_and_stays_with_those_who_saved_it(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    row = opportunity(session, ana)
    theirs = browser.signed_in(zoya)
    theirs.post(f"{LIST}{row.id}/save")
    browser.signed_in(ana).open(f"{LIST}{row.id}").submit("It is filled")
    assert titles(theirs.open(LIST)) == []
    assert "Filled" in theirs.open(f"{LIST}?place=saved").text
    browser.signed_in(ana).post(f"{LIST}{row.id}/end", {"how": "withdrawn"})
    assert the_row(session).state == "filled", "what is over stays as it ended"


def test_only_its_poster_changes_and_ends_it(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    row = opportunity(session, ana)
    for who in (zoya, mina):
        theirs = browser.signed_in(who)
        assert theirs.open(f"{LIST}{row.id}/change").status == 404
        for act in ("end", "extend", "change"):
            assert theirs.post(f"{LIST}{row.id}/{act}", FORM).status == 404


def test_two_tabs_do_not_undo_each_other(browser: Browser, session: Session, ana: Member) -> None:
    row = opportunity(session, ana)
    hers = browser.signed_in(ana)
    first, second = hers.open(f"{LIST}{row.id}/change"), hers.open(f"{LIST}{row.id}/change")
    first.submit("Save the changes", title="From the first tab")
    late = second.submit("Save the changes", title="From the second tab")
    assert late.status == 422
    assert "changed somewhere else" in late.text
    assert late.form("Save the changes").values["title"] == "From the second tab"
    assert the_row(session).title == "From the first tab"
    late.submit("Save the changes")
    assert the_row(session).title == "From the second tab"


def test_a_scam_is_gone_for_the_reporter_at_once_and_for_all_after_three(
    browser: Browser, session: Session, ana: Member, zoya: Member, lena: Member, tariq: Member, mina: Member
) -> None:
    row = opportunity(session, ana, for_learners=True)
    page = browser.signed_in(zoya).open(f"{LIST}{row.id}").follow("Report it").submit("Report this")
    assert "Thank you" in page.notice
    assert titles(page.browser.open(LIST)) == []
    assert titles(browser.signed_in(lena).open(LIST)) == [TITLE]
    for who in (lena, tariq):
        browser.signed_in(who).post(f"/moderation/report/opportunity/{row.id}", {"reason": "scam"})
    other = makers.member(session, "Noor")
    assert browser.signed_in(other).open(f"{LIST}{row.id}").status == 404
    case = browser.signed_in(mina).open(f"/admin/moderation/{the_case(session).id}").submit("Take this case")
    assert TITLE in case.text
    case.submit("Decide", on_thing="kept", on_person="")
    assert browser.signed_in(other).open(f"{LIST}{row.id}").status == 200


def test_leaving_takes_everything_along(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    row = opportunity(session, ana)
    service.save(session, member_id=zoya.id, number=row.id, now=clock.now())
    session.commit()
    with app.app_context():
        known = data_rights.export(session, ana.id)["opportunities"]
        assert (known["posted"][0]["text"], known["saved"]) == (TEXT, [])
        assert data_rights.export(session, zoya.id)["opportunities"]["saved"] == [TITLE]
    service.forget(session, ana.id)
    session.commit()
    assert session.scalars(select(Opportunity)).all() == []
    assert session.scalars(select(OpportunityMark)).all() == []


def test_the_list_asks_the_same_of_the_database_with_two_and_with_two_hundred(
    browser: Browser,
    session: Session,
    ana: Member,
    zoya: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    theirs, now, counted = browser.signed_in(zoya), clock.now(), []
    for many in (2, 200):
        session.add_all(
            Opportunity(
                poster_id=ana.id,
                kind="call",
                title=f"Call {many}",
                organisation="Two Banks",
                pay="none",
                zone="UTC",
                state="shown",
                made_at=now,
                closes_at=now + timedelta(days=9),
            )
            for _number in range(many)
        )
        session.commit()
        with query_count() as count:
            theirs.open(LIST)
        counted.append(count.total)
    assert counted == [2, 2]
    seen = [theirs.open(LIST)]
    while "More opportunities" in [words for words, _address in seen[-1].links()]:
        seen.append(seen[-1].follow("More opportunities"))
    found = [address for page in seen for words, address in page.links() if words.startswith("Call")]
    assert (len(found), len(set(found))) == (202, 202)


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://banks.example.org/work?x=1", "banks.example.org"),
        ("https://BANKS.example.org:443/", "banks.example.org"),
        ("https://bänks.example.org", "xn--bnks-loa.example.org"),
        ("http://banks.example.org", ""),
        ("https://user@banks.example.org", ""),
        ("https://banks.example.org:8443", ""),
        ("https://10.0.0.1/", ""),
        ("https://2130706433/", ""),
        ("https://localhost/", ""),
        ("https://[::1]/", ""),
        ("https://banks.example.org/a b", ""),
        ("javascript:alert(1)", ""),
        ("https://banks.example.org:x/", ""),
        ("", ""),
    ],
)
def test_only_plain_https_addresses_are_taken(address: str, host: str) -> None:
    assert host_of(address) == host


def test_a_day_ends_where_it_ends() -> None:
    at = end_of_day(date(2026, 3, 1), "Asia/Kabul")
    assert at.isoformat() == "2026-03-01T19:29:59+00:00"
    assert last_day(at, "Asia/Kabul") == date(2026, 3, 1)
