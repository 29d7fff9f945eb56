"""Helpful, answers, tags and polls: what readers say about what was written."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from academy import clock
from academy.people import data_rights
from academy.people.models import Member
from alumni.blocks import service as blocks
from alumni.forum.polls import rules
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import Poll, PollChoice, PollOption
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import tagging
from alumni.forum.topics.models import Post, Tag, Topic
from tests.alumni import forum_stage
from tests.browser import Browser

NOW = clock.now()


@pytest.fixture
def topic(app: Flask, session: Session, lena: Member, ana: Member) -> Topic:
    """A topic of Ana's with a reply of Lena's; both have been here for a while."""
    for each in (lena, ana):
        each.confirmed_at = clock.now() - timedelta(days=400)
    session.commit()
    where = forum_stage.place(session)
    return forum_stage.topic(app, session, where, ana, "First meetings", (lena, "I write names down."))


@pytest.fixture
def numbers(session: Session, topic: Topic) -> tuple[int, int]:
    """The permanent numbers of its two posts."""
    found = tuple(forum_stage.post_of(session, topic, number).id for number in (1, 2))
    session.rollback()
    return found[0], found[1]


def test_a_post_is_helpful_to_others_alone(
    browser: Browser, session: Session, lena: Member, ana: Member, numbers: tuple[int, int]
) -> None:
    reader = browser.signed_in(ana)
    page = reader.post(f"/forum/p/{numbers[1]}/helpful", {"helpful": "yes"})
    assert page.text_of("#p2 .entry-act") == "Helpful 1"
    assert reader.post(f"/forum/p/{numbers[1]}/helpful", {"helpful": "no"}).text_of("#p2 .entry-act") == "Helpful"
    assert browser.signed_in(lena).post(f"/forum/p/{numbers[1]}/helpful", {"helpful": "yes"}).status == 403
    blocks.block(session, member_id=lena.id, other_id=ana.id, now=NOW)
    session.commit()
    assert browser.signed_in(ana).post(f"/forum/p/{numbers[1]}/helpful", {"helpful": "yes"}).status == 404


def test_whoever_asked_says_which_post_is_the_answer(
    browser: Browser, session: Session, lena: Member, ana: Member, topic: Topic, numbers: tuple[int, int]
) -> None:
    address = f"/forum/p/{numbers[1]}/answer"
    assert browser.signed_in(lena).post(address, {"accepted": "yes"}).status == 403
    page = browser.signed_in(ana).post(address, {"accepted": "yes"})
    assert page.notice == "Done This post is the answer now."
    assert "To the answer" in page.text
    assert browser.signed_in(ana).post(f"/forum/p/{numbers[0]}/answer", {"accepted": "yes"}).status == 403
    browser.signed_in(ana).post(address, {"accepted": "no"})
    session.expire_all()
    assert topic.answer_id is None


def test_tags_are_one_however_they_are_typed_and_moderators_make_two_one(
    browser: Browser, session: Session, mina: Member, topic: Topic
) -> None:
    tagging.tag_topic(session, topic.id, ["Éau", "wells"])
    tagging.tag_topic(session, topic.id, ["EAU", "springs"])
    session.commit()
    assert [tag.words for tag in session.scalars(select(Tag).order_by(Tag.key))] == ["Éau", "springs", "wells"]
    assert tagging.tags_of(session, topic.id) == ["Éau", "springs"]
    session.rollback()
    page = browser.signed_in(mina).open("/forum/tags/desk").follow("springs").submit("Save", words="Wells")
    assert "The tag is “Wells” now." in page.notice
    assert tagging.tags_of(session, topic.id) == ["Éau", "Wells"]
    session.rollback()


def poll(session: Session, topic: Topic, *, secret: bool = False, most: int = 1) -> list[int]:
    """A poll of three options, open for a week; their numbers."""
    asked = Asked("Which crossing?", ("Upper", "Lower", "Neither"), most, secret, clock.now() + timedelta(days=7))
    made = polls.ask(session, topic_id=topic.id, asked=asked)
    session.commit()
    found = list(session.scalars(select(PollOption.id).where(PollOption.poll_id == made.id).order_by(PollOption.place)))
    session.rollback()
    return found


def test_ana_asks_in_the_open_and_lena_votes_and_changes_her_mind(
    browser: Browser, session: Session, lena: Member, ana: Member, topic: Topic
) -> None:
    number, last = topic.id, f"{clock.now() + timedelta(days=3):%Y-%m-%d}"
    session.rollback()
    page = browser.signed_in(ana).open(f"/forum/polls/{number}")
    wrong = page.submit("Open the poll", question="Which?", options="Only one", most="1", ends_on=last)
    assert wrong.errors == ["Please give two to ten different options, each on a line of its own."]
    wrong.submit("Open the poll", options="Upper\nLower")
    options = list(session.scalars(select(PollOption.id).order_by(PollOption.place)))
    session.rollback()
    page = browser.signed_in(lena).open(f"/forum/t/{number}/first-meetings")
    assert "An open ballot" in page.text_of(".poll-how")
    assert page.all(".poll-results") == []
    page = page.submit("Vote", option=str(options[0]))
    assert "Upper 1 vote your choice" in page.text_of(".poll-results")
    page = page.submit("Vote anew", option=str(options[1]))
    assert "Lower 1 vote your choice" in page.text_of(".poll-results")
    assert "Upper 0 votes" in page.text_of(".poll-results")


def test_a_secret_ballot_keeps_nothing_that_leads_back(
    browser: Browser, session: Session, lena: Member, topic: Topic
) -> None:
    options, number = poll(session, topic, secret=True), topic.id
    session.rollback()
    voter = browser.signed_in(lena)
    page = voter.open(f"/forum/t/{number}/first-meetings").submit("Vote", option=str(options[2]))
    assert "You voted. The result is shown at the end." in page.text
    assert page.all(".poll-results") == []
    again = voter.post(f"/forum/polls/{number}/vote", {"option": str(options[0])})
    assert "A secret vote cannot be changed" in again.text
    assert session.scalars(select(PollChoice)).all() == []
    assert session.get_one(PollOption, options[2]).votes == 1
    session.rollback()


def test_when_a_poll_shows_how_it_stands() -> None:
    later, before = NOW + timedelta(days=1), NOW - timedelta(days=1)
    assert not rules.shows_results(secret=False, ends_at=later, voted=False, voters=9, now=NOW)
    assert rules.shows_results(secret=False, ends_at=later, voted=True, voters=1, now=NOW)
    assert rules.shows_results(secret=False, ends_at=before, voted=False, voters=1, now=NOW)
    assert not rules.shows_results(secret=True, ends_at=later, voted=True, voters=9, now=NOW)
    assert not rules.shows_results(secret=True, ends_at=before, voted=True, voters=4, now=NOW)
    assert rules.shows_results(secret=True, ends_at=before, voted=False, voters=5, now=NOW)


def test_no_vote_counts_that_breaks_the_rules(browser: Browser, session: Session, lena: Member, topic: Topic) -> None:
    options, number = poll(session, topic, most=2), topic.id
    session.rollback()
    voter = browser.signed_in(lena)
    for wrong in ([], [str(each) for each in options], [str(options[0]), "999"]):
        assert voter.post(f"/forum/polls/{number}/vote", {"option": wrong}).status == 409
    session.scalars(select(Poll)).one().ends_at = NOW
    session.commit()
    assert voter.post(f"/forum/polls/{number}/vote", {"option": str(options[0])}).status == 409
    assert session.scalars(select(PollOption).where(PollOption.votes > 0)).all() == []


def test_open_votes_go_with_their_voter_and_secret_ones_stay_counted(
    app: Flask, session: Session, lena: Member, topic: Topic, ana: Member
) -> None:
    other = forum_stage.topic(app, session, forum_stage.place(session, "Elsewhere"), ana)
    with_names, secret = poll(session, topic), poll(session, other, secret=True)
    for which, options in ((topic, with_names), (other, secret)):
        polls.vote(session, topic_id=which.id, by=lena.id, options={options[0]}, now=clock.now())
    session.commit()
    with app.test_request_context():
        known = data_rights.export(session, lena.id)["forum_polls"]["votes"]
        data_rights.erase(session, lena.id)
    session.commit()
    assert [(each["secret"], each["chosen"]) for each in known] == [(False, ["Upper"]), (True, [""])]
    session.expire_all()
    assert [session.get_one(PollOption, options[0]).votes for options in (with_names, secret)] == [0, 1]
    assert session.scalars(select(Post.text).where(Post.topic_id == topic.id, Post.number == 1)).one() != ""
