"""Two things at the same moment in the forum: nothing is lost, counted twice or written into what is closed."""

import time
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor, Role
from academy.people.models import Member
from alumni.forum.order import judging, moving
from alumni.forum.order.moving import Keeping
from alumni.forum.order.reporting import KIND
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import Poll, PollOption
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import editing, marks, service, settling
from alumni.forum.topics.editing_rules import Change, Editor
from alumni.forum.topics.models import Helpful, Post, PostEdit, Topic
from alumni.moderation import deciding
from alumni.moderation.deciding import Decision
from alumni.moderation.models import Case, Entry
from alumni.moderation.service import Complaint, report
from alumni.moderation.subjects import subject_of
from tests.alumni import forum_stage
from tests.races import Act, at_once

LATER = clock.now() + timedelta(days=7)


@pytest.fixture
def topic(app: Flask, session: Session, ana: Member) -> Topic:
    """A topic of Ana's."""
    return forum_stage.topic(app, session, forum_stage.place(session), ana)


def now() -> datetime:
    return clock.now()


def test_many_replies_at_once_get_a_number_each(app: Flask, session: Session, topic: Topic, lena: Member) -> None:
    number, writer = topic.id, lena.id
    session.rollback()

    def write(own: Session) -> None:
        service.reply(own, topic_id=number, by=writer, words=forum_stage.words(), now=now())

    assert at_once(app, *[write] * 6) == [""] * 6
    found = session.scalars(select(Post.number).where(Post.topic_id == number).order_by(Post.number)).all()
    assert list(found) == [1, 2, 3, 4, 5, 6, 7]
    session.refresh(topic)
    assert (topic.posts, topic.last_number) == (7, 7)


def test_a_form_pressed_twice_is_one_post_and_one_topic(
    app: Flask, session: Session, topic: Topic, lena: Member
) -> None:
    number, place, writer = topic.id, topic.category_id, lena.id
    said, begun = forum_stage.words(), forum_stage.words()
    session.rollback()

    def write(own: Session) -> None:
        service.reply(own, topic_id=number, by=writer, words=said, now=now())

    def begin(own: Session) -> None:
        service.begin_topic(own, category_id=place, by=writer, title="Once", words=begun, now=now())

    assert at_once(app, write, write, write, begin, begin, begin) == [""] * 6
    assert session.scalar(select(func.count()).where(Post.topic_id == number)) == 2
    assert session.scalar(select(func.count()).where(Topic.title == "Once")) == 1


def test_an_edit_while_the_topic_closes_is_there_or_refused(
    app: Flask, session: Session, topic: Topic, ana: Member
) -> None:
    number, post, editor = topic.id, forum_stage.post_of(session, topic, 1).id, Editor(ana.id, writes=True)
    session.rollback()

    def close(own: Session) -> None:
        held = service.locked(own, number)
        assert held is not None
        held.closed_at = now()

    def edit(own: Session) -> None:
        editing.edit(own, post_id=post, change=Change("Another wording", 0), editor=editor, now=now())

    refusals = at_once(app, close, edit)
    assert refusals in (["", ""], ["", "TopicClosed"])
    text = session.get_one(Post, post).text
    assert (text == "Another wording") == (refusals == ["", ""])


def test_of_two_edits_of_one_wording_one_is_asked_again(
    app: Flask, session: Session, topic: Topic, ana: Member
) -> None:
    post, editor = forum_stage.post_of(session, topic, 1).id, Editor(ana.id, writes=True)
    session.rollback()

    def edit(text: str) -> Act:
        return lambda own: editing.edit(own, post_id=post, change=Change(text, 0), editor=editor, now=now())

    assert sorted(at_once(app, edit("One"), edit("Other"))) == ["", "ChangedMeanwhile"]
    assert session.scalar(select(func.count()).select_from(PostEdit)) == 1


def test_a_mark_pressed_twice_counts_once(app: Flask, session: Session, topic: Topic, lena: Member) -> None:
    post, reader = forum_stage.post_of(session, topic, 1).id, lena.id
    session.rollback()

    def mark(own: Session) -> None:
        marks.mark_helpful(own, post=own.get_one(Post, post), by=reader, helpful=True)

    assert at_once(app, mark, mark, mark) == [""] * 3
    assert session.get_one(Post, post).helpful == session.scalar(select(func.count()).select_from(Helpful)) == 1


@pytest.mark.parametrize("secret", [True, False])
def test_a_vote_pressed_twice_counts_once(
    app: Flask, session: Session, topic: Topic, lena: Member, ana: Member, *, secret: bool
) -> None:
    asked = Asked("Which?", ("One", "Other"), 1, secret=secret, ends_at=LATER)
    poll, number = polls.ask(session, topic_id=topic.id, asked=asked).id, topic.id
    first = session.scalars(select(PollOption.id).where(PollOption.poll_id == poll).order_by(PollOption.place)).first()
    voters = (lena.id, ana.id)
    session.commit()

    def vote(who: int) -> Act:
        return lambda own: polls.vote(own, topic_id=number, by=who, options={first or 0}, now=now())

    refusals = at_once(app, vote(voters[0]), vote(voters[0]), vote(voters[1]))
    assert refusals.count("VotedAlready") == (1 if secret else 0)
    assert session.get_one(PollOption, first).votes == session.get_one(Poll, poll).voters == 2


