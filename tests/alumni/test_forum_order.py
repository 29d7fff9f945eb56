"""Order in the forum: topics closed, moved, split and merged; posts hidden, waiting and shown."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.audit.models import AuditEntry
from academy.people.actor import Actor, Role
from academy.people.models import Member, RoleGrant
from alumni.forum.order import doors, moving, reporting, rules, screening, states
from alumni.forum.order.models import LINK, REFUSE, WAIT, WORD
from alumni.forum.order.moving import Keeping
from alumni.forum.order.refusals import ChangedMeanwhile, NothingPicked, SameTopic
from alumni.forum.order.rules import Verdict, Watch
from alumni.forum.places.models import Category, Keeper
from alumni.forum.topics import service
from alumni.forum.topics.models import Level, Post, Standing, State, Topic
from alumni.forum.views.deeds import sentence_of
from alumni.moderation.models import Case
from alumni.moderation.service import Complaint, report
from alumni.moderation.subjects import subject_of
from tests import makers
from tests.alumni import forum_stage
from tests.browser import Browser

NOW = clock.now()


@pytest.fixture
def keeping(mina: Member) -> Keeping:
    """Mina acts now."""
    return Keeping(Actor(mina.id, "Mina", roles=frozenset({Role("moderator")})), NOW)


@pytest.fixture
def topic(app: Flask, session: Session, lena: Member, ana: Member) -> Iterator[Topic]:
    """A topic of Lena's with four posts, while a request is under way."""
    made = _gates(app, session, lena, ana)
    with app.test_request_context():
        yield made


def texts(session: Session, topic_id: int) -> list[str]:
    """What stands in a topic, in its order; the site's own lines are their words."""
    theirs = select(Post).where(Post.topic_id == topic_id).order_by(Post.number)
    return [post.deed or post.text for post in session.scalars(theirs)]


def test_what_keepers_do_stands_in_the_topic_and_in_the_audit_log(
    session: Session, topic: Topic, keeping: Keeping
) -> None:
    for _twice in range(2):
        moving.close(session, topic.id, keeping, shut=True)
    moving.pin(session, topic.id, keeping, how=moving.PINNED)
    there = forum_stage.place(session, "Elsewhere")
    moving.move(session, topic.id, keeping, to=there)
    assert texts(session, topic.id)[4:] == ["closed", "pinned", "moved"]
    assert (topic.category_id, topic.posts, topic.last_number) == (there.id, 4, 7)
    log = session.scalars(select(AuditEntry.action).where(AuditEntry.action.startswith("forum.topic")))
    assert list(log) == ["forum.topic.closed", "forum.topic.pinned", "forum.topic.moved"]


def test_other_readers_do_not_read_in_a_topic_where_it_was(session: Session, topic: Topic, keeping: Keeping) -> None:
    hidden = forum_stage.place(session, "The quiet group", readers="group:7")
    moving.move(session, topic.id, keeping, to=hidden)
    new = moving.split(session, topic.id, keeping, numbers=[3], title="What only they know")
    alike = forum_stage.place(session, "Their other place", readers="group:7")
    moving.move(session, topic.id, keeping, to=alike)
    assert abouts(session, topic.id) == [
        ("moved", "The quiet group"),
        ("split_off", f"{new.id} What only they know"),
        ("moved", "Their other place"),
    ]
    moving.move(session, topic.id, keeping, to=forum_stage.place(session, "Open"))
    assert abouts(session, topic.id) == [("moved", ""), ("split_off", ""), ("moved", ""), ("moved", "Open")]
    assert sentence_of("split_off", "", "Ana") == (
        '<bdi translate="no">Ana</bdi> moved posts from here into another topic.'
    )


def abouts(session: Session, topic_id: int) -> list[tuple[str, str]]:
    """The site's own lines of a topic, and what each names."""
    theirs = select(Post.deed, Post.text).where(Post.topic_id == topic_id, Post.deed != "").order_by(Post.number)
    return [(deed, about) for deed, about in session.execute(theirs)]


