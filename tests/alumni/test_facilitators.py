"""Alumni run sessions for cohorts: invited, answered, logged, confirmed, and turned into a certificate of service."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.people import data_rights
from academy.people.actor import Actor, Role
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.facilitators import rules
from alumni.facilitators.models import Facilitation, Facilitator
from alumni.profiles import parts
from alumni.profiles.viewers import VISITOR
from courses.catalogue import service as catalogue
from courses.certificates import templates
from courses.certificates.models import Certificate
from courses.certificates.service_wishes import ServiceWish
from courses.certificates.templates import Said
from tests import makers
from tests.alumni.facilitators_stage import facilitator, ran
from tests.alumni.profile_stage import profile
from tests.browser import Browser, Page
from tests.courses import places
from tests.courses.course_files import GUIDE, course_files
from tests.queries import QueryCount

Counter = Callable[[], AbstractContextManager[QueryCount]]
FIND, MINE, INVITED = "/alumni/facilitators", "/alumni/facilitators/mine", "/alumni/facilitators/invited"
SLUG = "first-steps"
OFFER, ASK, DESK = "/alumni/facilitators/offer", "/alumni/facilitators/certificate", "/admin/certificates/requests/"


@pytest.fixture
def named_ana(session: Session, ana: Member) -> Member:
    """Ana with a name for certificates."""
    ana.legal_name = "Ana Qodirova"
    session.commit()
    return ana


def template(app: Flask, session: Session, ada: Member, title: str = "Facilitator 2026") -> None:
    """A certificate of service that admins can give."""
    said = Said("service", "en", {"en": {"title": title, "text": "Ran sessions."}}, 5, 0)
    with app.test_request_context():
        templates.make(session, said=said, by=Actor(ada.id, "Ada"), now=makers.LONG_AGO)
    session.commit()


def move_to_yesterday(session: Session) -> None:
    """Let every session have begun."""
    session.execute(update(Facilitation).values(at=clock.now() - timedelta(days=1)))
    session.commit()


def asks(browser: Browser) -> Page:
    """Ask for a certificate for all hours that are left."""
    return browser.open(ASK).submit("Ask for it")


def test_whoever_runs_a_session_prepares_with_the_guide_of_its_course(
    browser: Browser, session: Session, ana: Member, tariq: Member
) -> None:
    files = {"guide.md": GUIDE}
    catalogue.publish(session, slug=SLUG, files=course_files(files), by=None, now=makers.LONG_AGO)
    session.commit()
    cohort = places.cohort(session, "Spring", slug=SLUG)
    number = str(cohort.id)
    facilitator(session, ana)
    hers, his, guide = browser.signed_in(ana), browser.signed_in(tariq), f"/courses/{SLUG}/guide"
    assert hers.open(guide).status == 404
    day = str((clock.now() + timedelta(days=3)).date())
    form = his.open(FIND).follow("Invite to a session")
    where = form.submit("Send", title="Who speaks first?", day=day, hour="15:00", cohort=number).url
    page = hers.open(where).follow("How to teach first steps")
    assert (page.url, "tamarisk" in page.text) == (guide, True)
    session.execute(update(Facilitation).values(at=clock.now() - rules.LOOKING_BACK))
    session.commit()
    assert "How to teach" not in hers.open(where).text
    assert hers.open(guide).status == 404
    session.execute(update(Facilitation).values(at=clock.now() + timedelta(days=3)))
    session.commit()
    assert hers.open(guide).status == 200
    hers.post(where, {"act": "decline"})
    assert hers.open(guide).status == 404


def test_from_an_offer_to_confirmed_hours(
    browser: Browser, session: Session, ana: Member, tariq: Member, max_: Member
) -> None:
    hers, his = browser.signed_in(ana), browser.signed_in(tariq)
    page = hers.open(OFFER).submit(
        "Offer", topics=["water"], languages=["ru"], formats=["online", "simulation"], words="I run role plays."
    )
    assert page.heading == "My sessions"
    day = str((clock.now() + timedelta(days=3)).date())
    page = his.open(FIND).follow("Invite to a session").submit("Send", title="Who speaks first?", day=day, hour="15:00")
    where = page.url
    assert browser.signed_in(max_).open(where).status == 404
    page = hers.open(MINE).follow("Who speaks first?").submit("Accept", words="Gladly.")
    assert "After the session you note your hours here" in page.text
    assert hers.post(where, {"act": "log", "minutes": "90"}).status == 409
    move_to_yesterday(session)
    page = hers.open(where).submit("Note my hours", minutes="90", logged_words="Two rounds.")
    assert "1.5 hours to be confirmed" in page.text
    assert hers.post(where, {"act": "confirm", "minutes": "90"}).status == 404
    page = his.open(INVITED).follow("Who speaks first?").submit("Send back", act="back")
    assert page.errors == ["Please fill this in."]
    page = page.submit("Send back", act="back", words="Was it not two hours?")
    assert "Was it not two hours?" in hers.open(where).text
    hers.open(where).submit("Note my hours", minutes="120")
    page = his.open(where).submit("Confirm", words="Thank you, they still talk about it.")
    assert "2 hours confirmed" in page.text
    page = hers.open(MINE)
    assert "Confirmed: 2 hours" in page.text
    assert "Who speaks first?" in hers.client.get(f"{MINE}.csv").get_data(as_text=True)


def test_hours_that_changed_after_they_were_read_are_not_confirmed(
    browser: Browser, session: Session, ana: Member, tariq: Member
) -> None:
    where = f"/alumni/facilitators/sessions/{ran(session, ana, tariq, confirmed=False).id}"
    read = browser.signed_in(tariq).open(where)
    browser.signed_in(ana).open(where).submit("Note my hours", minutes="600")
    assert read.submit("Confirm").status == 409


def test_confirmed_hours_become_a_certificate_once(
    app: Flask, browser: Browser, session: Session, named_ana: Member, tariq: Member, ada: Member
) -> None:
    template(app, session, ada)
    ran(session, named_ana, tariq)
    ran(session, named_ana, tariq, minutes=90)
    hers, desk = browser.signed_in(named_ana), browser.signed_in(ada)
    assert "3 hours would stand on it." in hers.open(ASK).text
    page = asks(hers)
    assert "The academy has your request for a certificate of service." in page.text
    assert hers.post(ASK).status == 409
    page = desk.open(DESK).follow("Ana")
    assert "for Spring (1.5 hours)" in page.text
    page = page.submit("Give the certificate")
    assert "Answered" in page.notice
    certificate = session.scalars(select(Certificate)).one()
    assert (certificate.kind, certificate.hours, certificate.course_title) == ("service", 3, "Facilitator 2026")
    session.rollback()
    assert "All whole hours were used" in hers.open(MINE).text
    ran(session, named_ana, tariq)
    assert "2 hours would stand on it." in hers.open(ASK).text
    asks(hers)
    page = desk.open(DESK).follow("Ana")
    assert "There is no certificate for service that this person does not hold already." in page.text


def test_hours_whose_request_was_refused_can_be_used_again(
    browser: Browser, session: Session, named_ana: Member, tariq: Member, ada: Member
) -> None:
    ran(session, named_ana, tariq)
    hers = browser.signed_in(named_ana)
    asks(hers)
    page = browser.signed_in(ada).open(DESK).follow("Ana").submit("Say no", answer="")
    assert page.errors == ["Please fill this in."]
    page.submit("Say no", answer="Please send the list of people.")
    page = hers.open(MINE)
    assert "Please send the list of people." in page.text
    assert "2 whole hours can become" in page.text


def test_two_who_ask_at_once_use_the_hours_once(
    browser: Browser, session: Session, named_ana: Member, tariq: Member
) -> None:
    ran(session, named_ana, tariq)
    pages = [browser.signed_in(named_ana).open(ASK) for _ in range(2)]
    came = sorted(page.status for page in places.at_once(pages, "Ask for it"))
    assert came == [200, 409]
    assert len(session.scalars(select(ServiceWish)).all()) == 1
    session.rollback()


def test_nobody_confirms_their_own_hours(browser: Browser, session: Session, ada: Member) -> None:
    admin, own = Actor(1, "Ada", roles=frozenset({Role("admin")})), Facilitation(member_id=1, invited_by=1)
    assert not rules.looks_after(admin, own)
    ada.alumnus_since = makers.LONG_AGO
    session.commit()
    where = f"/alumni/facilitators/sessions/{ran(session, ada, ada, confirmed=False).id}"
    assert "Confirm" not in browser.signed_in(ada).open(where).source
    assert browser.signed_in(ada).post(where, {"act": "confirm", "minutes": "120"}).status == 404


def test_a_session_is_called_off_until_hours_are_noted(
    browser: Browser, session: Session, ana: Member, tariq: Member
) -> None:
    one = ran(session, ana, tariq, minutes=None)
    where = f"/alumni/facilitators/sessions/{one.id}"
    page, late = (browser.signed_in(tariq).open(where) for _ in range(2))
    assert "Called off" in page.submit("Call it off").text
    assert late.submit("Call it off").status == 200  # a second click changes nothing
    assert browser.signed_in(ana).post(where, {"act": "log", "minutes": "60"}).status == 409


def test_the_list_asks_as_much_for_many_as_for_two_and_is_narrowed(
    browser: Browser, session: Session, mina: Member, lena: Member, query_count: Counter
) -> None:
    def crowd(numbers: range) -> None:
        for number in numbers:
            facilitator(session, makers.member(session, f"Guide{number}", alumna=True), languages=["fa"])

    hers = browser.signed_in(mina)
    crowd(range(2))
    with query_count() as few:
        hers.open(FIND)
    crowd(range(2, 25))
    with query_count() as many:
        page = hers.open(FIND)
    assert few.total == many.total <= 8
    assert "Guide0" in page.follow("Show more").text
    assert "Guide24" in hers.open(f"{FIND}?topic=mediation&language=fa&format=online").text
    assert "Nobody offers sessions like these." in hers.open(f"{FIND}?format=in_person").text
    assert browser.signed_in(lena).open(FIND).status == 404


def test_what_a_profile_says_and_what_is_left_when_one_is_erased(
    app: Flask, session: Session, ana: Member, tariq: Member
) -> None:
    facilitator(session, ana)
    ran(session, ana, tariq)
    with app.test_request_context():
        (part,) = parts.record_of(session, VISITOR, ana.id)
        assert [line.words for line in part.lines] == ["Ran 1 session: 2 hours"]
        known = data_rights.export(session, ana.id)["facilitators"]
        assert (known["ran"][0]["minutes"], known["offer"]["topics"]) == (120, ["mediation"])
        data_rights.erase(session, tariq.id)
        session.commit()
        session.expire_all()
        one = session.scalars(select(Facilitation)).one()
        assert (one.invited_by, one.confirmed_by, one.logged) == (None, None, 120)
        data_rights.erase(session, ana.id)
        session.commit()
    assert session.scalar(select(Facilitation.id)) is None
    assert session.scalar(select(Facilitator.id)) is None
    session.rollback()


def test_a_profile_leads_those_who_plan_courses_to_an_invitation(
    browser: Browser, session: Session, ana: Member, ada: Member
) -> None:
    zoya = makers.member(session, "Zoya", alumna=True)
    profile(session, ana, handle="ana-h", show=Audience.NETWORK)
    session.commit()
    admin, words = browser.signed_in(ada), "Invite to a session"
    assert words not in admin.open("/alumni/members/ana-h").text
    offer = facilitator(session, ana)
    assert admin.open("/alumni/members/ana-h").follow(words).url == f"/alumni/facilitators/{offer.id}/invite"
    assert words not in browser.signed_in(zoya).open("/alumni/members/ana-h").text