@pytest.fixture
def reported(app: Flask, session: Session, topic: Topic, lena: Member) -> int:
    """The post with which Ana's topic begins, which Lena reported."""
    post = forum_stage.post_of(session, topic, 1).id
    with app.test_request_context():
        subject = subject_of(KIND)
        assert subject is not None
        report(session, subject=subject, number=post, complaint=Complaint(lena.id, "scam", ""), now=now())
        session.commit()
    return post


def moderating(who: Member) -> Actor:
    """Somebody who keeps order now."""
    return Actor(who.id, who.display_name, roles=frozenset({Role("moderator")}))


def test_two_who_decide_about_one_post_decide_once(
    app: Flask, session: Session, reported: int, mina: Member, ada: Member
) -> None:
    keepers, post = [moderating(mina), moderating(ada)], reported
    session.rollback()

    def decide(by: Actor, what: str) -> Act:
        def act(own: Session) -> None:
            decision = Decision(what, reason="scam", words="Why.")
            judging.decide(own, own.get_one(Post, post), decision, review=False, seen=0, by=by, now=now())

        return act

    refusals = at_once(app, decide(keepers[0], "hidden"), decide(keepers[1], "removed"))
    assert sorted(refusals) in (["", "Overtaken"], ["", "TakenBySomebody"])
    session.expire_all()
    case = session.scalars(select(Case)).one()
    assert (case.decided_by, case.on_thing) == ((mina.id, "hidden") if refusals[0] == "" else (ada.id, "removed"))
    assert session.get_one(Post, post).state == case.on_thing
    assert session.scalar(select(func.count()).where(Entry.act == "decided")) == 1


@pytest.mark.usefixtures("reported")
def test_two_who_take_one_case_are_one(app: Flask, session: Session, mina: Member, ada: Member) -> None:
    number, both = session.scalars(select(Case.id)).one(), [moderating(mina), moderating(ada)]
    session.rollback()

    def take(who: Actor) -> Act:
        def act(own: Session) -> None:
            case = deciding.case_locked(own, number)
            assert case is not None
            deciding.claim(own, case=case, by=who, now=now())

        return act

    assert sorted(at_once(app, *(take(who) for who in both))) == ["", "TakenBySomebody"]


def test_a_reply_while_its_topic_goes_into_another_is_there_or_refused(
    app: Flask, session: Session, topic: Topic, lena: Member, mina: Member
) -> None:
    old, writer, keeper = topic.id, lena.id, moderating(mina)
    into = forum_stage.topic(app, session, forum_stage.place(session, "Elsewhere"), mina, "Other").id
    session.rollback()

    def write(own: Session) -> None:
        service.reply(own, topic_id=old, by=writer, words=forum_stage.words("Just in time."), now=now())

    def merge(own: Session) -> None:
        moving.merge(own, old, Keeping(keeper, now()), into_id=into)

    refusals = at_once(app, write, merge)
    assert refusals in (["", ""], ["TopicGone", ""])
    session.expire_all()
    theirs = select(Post.number, Post.text).where(Post.topic_id == into, Post.deed == "").order_by(Post.number)
    said = [text for _number, text in session.execute(theirs)]
    assert said.count("Just in time.") == (1 if refusals[0] == "" else 0)
    assert session.scalar(select(func.count()).where(Post.topic_id == old)) == 0
    assert session.get_one(Topic, into).posts == len(said)


def test_an_answer_that_its_author_deletes_meanwhile_is_none(
    app: Flask, session: Session, topic: Topic, lena: Member
) -> None:
    with app.test_request_context():
        made = service.reply(session, topic_id=topic.id, by=lena.id, words=forum_stage.words(), now=now())
        session.commit()
    number, post, editor = topic.id, made.id, Editor(lena.id, writes=True)
    session.rollback()

    def accept(own: Session) -> None:
        marks.accept(own, post_id=post, accepted=True, now=now())

    def take_back(own: Session) -> None:
        editing.take_back(own, post_id=post, editor=editor, now=now())

    assert at_once(app, accept, take_back) in (["", ""], ["CannotBeChanged", ""])
    session.expire_all()
    assert session.get_one(Topic, number).answer_id is None
    assert session.get_one(Topic, number).posts == 1


def test_between_posts_that_are_settled_others_can_write(
    app: Flask, session: Session, topic: Topic, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    forum_stage.fill(session, topic, ana, 2 * settling.SOME)
    session.execute(update(Post).values(settled_at=None))
    session.commit()

    def pause(seconds: float) -> None:
        if not pauses:
            with app.extensions["academy.database"].transaction() as own:
                service.reply(own, topic_id=topic_id, by=by, words=forum_stage.words("Meanwhile."), now=now())
        pauses.append(seconds)

    topic_id, by = topic.id, ana.id
    session.rollback()
    monkeypatch.setattr(time, "sleep", pause)
    with app.test_request_context():
        settling.pump(now())
    assert len(pauses) >= 2
    assert all(0 < seconds <= settling.LONGEST_PAUSE for seconds in pauses)
    assert session.scalars(select(Post.id).where(Post.text == "Meanwhile.", Post.settled_at.is_not(None))).all()