def test_a_split_takes_posts_along_and_their_addresses(session: Session, topic: Topic, keeping: Keeping) -> None:
    third = forum_stage.post_of(session, topic, 3)
    topic.answer_id = third.id
    new = moving.split(session, topic.id, keeping, numbers=[3, 4], title="Another gate")
    session.expire_all()
    assert texts(session, new.id) == ["Three.", "Four.", "came_from"]
    assert texts(session, topic.id) == ["One.", "Two.", "split_off"]
    assert (third.topic_id, third.number, third.settled_at) == (new.id, 1, None)
    assert (topic.posts, new.posts, new.author_id) == (2, 2, third.author_id)
    assert topic.last_post_id < new.last_post_id
    assert session.get_one(Topic, topic.id).answer_id is None


@pytest.mark.parametrize("numbers", [[], [1, 2, 3, 4], [77]])
def test_a_split_takes_some_posts_not_all(session: Session, topic: Topic, keeping: Keeping, numbers: list[int]) -> None:
    with pytest.raises(NothingPicked):
        moving.split(session, topic.id, keeping, numbers=numbers, title="Nothing")


def test_a_merge_leads_on_and_whoever_followed_goes_along(
    app: Flask, session: Session, topic: Topic, keeping: Keeping, ana: Member
) -> None:
    other = forum_stage.topic(app, session, forum_stage.place(session, "Elsewhere"), ana, "Canals", text="Water.")
    session.add(Standing(member_id=ana.id, topic_id=topic.id, level=Level.WATCH, touched_at=NOW))
    session.flush()
    moving.merge(session, topic.id, keeping, into_id=other.id)
    session.expire_all()
    assert texts(session, other.id) == ["Water.", "One.", "Two.", "Three.", "Four.", "merged"]
    assert (topic.merged_into, topic.state, other.posts) == (other.id, State.REMOVED, 5)
    followed = session.scalars(select(Standing.topic_id).where(Standing.member_id == ana.id))
    assert list(followed) == [other.id]
    with pytest.raises(SameTopic):
        moving.merge(session, other.id, keeping, into_id=other.id)


def test_two_keepers_do_not_undo_each_other(session: Session, topic: Topic, keeping: Keeping) -> None:
    seen = Keeping(keeping.by, NOW, version=topic.version)
    moving.close(session, topic.id, seen, shut=True)
    with pytest.raises(ChangedMeanwhile):
        moving.close(session, topic.id, seen, shut=False)


def test_a_hidden_post_is_not_counted_and_a_hidden_beginning_hides_the_topic(session: Session, topic: Topic) -> None:
    last, first = forum_stage.post_of(session, topic, 4), forum_stage.post_of(session, topic, 1)
    states.become(session, last.id, State.HIDDEN)
    assert (topic.posts, topic.last_post_id) == (3, forum_stage.post_of(session, topic, 3).id)
    states.become(session, first.id, State.HIDDEN)
    assert topic.state == State.HIDDEN
    for post in (first, last):
        states.become(session, post.id, State.SHOWN)
    assert (topic.state, topic.posts, topic.last_post_id) == (State.SHOWN, 4, last.id)


def test_a_post_that_waited_comes_after_what_was_read_meanwhile(session: Session, topic: Topic, ana: Member) -> None:
    said = forum_stage.words("I am new.")
    waiting = service.reply(session, topic_id=topic.id, by=ana.id, words=said, state=State.WAITING, now=NOW)
    reporting.wait(session, waiting, NOW)
    assert (topic.posts, session.scalars(select(Case.kind)).all()) == (4, ["forum_post"])
    service.reply(session, topic_id=topic.id, by=ana.id, words=forum_stage.words("Six."), now=NOW)
    states.become(session, waiting.id, State.SHOWN)
    assert texts(session, topic.id)[-2:] == ["Six.", "I am new."]
    assert topic.posts == 6


def test_what_its_author_deleted_no_moderator_brings_back(session: Session, topic: Topic) -> None:
    post = forum_stage.post_of(session, topic, 2)
    post.state = State.DELETED
    assert states.become(session, post.id, State.SHOWN) is None
    assert post.state == State.DELETED


