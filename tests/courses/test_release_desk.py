"""Trainers open lessons at other times for a cohort or a learner; who is told, what follows, what is kept."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.i18n import long_date
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from courses.authoring import queries as drafts
from courses.authoring import service as authoring
from courses.catalogue import moves
from courses.cohorts import service as cohorts
from courses.release import jobs
from courses.release.models import ReleaseOverride
from tests import makers
from tests.browser import Browser
from tests.courses import places
from tests.courses import release_stage as stage
from tests.courses.places import Counter
from tests.courses.publishing_stage import write
from tests.courses.release_stage import GOAT, SECRET, SLUG, WELL, in_days, opens

DESK = f"/teach/{SLUG}/release"


def day(app: Flask, number: int) -> str:
    with app.test_request_context():
        return long_date(in_days(number))


def overrides(session: Session) -> list[ReleaseOverride]:
    found = list(session.scalars(select(ReleaseOverride).order_by(ReleaseOverride.id)))
    session.rollback()
    return found


def test_tariq_opens_a_lesson_for_lena_alone_and_takes_it_back(
    browser: Browser, session: Session, tariq: Member, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    for who in (lena, max_):
        stage.join(session, who, live)
    page = browser.signed_in(tariq).open(f"/teach/{SLUG}/learners/{lena.id}").follow("When lessons open for Lena")
    assert page.heading == "When lessons open for Lena"
    page = page.submit("Save", target="hills/goat", when="at_once")
    assert page.notice == "Done Saved. Lena was told."
    assert "The goat open at once Take back" in page.text
    assert "The goat Open" in page.text
    phone = browser.signed_in(lena)
    assert SECRET in phone.open(GOAT).text
    assert "Your trainers opened “The goat” in First steps for you." in phone.open("/my/notices").text
    assert "not open yet" in browser.signed_in(max_).open(GOAT).text
    page = browser.signed_in(tariq).open(DESK)
    assert "Lena open at once" in page.text
    page.submit("Take back")
    assert "not open yet" in phone.open(GOAT).text
    said = session.execute(select(AuditEntry.action, AuditEntry.subject, AuditEntry.detail)).all()
    about = f"member:{lena.id}"
    assert ("release.said", about, f"{SLUG}/hills/goat: at once") in said
    assert ("release.taken_back", about, f"{SLUG}/hills/goat: at once") in said


def test_a_day_for_one_learner_goes_before_the_day_of_the_cohort(
    app: Flask, browser: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    live = stage.publish(session, goat=opens(f"on: {in_days(30)}"))
    stage.join(session, lena, live)
    cohort = places.cohort(session)
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id], now=clock.now())
    session.commit()
    desk, phone = browser.signed_in(tariq), browser.signed_in(lena)
    page = desk.open(DESK).submit(
        "Save", cohort=str(cohort.id), target="hills/goat", when="on_a_day", opens_on=in_days(9)
    )
    assert "It holds for this cohort" in page.notice
    text = phone.open(GOAT).text
    assert f"It opens on {day(app, 9)}. That is the day for your cohort." in text
    desk.open(f"{DESK}/learners/{lena.id}").submit("Save", target="hills/goat", when="on_a_day", opens_on=in_days(4))
    text = phone.open(GOAT).text
    assert f"It opens on {day(app, 4)}. Your trainers chose that day for you." in text
    assert f"opens for you on {day(app, 4)}." in phone.open("/my/notices").text


def test_a_cohort_of_another_year_gets_all_days_later(
    app: Flask, browser: Browser, session: Session, tariq: Member, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=opens(f"on: {in_days(-5)}"), well=opens("days: 3"))
    cohort = places.cohort(session)
    for who in (lena, max_):
        stage.join(session, who, live)
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id], now=clock.now())
    session.commit()
    page = browser.signed_in(tariq).open(DESK).submit("Move", shifted=str(cohort.id), days="364")
    assert "all days of the course come 364 days later" in page.text
    phone = browser.signed_in(lena)
    assert f"It opens on {day(app, 359)}." in phone.open(GOAT).text
    assert "It is dry." in phone.open(WELL).text
    assert SECRET in browser.signed_in(max_).open(GOAT).text


def test_a_module_is_opened_for_a_cohort_and_saying_it_again_changes_it(
    browser: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.join(session, lena, stage.publish(session, module=opens("after: water")))
    cohort = places.cohort(session)
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id], now=clock.now())
    session.commit()
    desk, phone = browser.signed_in(tariq), browser.signed_in(lena)
    for when in ("on_a_day", "at_once"):
        desk.open(DESK).submit("Save", cohort=str(cohort.id), target="hills", when=when, opens_on=in_days(9))
    assert [(each.target, each.opens_on) for each in overrides(session)] == [("hills", None)]
    assert SECRET in phone.open(GOAT).text


def test_a_day_that_is_missing_or_none_is_said_beside_its_field(
    browser: Browser, session: Session, tariq: Member, lena: Member
) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens("days: 30")))
    places.cohort(session)
    desk = browser.signed_in(tariq)
    for address in (DESK, f"{DESK}/learners/{lena.id}"):
        page = desk.open(address).submit("Save", when="on_a_day", opens_on="")
        assert (page.status, page.errors) == (422, ["Please say on which day it opens."])
        page = desk.open(address).submit("Save", when="on_a_day", opens_on="soon")
        assert (page.status, page.form("Save").values["opens_on"]) == (422, "soon")
        assert desk.post(address, {"target": "water/canal", "when": "at_once", "cohort": "1"}).status == 422
    assert desk.open(DESK).submit("Move", days="99999").errors == ["Please give a number from -3660 to 3660."]
    assert overrides(session) == []


def test_somebody_elses_cohort_or_learner_cannot_be_named(
    browser: Browser, session: Session, tariq: Member, lena: Member, max_: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    stage.join(session, lena, live)
    places.cohort(session)
    stage.publish_files(session, stage.files(), "other-steps")
    foreign = places.cohort(session, "Autumn", slug="other-steps")
    values, stranger = {"target": "hills/goat", "when": "at_once", "cohort": str(foreign.id)}, max_.id
    session.rollback()
    desk = browser.signed_in(tariq)
    assert desk.post(DESK, values).status == 422
    assert desk.post(f"{DESK}/learners/{stranger}", values).status == 404
    assert overrides(session) == []


def test_a_course_that_is_all_open_says_so(browser: Browser, session: Session, tariq: Member, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session))
    desk = browser.signed_in(tariq)
    for address in (DESK, f"{DESK}/learners/{lena.id}"):
        assert "Every lesson of this course is open from the first day." in desk.open(address).text
    assert "When lessons open" in dict(desk.open(f"/teach/{SLUG}/").links())


def test_what_was_said_goes_with_a_lesson_that_moves(app: Flask, session: Session, lena: Member, max_: Member) -> None:
    live = stage.publish(session, goat=opens("days: 30"))
    for who, target, on in ((lena, "old/goat", None), (max_, "old/goat", None), (max_, "hills/goat", in_days(3))):
        stage.join(session, who, live) if target == "old/goat" else None
        session.add(ReleaseOverride(course_slug=SLUG, target=target, member_id=who.id, opens_on=on, set_at=clock.now()))
    session.commit()
    with app.app_context():
        moves.follow(session, SLUG, {"old/goat": "hills/goat"})
    session.commit()
    assert [(each.member_id, each.target, each.opens_on) for each in overrides(session)] == [
        (lena.id, "hills/goat", None),
        (max_.id, "hills/goat", in_days(3)),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"target": "hills/goat"},
        {"target": "hills/goat", "member": True, "cohort": True},
        {"target": "", "member": True, "shift_days": 7},
        {"target": "hills/goat", "member": True, "shift_days": 7},
        {"target": "", "cohort": True},
        {"target": "", "cohort": True, "shift_days": 9999},
    ],
)
def test_the_database_refuses_what_means_nothing(session: Session, lena: Member, wrong: dict[str, object]) -> None:
    stage.publish(session)
    cohort = places.cohort(session)
    whom = {
        "member_id": lena.id if wrong.get("member") else None,
        "cohort_id": cohort.id if wrong.get("cohort") else None,
    }
    facts = {key: value for key, value in wrong.items() if key not in {"member", "cohort"}}
    session.add(ReleaseOverride(course_slug=SLUG, **whom, **facts, set_at=clock.now()))
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_what_was_said_for_lena_is_hers_to_take_and_to_erase(app: Flask, session: Session, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens("days: 30")))
    session.add(ReleaseOverride(course_slug=SLUG, target="hills/goat", member_id=lena.id, set_at=clock.now()))
    session.commit()
    with app.app_context():
        said = data_rights.export(session, lena.id)["openings"]["said_for_you"]
        assert [(each["lesson_or_module"], each["opens_on"]) for each in said] == [("hills/goat", "at once")]
        data_rights.erase(session, lena.id)
        assert data_rights.export(session, lena.id)["openings"] == {"said_for_you": []}


def test_the_worker_tells_once_of_what_opened_by_its_day(
    app: Flask, session: Session, lena: Member, max_: Member, ana: Member
) -> None:
    live = stage.publish(session, goat=opens("days: 10"), well=opens(f"on: {in_days(0)}", "after: goat"))
    stage.join(session, lena, live, days_ago=10)
    stage.join(session, max_, live, days_ago=9)
    stage.join(session, ana, live, days_ago=10)
    stage.finish(session, ana, "hills/goat")
    with app.app_context():
        for _ in range(2):
            jobs.tell_of_opened(clock.now())
    told = select(Notice.member_id, Notice.values, Notice.mail).where(Notice.kind == "lesson_opened")
    found = session.execute(told.order_by(Notice.member_id)).all()
    assert [(each.member_id, each.values["lesson"], each.mail) for each in found] == [
        (lena.id, "The goat", "never"),
        (ana.id, "The well", "never"),
    ]


def test_the_worker_tells_of_a_day_that_was_said_for_a_cohort(app: Flask, session: Session, lena: Member) -> None:
    stage.join(session, lena, stage.publish(session, goat=opens(f"on: {in_days(99)}")))
    cohort = places.cohort(session)
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=[lena.id], now=clock.now())
    session.add(
        ReleaseOverride(
            course_slug=SLUG, target="hills/goat", cohort_id=cohort.id, opens_on=in_days(0), set_at=clock.now()
        )
    )
    session.commit()
    with app.app_context():
        jobs.tell_of_opened(clock.now())
    assert session.scalars(select(Notice.url).where(Notice.kind == "lesson_opened")).all() == [GOAT]


def test_the_table_of_rules_costs_the_same_for_two_and_for_many(
    browser: Browser, session: Session, tariq: Member, query_count: Counter
) -> None:
    live = stage.publish(session, goat=opens("days: 30"), well=opens("after: goat"))
    desk, counts = browser.signed_in(tariq), []
    for crowd in (range(2), range(2, 30)):
        for number in crowd:
            who = makers.member(session, f"Learner{number}")
            stage.join(session, who, live)
            session.add(ReleaseOverride(course_slug=SLUG, target="hills/goat", member_id=who.id, set_at=clock.now()))
        session.commit()
        desk.open(DESK)
        with query_count() as count:
            desk.open(DESK)
        counts.append(count.total)
    assert counts[0] == counts[1] <= 6, counts
    with query_count() as count:
        desk.open(f"{DESK}/learners/{who.id}")
    assert count.total <= 7, count.statements


def test_tariq_sets_when_a_lesson_opens_in_its_settings(browser: Browser, session: Session, tariq: Member) -> None:
    files = stage.files()
    authoring.create(session, slug="new-steps", contents=files, by=tariq.id, now=makers.LONG_AGO)
    session.commit()
    desk, path = browser.signed_in(tariq), f"{stage.HILLS}/01-goat.md"
    at = f"/teach/new-steps/draft/settings/{path}"
    desk.open(at).submit("Save the settings", opens_on="2027-03-01", opens_days="14", opens_after="water/check\nwell")
    text = _text(session, path)
    assert "opens:\n  on: 2027-03-01\n  days: 14\n  after:\n  - water/check\n  - well\n" in text
    desk.open(at).submit("Save the settings", opens_on="", opens_days="", opens_after="well")
    assert "opens:\n  after: well\n" in _text(session, path)
    page = desk.open(at).submit("Save the settings", opens_after="nowhere")
    assert page.status == 422
    assert 'there is no lesson or module "nowhere"' in page.errors[0]
    desk.open(at).submit("Save the settings", opens_after="")
    assert _text(session, path) == files[path].decode()
    module = f"{stage.HILLS}/module.md"
    desk.open(f"/teach/new-steps/draft/settings/{module}").submit("Save the settings", opens_days="7")
    assert "opens:\n  days: 7\n" in _text(session, module)


def _text(session: Session, path: str) -> str:
    session.expire_all()
    file = drafts.file_of(session, "new-steps", path)
    session.rollback()
    assert file is not None
    return file.text


def test_publishing_says_what_opens_later_and_what_earlier(
    app: Flask, browser: Browser, session: Session, tariq: Member
) -> None:
    stage.publish(session, well=opens("days: 30"))
    authoring.begin(session, slug=SLUG, now=clock.now())
    newer = stage.files(well=opens("days: 3"), module=opens(f"on: {in_days(5)}", "after: water"))
    write(session, tariq, {path: text.decode() for path, text in newer.items() if path.startswith(stage.HILLS)})
    page = browser.signed_in(tariq).open(f"/teach/{SLUG}/publish")
    assert f"When it opens: “Hills” at once from {day(app, 5)}, after “Water” Whoever has begun" in page.text
    assert "When it opens: “The well” 30 days after joining 3 days after joining Whoever has begun" in page.text
    stricter, looser = (page.text.index(f"When it opens: “{title}”") for title in ("Hills", "The well"))
    assert stricter < looser


def test_a_day_that_is_over_is_hinted_at(browser: Browser, session: Session, tariq: Member) -> None:
    files = stage.files(goat=opens(f"on: {in_days(-1)}"), well=opens(f"on: {in_days(1)}"))
    authoring.create(session, slug="new-steps", contents=files, by=tariq.id, now=makers.LONG_AGO)
    session.commit()
    desk, at = browser.signed_in(tariq), f"/teach/new-steps/draft/{stage.HILLS}"
    assert "is over, so it holds nobody back any more" in desk.open(f"{at}/01-goat.md").text
    assert "is over" not in desk.open(f"{at}/02-well.md").text
