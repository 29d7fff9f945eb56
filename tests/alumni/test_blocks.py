"""The list of those whom somebody keeps away: in pages, and without the number of anybody's account."""

from datetime import timedelta

from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.blocks.models import Block
from tests import makers
from tests.alumni.profile_stage import profile
from tests.browser import Browser
from tests.makers import LONG_AGO


def test_ana_goes_through_all_whom_she_keeps_away(browser: Browser, session: Session, ana: Member) -> None:
    others = [makers.member(session, f"Guest {number:02}", alumna=True) for number in range(45)]
    for place, who in enumerate(others):
        profile(session, who)
        since = LONG_AGO + timedelta(minutes=place // 3)
        session.add(Block(member_id=ana.id, blocked_id=who.id, since=since))
    session.commit()
    hers, pages = browser.signed_in(ana), []
    page = hers.open("/account/blocks")
    while True:
        pages.append(page)
        if not page.all(".more a[rel=next]"):
            break
        page = page.follow("Earlier ones")
    named = [name for page in pages for name, _url in page.links() if name.startswith("Guest")]
    assert (len(pages), len(named), len(set(named))) == (3, 45, 45)
    assert named[0] in {"Guest 42", "Guest 43", "Guest 44"}, "the latest stand first"
    first = pages[-1].all("main form")[0].attrs["action"]
    assert first.split("/")[3].isalnum()
    assert not any(first.split("/")[3] == str(who.id) for who in others)
    assert hers.post(first).status == 200
    assert hers.post(f"/account/blocks/{others[40].id}/lift").status == 200
    assert session.query(Block).count() == 44, "a number of an account lifts nothing"