def test_whoever_may_read_may_report_and_nobody_their_own(
    app: Flask, session: Session, topic: Topic, lena: Member, ana: Member, zoya_outside: Actor
) -> None:
    del app
    subject = subject_of(reporting.KIND)
    assert subject is not None
    post = forum_stage.post_of(session, topic, 2)
    assert subject.may_report(session, Actor(lena.id, "Lena"), post.id)
    assert not subject.may_report(session, Actor(ana.id, "Ana"), post.id)
    topic.category_id = forum_stage.place(session, "Alumni alone", "alumni").id
    session.flush()
    assert not subject.may_report(session, zoya_outside, post.id)
    told = Complaint(lena.id, "harassment", "It hurts.")
    assert report(session, subject=subject, number=post.id, complaint=told, now=NOW)


@pytest.fixture
def zoya_outside(max_: Member) -> Actor:
    """Somebody who is no alumnus."""
    return Actor(max_.id, "Max")


SPAM = Watch(LINK, "casino.example", REFUSE)
MONEY = Watch(WORD, "easy money", WAIT)


@pytest.mark.parametrize(
    ("text", "newcomer", "expected"),
    [
        ("Water is life.", False, Verdict()),
        ("Water is life.", True, Verdict(wait=True)),
        ("So much EASY  mönéy!", False, Verdict(wait=True)),
        ("uneasy money", False, Verdict()),
        ("Look at www.Casino.example/free", False, Verdict(refuse=True)),
        ("Look at https://play.casino.example.", False, Verdict(refuse=True)),
        ("notcasino.example", False, Verdict()),
        ("un.org and who.int", True, Verdict(wait=True)),
        ("un.org, who.int and osce.org", True, Verdict(wait=True, crowded=True)),
        ("un.org, who.int and osce.org", False, Verdict()),
        ("@anna @bora @cem @dana, come", True, Verdict(wait=True, crowded=True)),
        ("Write to me@un.org", True, Verdict(wait=True)),
    ],
)
def test_what_becomes_of_a_text(text: str, newcomer: bool, expected: Verdict) -> None:
    assert rules.verdict(text, newcomer=newcomer, watched=[SPAM, MONEY], said_before=False) == expected


def test_the_same_text_sent_around_waits(app: Flask, session: Session, ana: Member) -> None:
    text = "Come to my channel, where I tell all of it once a week."
    who = Actor(ana.id, "Ana", is_alumnus=True, roles=frozenset({Role("trainer", "course:a")}))
    session.add(RoleGrant(member_id=ana.id, role="trainer", scope="course:a", granted_at=clock.now()))
    place = forum_stage.place(session)
    ask = partial(screening.state_for, session, actor=who, keeps_order=False, now=clock.now())
    assert ask(text=text) == State.SHOWN
    forum_stage.topic(app, session, place, ana, text=text)
    assert ask(text=text) == State.WAITING
    assert ask(text="Yes.") == State.SHOWN


def test_moderators_keep_a_list_of_what_is_watched(browser: Browser, mina: Member) -> None:
    minas = browser.signed_in(mina)
    form = minas.open("/admin/forum/watched")
    assert form.submit("Watch it", words="…").errors == ["Please write words with letters, or the name of a site."]
    watched = form.submit("Watch it", words="Casino.example", kind="link", deed="refuse")
    assert "The post is not taken" in watched.text
    again = watched.submit("Watch it", words="www.casino.example", kind="link")
    assert again.errors == ["This is watched already."]
    assert "Casino" not in watched.submit("Take off the list").text


@pytest.fixture
def kept(app: Flask, session: Session, lena: Member, ana: Member, zoya: Member) -> Topic:
    """The same topic in a place that Zoya looks after, with no request under way."""
    topic = _gates(app, session, lena, ana)
    session.add(Keeper(category_id=topic.category_id, member_id=zoya.id, since=NOW))
    session.commit()
    return topic


def _gates(app: Flask, session: Session, lena: Member, ana: Member) -> Topic:
    replies = ((ana, "Two."), (lena, "Three."), (ana, "Four."))
    return forum_stage.topic(app, session, forum_stage.place(session), lena, "Gates", *replies, text="One.")


@pytest.fixture
def zoya(session: Session) -> Member:
    """An alumna who looks after a place."""
    return makers.member(session, "Zoya", alumna=True)


