"""Proposals that are taken back, conveners who relieve each other, and the groups of somebody who is in many."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.audit.models import AuditEntry
from academy.people.models import Member
from alumni.groups import service
from alumni.groups.models import Group, GroupMember
from tests import makers
from tests.alumni.group_stage import group
from tests.browser import Browser
from tests.courses.places import at_once
from tests.makers import LONG_AGO

LIST = "/alumni/groups/"
WORDS = {"name": "Canals", "kind": "theme", "entry": "open", "why": "Much.", "description": "Water."}


@pytest.fixture
def zoya(session: Session) -> Member:
    """An alumna of another year."""
    return makers.member(session, "Zoya", alumna=True)


def convener(session: Session, who: Member) -> None:
    """Let somebody look after their group too."""
    session.scalars(select(GroupMember).where(GroupMember.member_id == who.id)).one().is_convener = True
    session.commit()


def care(session: Session, made: Group) -> list[int]:
    session.expire_all()
    rows = select(GroupMember.member_id).where(GroupMember.group_id == made.id, GroupMember.is_convener)
    found = list(session.scalars(rows))
    session.commit()
    return found


def test_ana_takes_her_proposal_back(browser: Browser, session: Session, ana: Member, mina: Member) -> None:
    hers, minas = browser.signed_in(ana), browser.signed_in(mina)
    page = hers.open(f"{LIST}propose").submit("Propose it", **WORDS)
    desk = minas.open("/admin/groups/").follow("Canals")
    page = page.follow("Take the proposal back").submit("Take it back")
    assert page.notice == "Done Your proposal is taken back."
    assert session.scalars(select(Group)).all() == []
    session.commit()
    assert "Canals" not in minas.open("/admin/groups/").text
    assert desk.submit("Open the group", act="open").status == 404, "it was taken back meanwhile"


def test_what_was_opened_is_not_taken_back(browser: Browser, ana: Member, mina: Member) -> None:
    page = browser.signed_in(ana).open(f"{LIST}propose").submit("Propose it", **WORDS).follow("Take the proposal back")
    browser.signed_in(mina).open("/admin/groups/").follow("Canals").submit("Open the group", act="open")
    assert page.submit("Take it back").status == 409


def test_a_convener_relieves_another_with_a_reason(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    made = group(session, ana, zoya)
    convener(session, zoya)
    page = browser.signed_in(ana).open(f"{LIST}{made.key}/members").follow("Make a member like the others")
    assert page.submit("Decide it", reason="").errors != []
    page = page.submit("Decide it", reason="She did not answer for months.")
    assert page.notice == "Done They are a member like the others now, and are told why."
    assert care(session, made) == [ana.id]
    told = browser.signed_in(zoya).open("/my/notices").text
    assert "She did not answer for months." in told
    assert "Ana" not in told
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "group.relieved")).one()
    assert (entry.subject, entry.detail) == (f"group:{made.id}", f"member:{zoya.id}")
    session.commit()


def test_of_two_who_relieve_each_other_at_once_one_stays(
    browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    made = group(session, ana, zoya)
    convener(session, zoya)
    rows = {row.member_id: row.id for row in session.scalars(select(GroupMember))}
    session.commit()
    pages = [
        browser.signed_in(who).open(f"{LIST}{made.key}/members/{rows[other.id]}/relieve")
        for who, other in ((ana, zoya), (zoya, ana))
    ]
    assert sorted(page.status for page in at_once(pages, "Decide it", reason="Enough.")) == [200, 403]
    assert len(care(session, made)) == 1
    own = f"{LIST}{made.key}/members/{rows[ana.id]}/relieve"
    assert browser.signed_in(ana).open(own).status == 403, "nobody relieves themselves: one always stays"


def test_whoever_is_in_many_groups_goes_through_all_of_them(
    app: Flask, browser: Browser, session: Session, ana: Member, zoya: Member
) -> None:
    del app
    first = group(session, ana, name="Group 00")
    for number in range(1, 25):
        made = Group(
            key=f"manygroup{number}", name=f"Group {number:02}", name_key=f"group {number:02}", kind="theme",
            entry="hidden", state="archived" if number % 5 == 0 else "open", description="", description_html="",
            proposed_at=LONG_AGO,
        )  # fmt: skip
        session.add(made)
        session.flush()
        service.let_in(session, group=made, member_id=zoya.id, shown=False, now=LONG_AGO)
    service.let_in(session, group=first, member_id=zoya.id, shown=False, now=LONG_AGO)
    session.commit()
    hers = browser.signed_in(zoya)
    page = hers.open(LIST)
    some = [name for name, url in page.links() if name.startswith("Group ") and "manygroup" in url]
    page = page.follow("More of my groups")
    rest = [name for name, _url in page.links() if name.startswith("Group ")]
    assert (len(some) + len(rest), len({*some, *rest})) == (24, 24)
    assert rest[-1] == "Group 20", "those put away stand last"
    assert browser.signed_in(ana).open(f"{LIST}mine?after=manygroup3").status == 404
