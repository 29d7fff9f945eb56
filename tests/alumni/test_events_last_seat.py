"""Two people at the last seat, at the same moment: one has it, the other is first in line."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.events.models import GOING, WAITING, Event, EventGuest
from tests import makers
from tests.alumni import event_stage as stage
from tests.browser import Browser


def at_once(browser: Browser, people: list[Member], event: Event, answer: str) -> list[int]:
    """All of them press the same button at the same moment; returns the statuses."""
    theirs = [browser.signed_in(who) for who in people]
    tokens = [each.csrf() for each in theirs]
    start = Barrier(len(people))

    def press(number: int) -> int:
        start.wait()
        data = {"csrf_token": tokens[number], "answer": answer}
        return theirs[number].client.post(f"/alumni/events/{event.id}/answer", data=data).status_code

    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(press, range(len(people))))


@pytest.mark.parametrize("seats", [1, 3])
def test_there_are_never_more_guests_than_seats(browser: Browser, session: Session, ana: Member, seats: int) -> None:
    event = stage.event(session, ana, seats=seats)
    people = [makers.member(session, f"Guest{number}", alumna=True) for number in range(6)]
    assert set(at_once(browser, people, event, "come")) == {303}
    session.expire_all()
    states = session.scalars(select(EventGuest.state)).all()
    assert (states.count(GOING), states.count(WAITING)) == (seats, 6 - seats)
    assert session.get_one(Event, event.id).going == seats
    session.rollback()


def test_when_several_give_their_seat_back_at_once_as_many_move_up(
    browser: Browser, session: Session, ana: Member
) -> None:
    event = stage.event(session, ana, seats=3)
    people = [makers.member(session, f"Guest{number}", alumna=True) for number in range(8)]
    for number, who in enumerate(people):
        stage.guest(session, event, who, GOING if number < 3 else WAITING, after=number)
    assert set(at_once(browser, people[:3], event, "stay")) == {303}
    session.expire_all()
    going = select(EventGuest.member_id).where(EventGuest.state == GOING).order_by(EventGuest.member_id)
    assert session.scalars(going).all() == [who.id for who in people[3:6]]
    session.rollback()