def test_a_keeper_looks_after_a_topic_and_others_read_what_she_did(
    browser: Browser, session: Session, kept: Topic, zoya: Member, lena: Member
) -> None:
    other = forum_stage.topic(browser.app, session, session.get_one(Category, kept.category_id), lena, "Canals")
    zoyas, lenas = browser.signed_in(zoya), browser.signed_in(lena)
    page = lenas.open(f"/forum/t/{kept.id}/gates")
    assert "Look after this topic" not in page.text
    tools = zoyas.open(f"/forum/t/{kept.id}/gates").follow("Look after this topic")
    assert "An announcement" not in tools.text
    assert tools.submit("Make the new topic", numbers="all", title="More").errors == [
        "Please write numbers of posts, for example: 3, 5-8."
    ]
    nobody = tools.submit("Make them one", into="999")
    assert nobody.errors == ["There is no such topic that you look after."]
    late = zoyas.open(f"/forum/t/{kept.id}/order")
    tools.submit("Make the new topic", numbers="3-4", title="More gates")
    assert "Somebody changed this meanwhile" in late.submit("Make them one", into=str(other.id)).text
    read = lenas.open(f"/forum/t/{kept.id}/gates")
    assert "Zoya" in read.text
    assert "More gates" in read.text
    zoyas.open(f"/forum/t/{other.id}/order").submit("Make them one", into=f"http://localhost/forum/t/{kept.id}/gates")
    assert lenas.open(f"/forum/t/{other.id}/canals").heading == "Gates"


def test_a_keeper_decides_about_a_post_and_its_author_objects(
    browser: Browser, session: Session, kept: Topic, zoya: Member, ana: Member, lena: Member
) -> None:
    post = forum_stage.post_of(session, kept, 2)
    lenas = browser.signed_in(lena)
    lenas.open(f"/moderation/report/forum_post/{post.id}").submit("Report this", reason="harassment", words="It hurts.")
    zoyas = browser.signed_in(zoya)
    waiting = zoyas.open("/forum/practice/waiting")
    assert "It insults" in waiting.text
    page = waiting.follow("Gates")
    assert "It hurts." in page.text
    assert "Lena" not in page.text_of("main ul")
    refused = page.submit("Decide", on_thing="hidden", reason="harassment")
    assert refused.errors == ["Please say why: the person reads it."]
    refused.submit("Decide", words="Please speak of the gate, not of people.")
    anas = browser.signed_in(ana)
    told = anas.open("/my/moderation")
    assert "Please speak of the gate" in told.text or told.follow("A post in the forum")
    assert "Two." not in lenas.open(f"/forum/t/{kept.id}/gates").text
    zoyas.open(f"/forum/p/{post.id}/order").submit("Show it again")
    assert "Two." in lenas.open(f"/forum/t/{kept.id}/gates").text


def test_what_many_reported_is_hidden_until_a_keeper_decides(
    browser: Browser, session: Session, kept: Topic, zoya: Member
) -> None:
    post = forum_stage.post_of(session, kept, 2)
    with browser.app.test_request_context():
        subject = subject_of(reporting.KIND)
        assert subject is not None
        for each in range(reporting.HIDDEN_AFTER):
            one = makers.member(session, f"Reader{each}", alumna=True)
            report(session, subject=subject, number=post.id, complaint=Complaint(one.id, "spam"), now=NOW)
        session.commit()
    assert post.state == State.HIDDEN
    browser.signed_in(zoya).open(f"/forum/p/{post.id}/order").submit("Decide", on_thing="kept")
    session.expire_all()
    assert post.state == State.SHOWN


def test_what_was_turned_away_is_shown_after_all(browser: Browser, session: Session, kept: Topic, zoya: Member) -> None:
    post = forum_stage.post_of(session, kept, 2)
    post.state = State.WAITING
    with browser.app.test_request_context():
        reporting.wait(session, post, NOW)
        session.commit()
    zoyas, address = browser.signed_in(zoya), f"/forum/p/{post.id}/order"
    zoyas.open(address).submit("Decide", verdict="refused", words="Not like this.")
    session.expire_all()
    assert post.state == State.REMOVED
    session.rollback()
    zoyas.open(address).submit("Show it again")
    session.expire_all()
    assert session.get_one(Post, post.id).state == State.SHOWN


