"""Two things at the same moment: answers, sends, blocks, and limits hold on both databases."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.messages import service, talking
from alumni.messages.models import OPEN, Conversation, Message, Side
from tests.alumni.message_stage import alumna, asked, talk, words
from tests.races import Act, at_once


@pytest.fixture
def vera(session: Session) -> Member:
    """Vera is an alumna, too."""
    return alumna(session, "Vera")


@pytest.fixture
def zoya(session: Session) -> Member:
    """Zoya is an alumna whom the network may write to."""
    return alumna(session, "Zoya")


def state_of(session: Session, number: int) -> str:
    """How a conversation stands."""
    state = session.scalars(select(Conversation.state).where(Conversation.id == number)).one()
    session.commit()
    return state


def test_a_request_accepted_in_two_tabs_is_accepted_once(
    app: Flask, session: Session, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)

    def accept(own: Session) -> None:
        service.accept(own, conversation_id=number, by=zoya.id, now=clock.now())

    assert at_once(app, accept, accept) == ["", ""]
    assert state_of(session, number) == OPEN


def test_accepting_and_taking_back_at_once_leaves_one_of_them(
    app: Flask, session: Session, vera: Member, zoya: Member
) -> None:
    number = asked(app, session, vera, zoya)
    refusals = at_once(
        app,
        lambda own: service.accept(own, conversation_id=number, by=zoya.id, now=clock.now()),
        lambda own: service.withdraw(own, conversation_id=number, by=vera.id),
    )
    boxes = sorted(session.scalars(select(Side.box).where(Side.conversation_id == number)))
    session.commit()
    outcomes = {
        ("", "AnsweredAlready"): (OPEN, ["talks", "talks"]),
        ("RequestGone", ""): ("withdrawn", ["gone", "gone"]),
    }
    assert outcomes[(refusals[0], refusals[1])] == (state_of(session, number), boxes)


def test_two_who_write_to_each_other_at_once_have_one_conversation(
    app: Flask, session: Session, vera: Member, zoya: Member
) -> None:
    def ask(by: Member, to: Member) -> Act:
        return lambda own: service.begin(own, by=by.id, to=to.id, words=words(), most=3, staff=False, now=clock.now())

    assert at_once(app, ask(vera, zoya), ask(zoya, vera)) == ["", ""]
    assert session.scalars(select(Conversation.state)).all() == [OPEN]
    assert session.scalar(select(func.count(Message.id))) == 2


def test_a_double_press_is_one_message(app: Flask, session: Session, vera: Member, zoya: Member) -> None:
    number, same = talk(app, session, vera, zoya), words("Once")

    def send(own: Session) -> None:
        talking.send(own, conversation_id=number, by=vera.id, words=same, now=clock.now())

    assert at_once(app, send, send, send) == ["", "", ""]
    assert session.scalar(select(func.count(Message.id)).where(Message.text == "Once")) == 1
    assert session.scalar(select(Side.unread).where(Side.member_id == zoya.id)) == 1


def test_counts_of_unread_messages_lose_none(app: Flask, session: Session, vera: Member, zoya: Member) -> None:
    number = talk(app, session, vera, zoya)

    def send(own: Session) -> None:
        talking.send(own, conversation_id=number, by=vera.id, words=words("Line"), now=clock.now())

    assert at_once(app, send, send, send, send) == [""] * 4
    assert session.scalar(select(Side.unread).where(Side.member_id == zoya.id)) == 4


def test_nothing_arrives_after_a_block(app: Flask, session: Session, vera: Member, zoya: Member) -> None:
    number = talk(app, session, vera, zoya)
    order: list[str] = []

    def block(own: Session) -> None:
        service.block(own, conversation_id=number, by=zoya.id, now=clock.now())
        order.append("block")

    def send(own: Session) -> None:
        talking.send(own, conversation_id=number, by=vera.id, words=words("Late?"), now=clock.now())
        order.append("send")

    refusals = at_once(app, block, send)
    arrived = session.scalar(select(func.count(Message.id)).where(Message.text == "Late?"))
    assert (refusals[1], arrived) in {("", 1), ("Ended", 0)}
    assert order[0] == "send" or arrived == 0


def test_the_limit_of_requests_holds_when_many_are_sent_at_once(app: Flask, session: Session, vera: Member) -> None:
    people = [alumna(session, f"Friend{turn}") for turn in range(4)]

    def ask(to: int) -> Act:
        return lambda own: service.begin(own, by=vera.id, to=to, words=words(), most=2, staff=False, now=clock.now())

    refusals = at_once(app, *(ask(each.id) for each in people))
    assert sorted(refusals) == ["", "", "TooManyWaiting", "TooManyWaiting"]


def test_what_comes_while_a_page_is_read_stays_unread(app: Flask, session: Session, vera: Member, zoya: Member) -> None:
    number = talk(app, session, vera, zoya)
    with app.test_request_context():
        shown = session.scalars(select(Side.last_id).where(Side.member_id == zoya.id)).one()
        talking.send(session, conversation_id=number, by=vera.id, words=words("New"), now=clock.now())
        talking.seen(session, conversation_id=number, member_id=zoya.id, now=clock.now(), up_to=shown)
        session.commit()
    assert session.scalar(select(Side.unread).where(Side.member_id == zoya.id)) == 1
