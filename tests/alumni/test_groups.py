"""Groups: proposed and opened, joined and left, hidden ones that nobody learns of."""

from collections.abc import Callable
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.notices.kinds import sentence_of
from academy.notices.models import Notice
from academy.people import data_rights
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.groups import queries, service
from alumni.groups.models import Group, GroupMember
from alumni.groups.refusals import LastConvener
from alumni.groups.reporting import GROUP
from alumni.moderation.models import Case
from alumni.moderation.subjects import HIDE
from tests import makers
from tests.alumni.group_stage import group
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.courses.places import Counter, at_once

LIST = "/alumni/groups/"


@pytest.fixture
def zoya(session: Session) -> Member:
    """An alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def test_ana_proposes_a_group_and_zoya_is_let_in(browser: Browser, ana: Member, zoya: Member, mina: Member) -> None:
    anas, zoyas, minas = (browser.signed_in(who) for who in (ana, zoya, mina))
    form = anas.open(f"{LIST}propose")
    refused = form.submit("Propose it", name="Canals", kind="theme", entry="request", why="Much.", languages=["ru"])
    assert (refused.status, refused.errors) == (422, ["Please fill this in."])
    proposed = refused.submit("Propose it", description="About **water**.")
    assert proposed.heading == "Canals"
    assert "Canals" not in zoyas.open(LIST).text
    assert zoyas.open(proposed.url).status == 404
    minas.open("/admin/groups/").follow("Canals").submit("Open the group")
    asking = zoyas.open(LIST).follow("Canals").follow("Ask to join").submit("Ask to join", sentence="I live there.")
    assert "You have asked to join" in asking.text
    waiting = anas.open(proposed.url).follow("Somebody asks to join")
    assert "I live there." in waiting.text
    waiting.submit("Let them in")
    assert "You in this group" in zoyas.open(proposed.url).text


def test_a_proposal_is_refused_with_a_reason_and_proposed_again(browser: Browser, ana: Member, mina: Member) -> None:
    anas, minas = browser.signed_in(ana), browser.signed_in(mina)
    words = {"name": "Canals", "kind": "theme", "entry": "open", "why": "Much.", "description": "Water."}
    proposed = anas.open(f"{LIST}propose").submit("Propose it", **words)
    desk = minas.open("/admin/groups/").follow("Canals")
    assert desk.submit("Do not open it", act="refuse").errors == ["Please say why: the person reads it."]
    desk.submit("Do not open it", act="refuse", words="There is one already.")
    again = anas.open(proposed.url)
    assert "There is one already." in again.text
    again.follow("Change the proposal").submit("Save", name="Canals of the north")
    assert "Canals of the north" in minas.open("/admin/groups/").text


def test_nobody_else_learns_of_a_hidden_group(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member, ada: Member
) -> None:
    made = group(session, ana, name="Quiet circle", entry="hidden")
    home = f"{LIST}{made.key}"
    for who in (zoya, mina, ada):
        other = browser.signed_in(who)
        assert [other.open(f"{home}{more}").status for more in ("", "/join", "/members")] == [404] * 3
        assert "Quiet circle" not in other.open(LIST).source
    assert "Quiet circle" not in browser.signed_in(ada).open("/admin/groups/").source
    profile(session, zoya, handle="zoya-h")
    anas, zoyas = browser.signed_in(ana), browser.signed_in(zoya)
    anas.open(f"{home}/invite").submit("Invite", handle="@zoya-h", words="Come.")
    (notice,) = session.scalars(select(Notice).where(Notice.member_id == zoya.id))
    with app.test_request_context():
        assert sentence_of(notice.kind, notice.values) == "You are invited to a group."
    session.rollback()
    invited = zoyas.open(LIST).follow("Quiet circle")
    assert "Come." in invited.text
    assert "Ana" in invited.text
    invited.submit("Decline")
    assert zoyas.open(home).status == 404
    again = anas.open(f"{home}/invite").submit("Invite", handle="zoya-h")
    assert again.errors == ["This person was invited already."]


def test_events_of_a_hidden_group_are_seen_in_it_alone(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    made = group(session, ana, zoya, name="Quiet circle", entry="hidden")
    home = f"{LIST}{made.key}"
    anas, zoyas, minas = (browser.signed_in(who) for who in (ana, zoya, mina))
    day = (clock.now() + timedelta(days=9)).date()
    words = {"title": "Tea at dusk", "text": "We talk.", "form": "online", "link": "https://meet.example.org/tea"}
    times = {"day": str(day), "begins": "17:00", "ends": "18:00"}
    event = anas.open(home).follow("Plan an event").submit("", **words, **times, belongs_to=f"group:{made.key}")
    assert event.heading == "Tea at dusk", event.errors
    assert "Tea at dusk" in zoyas.open(home).text
    assert "Tea at dusk" in zoyas.open("/alumni/events").text
    for address in ("/alumni/events", "/alumni/events?show=to-decide", event.url):
        assert "Tea at dusk" not in minas.open(address).source


def test_a_group_is_reported_and_closed(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    made = group(session, ana)
    home, number = f"{LIST}{made.key}", made.id
    session.rollback()
    browser.signed_in(zoya).open(home).follow("Report this group").submit("Report this", reason="scam")
    case = session.scalars(select(Case).where(Case.kind == "group")).one()
    assert (case.number, case.owner_id) == (number, ana.id)
    session.rollback()
    subject = GROUP.acts[HIDE]
    subject.do(session, number, clock.now())
    session.commit()
    anas = browser.signed_in(ana)
    assert "Moderators closed this group" in anas.open(home).text
    assert anas.post(f"{home}/take-out").status == 409
    subject.undo(session, number, clock.now())
    session.commit()
    assert "Invite somebody" in anas.open(home).text


def test_only_those_are_invited_whom_the_inviter_may_see(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    profile(session, zoya, show=Audience.ME, handle="zoya-h")
    made = group(session, ana)
    form = browser.signed_in(ana).open(f"{LIST}{made.key}/invite")
    for handle in ("zoya-h", "nobody-h"):
        assert form.submit("Invite", handle=handle).errors == ["We found nobody by this handle whom you could invite."]


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize("audience", [Audience.ME, Audience.COHORT, Audience.NETWORK])
def test_fellow_members_see_whoever_wants_it_and_is_open_to_them(
    browser: Browser, session: Session, ana: Member, zoya: Member, shown: bool, audience: Audience
) -> None:
    yusuf = makers.member(session, "Yusuf", alumna=True)
    profile(session, yusuf, show=audience)
    made = group(session, ana, yusuf, zoya, shown=shown)
    seen = "Yusuf" in browser.signed_in(zoya).open(f"{LIST}{made.key}/members").text
    assert seen == (shown and audience >= Audience.NETWORK)
    assert "Yusuf" in browser.signed_in(ana).open(f"{LIST}{made.key}/members").text


def test_the_last_convener_hands_over_or_a_moderator_finds_another(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    made = group(session, ana, zoya)
    anas, zoyas, minas = (browser.signed_in(who) for who in (ana, zoya, mina))
    refused = anas.open(f"{LIST}{made.key}/leave").submit("Leave")
    assert refused.status == 409
    refused.submit("Leave", alone="y")
    lonely = zoyas.open(f"{LIST}{made.key}")
    assert "Nobody at the moment." in lonely.text
    desk = minas.open("/admin/groups/").follow("Canal people")
    assert "Zoya" not in desk.text
    lonely.submit("I would look after it")
    minas.open(desk.url).submit("Make a convener")
    assert "Change the words" in zoyas.open(f"{LIST}{made.key}").text
    assert minas.open(desk.url).status == 404


def test_a_member_is_taken_out_with_a_reason_and_stays_out(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    made = group(session, ana, zoya)
    anas, zoyas = browser.signed_in(ana), browser.signed_in(zoya)
    removing = anas.open(f"{LIST}{made.key}/members").follow("Remove")
    removing.submit("Remove", reason="Sold things.", ban="y")
    assert "Sold things." in zoyas.open("/my/notices").text
    assert zoyas.post(f"{LIST}{made.key}/join").status == 409
    anas.open(f"{LIST}{made.key}/members").submit("Let them join again")
    zoyas.open(f"{LIST}{made.key}/join").submit("Join")
    assert "You in this group" in zoyas.open(f"{LIST}{made.key}").text


@pytest.mark.parametrize("entry", ["open", "hidden"])
def test_the_log_says_nothing_of_who_is_in_a_hidden_group(
    browser: Browser, session: Session, ana: Member, zoya: Member, entry: str
) -> None:
    made = group(session, ana, zoya, entry=entry)
    removing = browser.signed_in(ana).open(f"{LIST}{made.key}/members").follow("Remove")
    removing.submit("Remove", reason="Sold things.", ban="y")
    noted = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("group."))).all()
    assert noted == (["group.banned"] if entry == "open" else [])


def test_two_who_change_the_words_do_not_overwrite_each_other(browser: Browser, session: Session, ana: Member) -> None:
    made = group(session, ana)
    first, second = (browser.signed_in(ana).open(f"{LIST}{made.key}/change") for _ in range(2))
    first.submit("Save", description="The first.")
    late = second.submit("Save", description="The second.")
    assert late.status == 409
    assert "The second." in late.source
    assert late.submit("Save").status == 200


def test_nobody_joins_what_is_put_away(browser: Browser, session: Session, ana: Member, zoya: Member) -> None:
    made = group(session, ana)
    anas, zoyas = browser.signed_in(ana), browser.signed_in(zoya)
    form = zoyas.open(f"{LIST}{made.key}/join")
    anas.open(f"{LIST}{made.key}/put-away").submit("Put it away")
    assert form.submit("Join").status == 409
    anas.open(f"{LIST}{made.key}").submit("Open it again")
    assert form.submit("Join").status == 200


def test_of_two_conveners_who_leave_at_once_one_stays(
    browser: Browser, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    made = group(session, ana, zoya, mina)
    for row in session.scalars(select(GroupMember).where(GroupMember.member_id == zoya.id)):
        row.is_convener = True
    session.commit()
    pages = [browser.signed_in(who).open(f"{LIST}{made.key}/leave") for who in (ana, zoya)]
    assert sorted(page.status for page in at_once(pages, "Leave")) == [200, 409]


def test_whoever_leaves_second_sees_that_the_first_has_gone(
    app: Flask, session: Session, ana: Member, zoya: Member, mina: Member
) -> None:
    made = group(session, ana, zoya, mina)
    session.scalars(select(GroupMember).where(GroupMember.member_id == zoya.id)).one().is_convener = True
    key, first, second, refused = made.key, ana.id, zoya.id, []
    session.commit()

    def leaves(member_id: int, meanwhile: Callable[[], None] = lambda: None) -> None:
        with app.app_context(), app.extensions["academy.database"].transaction() as own:
            found = queries.group(own, key, lock=True)
            assert found is not None
            try:
                service.leave(own, group=found, member_id=member_id, alone=False, now=clock.now())
            except LastConvener:
                refused.append(member_id)
            meanwhile()

    other = Thread(target=leaves, args=(second,))

    def comes_second() -> None:
        other.start()
        other.join(0.5)  # it waits for the first, whatever it has read by then

    leaves(first, comes_second)
    other.join()
    assert refused == [second]


def test_of_two_answers_to_one_request_one_counts(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    made = group(session, ana, entry="request")
    browser.signed_in(zoya).open(f"{LIST}{made.key}/join").submit("Ask to join", sentence="Please.")
    pages = [browser.signed_in(ana).open(f"{LIST}{made.key}/requests") for _ in range(2)]
    assert sorted(page.status for page in at_once(pages, "Let them in")) == [200, 409]
    session.expire_all()
    assert session.get_one(Group, made.id).people == 2


def test_who_is_erased_leaves_every_group(app: Flask, session: Session, ana: Member, zoya: Member) -> None:
    made, own = group(session, ana, zoya), group(session, ana, name="Mine alone")
    with app.app_context():
        assert [each["name"] for each in data_rights.export(session, ana.id)["groups"]["groups"]] == [
            "Canal people",
            "Mine alone",
        ]
        data_rights.erase(session, ana.id)
    session.commit()
    assert (made.people, made.proposed_by, own.state) == (1, None, "archived")
    told = session.scalars(select(Notice.values).where(Notice.member_id == zoya.id)).all()
    assert [values["what"] for values in told] == ["alone"]


def test_many_groups_cost_no_more_queries(
    browser: Browser, session: Session, query_count: Counter, ana: Member, zoya: Member
) -> None:
    zoyas, counts = browser.signed_in(zoya), []
    for number in range(25):
        made = group(session, ana, zoya, name=f"Group {number:02}")
        if number in (1, 24):
            with query_count() as of_list:
                page = zoyas.open(LIST)
            with query_count() as of_group:
                zoyas.open(f"{LIST}{made.key}")
            counts.append((of_list.total, of_group.total))
    assert counts[0] == counts[1]
    assert counts[0] <= (8, 9)
    assert "Group 24" in page.follow("More groups").text