def test_what_was_brought_in_hidden_can_be_shown(browser: Browser, session: Session, kept: Topic, zoya: Member) -> None:
    post = forum_stage.post_of(session, kept, 2)
    post.state, post.origin = State.HIDDEN, "discourse:p2"
    session.commit()
    zoyas, address = browser.signed_in(zoya), f"/forum/p/{post.id}/order"
    page = zoyas.open(address)
    assert "Its author was told" not in page.text
    page.submit("Show it again")
    session.expire_all()
    assert post.state == State.SHOWN
    assert session.scalars(select(AuditEntry.action).order_by(AuditEntry.id.desc())).first() == "forum.post.shown"


def test_nobody_shows_again_what_was_decided_anew_meanwhile(
    browser: Browser, session: Session, kept: Topic, zoya: Member, mina: Member
) -> None:
    post = forum_stage.post_of(session, kept, 2)
    address = f"/forum/p/{post.id}/order"
    zoyas, minas = browser.signed_in(zoya), browser.signed_in(mina)
    minas.open(address).submit("Decide", on_thing="hidden", reason="spam", words="No.")
    late = zoyas.open(address)
    minas.open(address).submit("Show it again")
    minas.open(address).submit("Decide", on_thing="removed", reason="scam", words="A trap.")
    assert "Something happened to this case" in late.submit("Show it again").text
    session.expire_all()
    assert post.state == State.REMOVED


def test_nobody_judges_their_own_post(browser: Browser, session: Session, kept: Topic, zoya: Member) -> None:
    kept_post = forum_stage.post_of(session, kept, 2)
    kept_post.author_id = zoya.id
    session.commit()
    zoyas = browser.signed_in(zoya)
    page = zoyas.open(f"/forum/p/{kept_post.id}/order")
    assert "somebody else decides" in page.text
    hide = {"on_thing": "hidden", "reason": "spam", "words": "No."}
    assert zoyas.post(f"/forum/p/{kept_post.id}/order", hide).status == 403


def test_behind_closed_doors_nobody_is_named_and_a_look_is_kept(
    browser: Browser, session: Session, kept: Topic, zoya: Member, mina: Member
) -> None:
    del kept
    form = browser.signed_in(zoya).open("/forum/practice/doors")
    day = str((NOW + timedelta(days=200)).date())
    late = form.submit("Close the doors and begin", title="What went wrong", text="Tell it.", ends_on=day)
    assert late.errors == ["Please name a day within the next 90 days."]
    begun = late.submit("Close the doors and begin", ends_on=str((NOW + timedelta(days=20)).date()))
    topic = session.scalars(select(Topic).where(Topic.behind_doors)).one()
    minas = browser.signed_in(mina)
    page = minas.open(begun.url)
    assert "Zoya" not in page.text
    assert "Participant 1" in page.text
    number = forum_stage.post_of(session, topic, 1).id
    session.rollback()
    look = minas.open(f"/forum/p/{number}/order")
    assert look.submit("See who wrote it").errors == ["Please fill this in."]
    assert "Zoya" in look.submit("See who wrote it", why="A threat of suicide.").text
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "forum.doors.looked")).one()
    assert (entry.actor_id, entry.detail) == (mina.id, "A threat of suicide.")


def test_what_was_said_behind_closed_doors_goes_on_its_day(app: Flask, session: Session, ana: Member) -> None:
    place = forum_stage.place(session)
    gone = forum_stage.topic(app, session, place, ana, behind_doors=True, ends_at=NOW - timedelta(minutes=1))
    stays = forum_stage.topic(app, session, place, ana, behind_doors=True, ends_at=NOW + timedelta(days=1))
    numbers = [gone.id, stays.id]
    with app.app_context():
        doors.end_what_is_over({}, NOW)
    session.expire_all()
    assert session.scalars(select(Topic.id).where(Topic.id.in_(numbers))).all() == [stays.id]
    assert set(session.scalars(select(Post.topic_id))) == {stays.id}
