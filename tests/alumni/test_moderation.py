"""Reporting, the queue, decisions and appeals."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.errors import DomainError
from academy.mail.models import Letter
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.actor import MODERATOR, Actor, Role
from academy.people.models import SUSPENDED, Member
from alumni.moderation import deciding, figures, forgetting, queries, service, subjects
from alumni.moderation.models import Case, Entry, Report
from alumni.moderation.newcomers import is_newcomer
from alumni.moderation.rules import is_newcomer as rule
from tests import makers
from tests.alumni.moderation_stage import KIND, TEXT, Wall, report, the_case, wall
from tests.browser import Browser, Page
from tests.makers import LONG_AGO
from tests.queries import QueryCount

WHY = "Asking for documents is against our rules."
DECISION = {"on_thing": "removed", "on_person": "warned", "reason": "scam", "words": WHY, "days": "7", "note": ""}


@pytest.fixture
def notes(app: Flask, ana: Member) -> Iterator[Wall]:
    """Ana put a note on the wall."""
    with wall(app) as made:
        made.owners[1] = ana.id
        yield made


def told(session: Session, who: Member) -> list[str]:
    session.rollback()
    found = list(session.scalars(select(Notice.kind).where(Notice.member_id == who.id).order_by(Notice.id)))
    session.rollback()
    return found


def take(browser: Browser, who: Member, case: Case) -> Page:
    """Open a case as a moderator and take it."""
    page = browser.signed_in(who).open(f"/admin/moderation/{case.id}")
    return page.submit("Take this case")


def decided(browser: Browser, session: Session, mina: Member, **changes: str) -> Case:
    """The newest case after Mina took and decided it."""
    page = take(browser, mina, the_case(session)).submit("Decide", **{**DECISION, **changes})
    assert "Decided" in page.notice, page.text
    return the_case(session)


@pytest.mark.usefixtures("notes")
def test_a_report_takes_two_clicks_and_its_maker_learns_the_outcome(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    page = browser.signed_in(lena).open(f"/moderation/report/{KIND}/1").submit("Report this")
    assert "nobody else learns" in page.notice
    assert "have not decided yet" in page.text
    decided(browser, session, mina)
    assert "did something about it" in browser.signed_in(lena).open("/my/moderation").text
    assert (told(session, lena), told(session, ana)) == (["report_outcome"], ["moderation_decision"])


@pytest.mark.usefixtures("notes")
def test_whoever_finds_no_reason_right_says_what_is_wrong(browser: Browser, lena: Member) -> None:
    page = report(browser, lena, 1, "other", " ")
    assert (page.status, page.errors) == (422, ["Please say in a sentence what is wrong."])
    assert report(browser, lena, 1, "nonsense").status == 422


@pytest.mark.usefixtures("notes")
def test_what_one_may_not_know_of_and_what_is_ones_own_cannot_be_reported(
    browser: Browser, ana: Member, lena: Member
) -> None:
    assert [report(browser, ana, 1).status, report(browser, lena, 2).status] == [404, 404]


@pytest.mark.usefixtures("notes")
def test_several_reports_are_one_case_and_one_member_counts_once(
    browser: Browser, session: Session, lena: Member, max_: Member, mina: Member
) -> None:
    report(browser, lena, 1)
    report(browser, lena, 1, "danger")
    assert the_case(session).reports == 1
    report(browser, max_, 1, "danger")
    case = the_case(session)
    assert (case.reports, case.rank, session.scalar(select(func.count(Case.id)))) == (2, 0, 1)
    assert told(session, mina) == ["moderation_waits", "moderation_danger"]


def test_it_is_hidden_once_two_old_members_say_so_and_comes_back_if_it_was_right(
    browser: Browser, session: Session, notes: Wall, lena: Member, max_: Member, mina: Member
) -> None:
    new = makers.member(session, "Zarina")
    session.execute(update(Member).where(Member.id == new.id).values(confirmed_at=clock.now()))
    session.commit()
    report(browser, new, 1)
    report(browser, lena, 1)
    assert notes.state.get(1, "") == "", "a newcomer's word does not hide anything"
    report(browser, max_, 1)
    assert notes.state[1] == "hidden"
    decided(browser, session, mina, on_thing="kept", on_person="", reason="", words="")
    assert notes.state[1] == ""


@pytest.mark.usefixtures("notes")
def test_the_owner_reads_why_and_never_who(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1, "scam", "She asked me for my passport.")
    case = decided(browser, session, mina)
    page = browser.signed_in(ana).open(f"/my/moderation/{case.id}")
    assert WHY in page.text
    assert "It was removed. This is a warning." in page.text
    for secret in ("Lena", "passport", "Mina"):
        assert secret not in page.source


@pytest.mark.usefixtures("notes")
def test_what_keeps_to_the_rules_is_not_told_to_its_owner(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1)
    case = decided(browser, session, mina, on_thing="kept", on_person="", reason="", words="")
    assert told(session, ana) == []
    assert browser.signed_in(ana).open(f"/my/moderation/{case.id}").status == 404
    assert "keeps to the rules" in browser.signed_in(lena).open("/my/moderation").text


@pytest.mark.usefixtures("notes")
def test_contents_open_only_for_whoever_took_the_case_and_that_is_noted(
    browser: Browser, session: Session, lena: Member, mina: Member
) -> None:
    report(browser, lena, 1, "scam", "She wants my passport.")
    closed = browser.signed_in(mina).open(f"/admin/moderation/{the_case(session).id}")
    assert TEXT not in closed.source
    assert "Lena" not in closed.source
    opened = take(browser, mina, the_case(session))
    for words in (TEXT, "Lena", "She wants my passport."):
        assert words in opened.text
    session.rollback()
    assert session.scalar(select(func.count(AuditEntry.id)).where(AuditEntry.action == "case.claimed")) == 1


@pytest.mark.usefixtures("notes")
def test_a_case_is_held_for_half_an_hour(
    browser: Browser, session: Session, lena: Member, mina: Member, ada: Member
) -> None:
    report(browser, lena, 1)
    case = the_case(session)
    take(browser, mina, case)
    theirs = browser.signed_in(ada)
    held = theirs.post(f"/admin/moderation/{case.id}/claim").text
    assert "Another moderator is looking at this case now." in held
    assert TEXT not in held
    session.execute(update(Case).values(claimed_until=clock.now() - timedelta(minutes=1)))
    session.commit()
    assert TEXT in theirs.post(f"/admin/moderation/{case.id}/claim").text
    late = browser.signed_in(mina).post(f"/admin/moderation/{case.id}/decide", {**DECISION, "version": "2"})
    assert late.status == 422
    assert "Another moderator" in late.text
    assert WHY in late.text, "what was typed is not lost"


@pytest.mark.usefixtures("notes")
def test_a_decision_that_was_overtaken_is_refused_and_nothing_typed_is_lost(
    browser: Browser, session: Session, lena: Member, max_: Member, mina: Member
) -> None:
    report(browser, lena, 1)
    page = take(browser, mina, the_case(session))
    report(browser, max_, 1, "danger")
    again = page.submit("Decide", **DECISION)
    assert again.status == 422
    assert "Something happened to this case" in again.text
    assert again.form("Decide").values["words"] == WHY
    assert "Decided" in again.submit("Decide").notice


@pytest.mark.usefixtures("notes")
def test_two_moderators_at_the_same_instant_one_takes_the_case(
    app: Flask, browser: Browser, session: Session, lena: Member, mina: Member, ada: Member
) -> None:
    report(browser, lena, 1)
    people = [mina.id, ada.id]
    number, line, results = the_case(session).id, Barrier(2), []

    def try_it(who: int) -> None:
        with app.test_request_context(), app.extensions["academy.database"].writing() as own:
            line.wait()
            try:
                case = deciding.case_locked(own, number)
                assert case is not None
                deciding.claim(own, case=case, by=Actor(who, "", roles=frozenset({Role(MODERATOR)})), now=clock.now())
                own.commit()
                results.append("taken")
            except DomainError as refusal:
                results.append(type(refusal).__name__)

    threads = [Thread(target=try_it, args=(who,)) for who in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(results) == ["TakenBySomebody", "taken"]
    assert session.scalar(select(func.count(Entry.id)).where(Entry.act == "claimed")) == 1


@pytest.mark.usefixtures("notes")
def test_two_reports_at_the_same_instant_are_one_case(app: Flask, session: Session, lena: Member, max_: Member) -> None:
    with app.app_context():
        subject = subjects.subject_of(KIND)
    assert subject is not None
    people = [lena.id, max_.id]
    session.rollback()
    line, failures = Barrier(2), []

    def try_it(who: int) -> None:
        with app.test_request_context(), app.extensions["academy.database"].writing() as own:
            line.wait()
            try:
                complaint = service.Complaint(who, "spam")
                service.report(own, subject=subject, number=1, complaint=complaint, now=clock.now())
                own.commit()
            except DomainError as refusal:
                failures.append(refusal)

    threads = [Thread(target=try_it, args=(who,)) for who in people]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failures == []
    assert [case.reports for case in session.scalars(select(Case))] == [2]


@pytest.mark.usefixtures("notes")
def test_nobody_handles_a_case_about_themselves_or_of_their_own_report(
    browser: Browser, session: Session, notes: Wall, mina: Member, ada: Member
) -> None:
    notes.owners[2] = mina.id
    report(browser, ada, 2)
    number = the_case(session).id
    for who, status in ((mina, 404), (ada, 403)):
        theirs = browser.signed_in(who)
        assert theirs.open(f"/admin/moderation/{number}").status == status
        assert theirs.post(f"/admin/moderation/{number}/claim").status == status
        assert "No report waits." in theirs.open("/admin/moderation/").text
    assert told(session, mina) == []


@pytest.mark.usefixtures("notes")
def test_a_decision_with_consequences_says_why(browser: Browser, session: Session, lena: Member, mina: Member) -> None:
    report(browser, lena, 1)
    page = take(browser, mina, the_case(session)).submit("Decide", **{**DECISION, "words": " ", "reason": ""})
    assert (page.status, len(page.errors)) == (422, 2)


def test_silence_lasts_until_it_ends_or_is_taken_back(
    browser: Browser, session: Session, notes: Wall, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1)
    case = decided(browser, session, mina, on_person="silenced", on_thing="hidden")
    now = clock.now()
    days = (1, 6, 8)
    assert [queries.is_silenced(session, ana.id, now + timedelta(days=day)) for day in days] == [True, True, False]
    assert is_newcomer(session, ana.id, now), "whoever was silenced is watched like a newcomer"
    session.rollback()
    assert "Writing is closed to you" in browser.signed_in(ana).open("/my/moderation").text
    page = browser.signed_in(mina).open(f"/admin/moderation/{case.id}").submit("Take the decision back")
    assert "open again" in page.notice
    assert notes.state[1] == ""
    assert not queries.is_silenced(session, ana.id, now)
    session.rollback()
    assert "was taken back" in browser.signed_in(ana).open(f"/my/moderation/{case.id}").text
    assert [entry.act for entry in queries.history_of(session, case.id)][-2:] == ["decided", "undone"]


@pytest.mark.usefixtures("notes")
def test_ana_appeals_once_and_somebody_else_answers(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member, ada: Member
) -> None:
    report(browser, lena, 1)
    case = decided(browser, session, mina)
    page = browser.signed_in(ana).open(f"/my/moderation/{case.id}")
    assert page.submit("Ask for a second look", words="").status == 422
    asked = page.submit("Ask for a second look", words="It was a quotation.")
    assert "second look" in asked.notice
    assert not [form for form in asked.forms() if form.method == "post"]
    first = take(browser, mina, the_case(session)).submit("Answer", verdict="refused", words="No.")
    assert "Somebody else looks at the appeal" in first.text
    browser.signed_in(mina).post(f"/admin/moderation/{case.id}/release")
    answered = take(browser, ada, the_case(session)).submit("Answer", verdict="granted", words="You are right.")
    assert "Answered" in answered.notice
    page = browser.signed_in(ana).open(f"/my/moderation/{case.id}")
    assert "After a second look the decision was taken back." in page.text
    assert "You are right." in page.text
    assert not is_newcomer(session, ana.id, clock.now())
    assert told(session, ana) == ["moderation_decision", "moderation_answer"]


@pytest.mark.usefixtures("notes")
def test_where_there_is_nobody_else_the_same_moderator_answers(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1)
    case = decided(browser, session, mina)
    browser.signed_in(ana).open(f"/my/moderation/{case.id}").submit("Ask for a second look", words="Why?")
    page = take(browser, mina, the_case(session)).submit("Answer", verdict="refused", words="It stands.")
    assert "Answered" in page.notice


@pytest.mark.usefixtures("notes")
def test_whoever_is_suspended_objects_by_letter(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member, ada: Member
) -> None:
    report(browser, lena, 1)
    decided(browser, session, mina, on_person="suspended")
    session.expire_all()
    assert session.get_one(Member, ana.id).state == SUSPENDED
    letter = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    assert letter is not None
    assert (letter.subject, WHY in letter.text) == ("About your account", True)
    address = next(word for word in letter.text.split() if "/moderation/appeal/" in word).removeprefix(
        "http://localhost"
    )
    session.rollback()
    asked = browser.open(address).submit("Ask for a second look", words="That was not me.")
    assert "second look" in asked.notice
    assert browser.open(f"{address}x").status == 404
    take(browser, ada, the_case(session)).submit("Answer", verdict="granted", words="Welcome back.")
    session.expire_all()
    assert session.get_one(Member, ana.id).state == "active"


@pytest.mark.usefixtures("notes")
def test_whoever_has_a_role_is_not_suspended_in_a_case(
    browser: Browser, session: Session, notes: Wall, lena: Member, mina: Member, tariq: Member
) -> None:
    notes.owners[1] = tariq.id
    report(browser, lena, 1)
    page = take(browser, mina, the_case(session)).submit("Decide", **{**DECISION, "on_person": "suspended"})
    assert page.status == 422
    assert "This person has a role." in page.text
    assert notes.state == {} or the_case(session).state == "open"


def test_what_a_newcomer_sends_in_is_let_in_or_turned_away_with_a_reason(
    app: Flask, browser: Browser, session: Session, notes: Wall, mina: Member, ana: Member
) -> None:
    notes.state[1] = "waiting"
    with app.test_request_context():
        service.wait_for_review(session, kind=KIND, number=1, now=clock.now())
        session.commit()
    mine = browser.signed_in(ana).open("/my/moderation")
    assert "before others see it" in mine.text
    page = take(browser, mina, the_case(session))
    assert page.submit("Decide", verdict="refused", words="").errors == ["Please say why: the person reads it."]
    page.submit("Decide", verdict="refused", words="Please name the organisation.")
    assert notes.state[1] == "refused"
    case = the_case(session)
    assert "Please name the organisation." in browser.signed_in(ana).open(f"/my/moderation/{case.id}").text
    browser.signed_in(mina).open(f"/admin/moderation/{case.id}").submit("Take the decision back")
    assert notes.state[1] == "waiting"
    browser.signed_in(mina).open(f"/admin/moderation/{case.id}").submit("Decide", verdict="approved")
    assert notes.state[1] == ""
    assert queries.trust_of(session, [ana.id])[ana.id].accepted == 1


@pytest.mark.parametrize(
    ("days", "accepted", "measured", "new"),
    [(5, 0, None, True), (5, 3, None, False), (31, 0, None, False), (400, 9, 10, True), (400, 0, 100, False)],
)
def test_trust_comes_with_time_or_good_contributions(days: int, accepted: int, measured: int | None, new: bool) -> None:
    now = clock.now()
    at = None if measured is None else now - timedelta(days=measured)
    assert rule(since=now - timedelta(days=days), accepted=accepted, measured_at=at, now=now) is new


@pytest.mark.usefixtures("notes")
def test_members_take_their_part_away_and_leave_no_words_behind(
    app: Flask, browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1, "scam", "Lena's own words")
    decided(browser, session, mina, on_person="silenced")
    with app.app_context():
        assert data_rights.export(session, lena.id)["moderation"]["reports"][0]["words"] == "Lena's own words"
        hers = data_rights.export(session, ana.id)["moderation"]
        assert (hers["decisions"][0]["words"], len(hers["silenced"])) == (WHY, 1)
        assert "Lena" not in str(hers)
    forgetting.forget(session, lena.id)
    forgetting.forget(session, ana.id)
    session.commit()
    session.expire_all()
    case, left = session.scalars(select(Case)).one(), session.scalars(select(Report)).one()
    assert (case.owner_id, case.words, case.evidence, case.on_thing) == (None, "", "", "removed")
    assert (left.reporter_id, left.words, left.reason) == (None, "", "scam")


@pytest.mark.usefixtures("notes")
def test_an_appeal_goes_with_whoever_asked_and_the_decision_stays_counted(
    browser: Browser, session: Session, lena: Member, mina: Member, ana: Member
) -> None:
    report(browser, lena, 1)
    case = decided(browser, session, mina)
    browser.signed_in(ana).open(f"/my/moderation/{case.id}").submit("Ask for a second look", words="Why?")
    forgetting.forget(session, ana.id)
    session.commit()
    after = the_case(session)
    assert (after.state, after.on_thing, after.appeal, after.appeal_words) == ("decided", "removed", "", "")


@pytest.mark.usefixtures("notes")
def test_words_of_old_cases_go_after_a_year(
    app: Flask, browser: Browser, session: Session, lena: Member, mina: Member
) -> None:
    report(browser, lena, 1, "scam", "Lena's own words")
    decided(browser, session, mina)
    with app.app_context():
        forgetting.tidy_up({}, clock.now() + timedelta(days=300))
        assert the_case(session).evidence == TEXT
        forgetting.tidy_up({}, clock.now() + timedelta(days=400))
    assert the_case(session).evidence == ""
    assert session.scalars(select(Report.words)).all() == [""]


def test_figures_never_count_out_fewer_than_five(browser: Browser, session: Session, lena: Member, ana: Member) -> None:
    for number in range(5):
        common = {"kind": KIND, "number": number, "owner_id": ana.id, "opened_at": LONG_AGO, "decided_at": LONG_AGO}
        on_person = "warned" if number < 4 else ""
        case = Case(origin="reported", state="decided", on_thing="removed", on_person=on_person, **common)
        session.add(case)
        session.flush()
        session.add(Report(case_id=case.id, reporter_id=lena.id, reason="spam", made_at=LONG_AGO))
    session.commit()
    found = figures.of_year(session, LONG_AGO.year)
    session.rollback()
    assert (found.reports, found.things, found.persons) == ({"spam": 5}, {"removed": 5}, {"warned": None})
    page = browser.signed_in(lena).open(f"/moderation/figures?year={LONG_AGO.year}")
    assert "fewer than five" in page.text


def test_the_queue_asks_the_same_of_the_database_with_two_cases_and_with_two_hundred(
    browser: Browser,
    session: Session,
    notes: Wall,
    lena: Member,
    mina: Member,
    query_count: Callable[[], AbstractContextManager[QueryCount]],
) -> None:
    def more(numbers: range) -> int:
        for number in numbers:
            case = Case(origin="reported", kind=KIND, number=number, opened_at=LONG_AGO, reports=1)
            session.add(case)
            session.flush()
            session.add(Report(case_id=case.id, reporter_id=lena.id, reason="spam", made_at=LONG_AGO))
        session.commit()
        with query_count() as count:
            browser_of_mina.open("/admin/moderation/")
        with query_count() as hers:
            browser_of_lena.open("/my/moderation")
        counted.append((count.total, hers.total))
        return count.total

    counted: list[tuple[int, int]] = []
    browser_of_mina, browser_of_lena = browser.signed_in(mina), browser.signed_in(lena)
    assert notes.owners
    more(range(10, 12))
    more(range(12, 210))
    assert counted == [(4, 4), (4, 4)]
    page = browser_of_mina.open("/admin/moderation/")
    seen = [page]
    while [words for words, _address in seen[-1].links() if words == "More cases"]:
        seen.append(seen[-1].follow("More cases"))
    rows = [address for each in seen for words, address in each.links() if words == "A note"]
    assert (len(rows), len(set(rows))) == (200, 200)
