"""The forum in the demo: places, conversations in five languages, one of sixty posts, something that waits."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from academy.people.actor import Actor, Role
from alumni.forum.demo import things
from alumni.forum.order import moving, own, reporting
from alumni.forum.order.moving import Keeping
from alumni.forum.places import circles
from alumni.forum.places import service as places
from alumni.forum.places.models import Category, Keeper
from alumni.forum.places.service import Outline
from alumni.forum.topics import marks, service, tagging
from alumni.forum.topics.models import ForumChoice, Post, State, Topic
from alumni.forum.topics.rules import Words
from alumni.moderation.service import Complaint, report
from alumni.moderation.subjects import subject_of

TEXTS = Path(__file__).with_name("conversations.txt")
ME = "alumnus"
ALL, THEIRS, ALUMNI, STAFF = circles.EVERYONE, circles.MEMBERS, circles.ALUMNI, circles.STAFF
PLACES = (
    Outline("announcements", "Announcements", ALL, STAFF, STAFF, "What the academy has to say. Few words, rarely.", 1),
    Outline("introductions", "Introductions", THEIRS, THEIRS, THEIRS, "Say hello, in any language.", 5),
    Outline("questions", "Questions", ALL, THEIRS, THEIRS, "Small questions are welcome. Say what you tried.", 10),
    Outline("cases", "Cases", THEIRS, THEIRS, THEIRS, "Something that happened, **without names and places**.", 20),
    Outline("skills", "Skills", ALL, THEIRS, THEIRS, "Listening, writing, interpreting, chairing.", 30),
    Outline("library", "Library", ALL, THEIRS, THEIRS, "What is worth reading or hearing, and in which language.", 40),
    Outline("meetups", "Meet-ups", THEIRS, THEIRS, THEIRS, "Who is where, and who reads with whom.", 50),
    Outline("alumni-corner", "Alumni corner", ALUMNI, ALUMNI, ALUMNI, "After the certificate.", 60),
    Outline("trainers-room", "Trainers' room", circles.TRAINERS, circles.TRAINERS, circles.TRAINERS, "Marking.", 70),
)
NEW = 15
"""So many of the last posts the demo alumna has not seen."""
WAITS = "Здравствуйте! Я здесь первый день. Можно ли задать вопрос о практике в посольстве, или это не сюда?"
REPORTED = "Everybody from that valley is like this. I know who was there and can write down all their names."


@dataclass(frozen=True, slots=True)
class Told:
    """A conversation of the file: where, in which language, what it is called, who began it and how long ago."""

    place: str
    language: str
    title: str
    days: int
    tags: list[str]
    marks: list[str]
    lines: list[str] = field(default_factory=list)


def told() -> Iterator[Told]:
    """The conversations of the file: a heading of seven parts between bars, then a line for each post.

    The line names who writes, and the language where it is another one than the conversation's.
    """
    for block in TEXTS.read_text(encoding="utf-8").split("## ")[1:]:
        heading, *lines = block.strip().splitlines()
        place, language, title, _who, days, *more = (each.strip() for each in heading.split("|"))
        words = [each.split(",") for each in (*more, "", "")][:2]
        tags, signs = ([each.strip() for each in part if each.strip()] for part in words)
        yield Told(place, language, title, int(days), tags, signs, lines)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let the demo people talk."""
    if ME not in people:
        return
    there = {each.slug: places.open_place(session, each, now - timedelta(days=80)) for each in PLACES}
    own.keep_places(session, now - timedelta(days=80))
    session.add(Keeper(category_id=there["questions"].id, member_id=people[ME], since=now - timedelta(days=30)))
    _talk(session, there, people, now)
    things.add(session, there, people, now)
    session.add(ForumChoice(member_id=people[ME], from_post=_newest(session) - NEW))
    _disorder(session, there, people, now)


def _talk(session: Session, there: Mapping[str, Category], people: Mapping[str, int], now: datetime) -> None:
    """Everything in the order of time, as lists are sorted by it."""
    begun: dict[str, Topic] = {}
    said = sorted(_said(now), key=lambda each: each[0])
    for at, conversation, turn, line in said:
        who, _colon, text = line.partition(": ")
        name, _space, language = who.partition(" ")
        words = Words(text.replace("\\n", "\n"), secrets.token_hex(16), language or conversation.language)
        title, by = conversation.title, people[name]
        if turn == 0:
            place = there[conversation.place].id
            begun[title] = service.begin_topic(session, category_id=place, by=by, title=title, words=words, now=at)
            tagging.tag_topic(session, begun[title].id, conversation.tags)
        else:
            service.reply(session, topic_id=begun[title].id, by=by, words=words, now=at)
        if turn == len(conversation.lines) - 1:
            _mark(session, begun[title], conversation.marks, people, at)


def _newest(session: Session) -> int:
    return session.scalar(select(func.max(Post.id))) or 0


def _said(now: datetime) -> Iterator[tuple[datetime, Told, int, str]]:
    for conversation in told():
        apart = min(timedelta(hours=7), timedelta(days=conversation.days) / (len(conversation.lines) + 1))
        for turn, line in enumerate(conversation.lines):
            yield now - timedelta(days=conversation.days) + turn * apart, conversation, turn, line


def _mark(session: Session, topic: Topic, signs: list[str], people: Mapping[str, int], at: datetime) -> None:
    keeping = Keeping(Actor(people["moderator"], "", roles=frozenset({Role("moderator")})), at)
    for sign in signs:
        if sign.startswith("answer="):
            answer = _post(session, topic, int(sign.removeprefix("answer=")))
            marks.accept(session, post_id=answer.id, accepted=True, now=at)
            for who in ("kamila", "zhyldyz", "farid"):
                marks.mark_helpful(session, post=answer, by=people[who], helpful=True)
        elif sign == "wiki":
            _post(session, topic, 1).wiki = True
        elif sign == "closed":
            moving.close(session, topic.id, keeping, shut=True)
        else:
            moving.pin(session, topic.id, keeping, how=sign)


def _post(session: Session, topic: Topic, number: int) -> Post:
    return session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number == number)).one()


def _disorder(session: Session, there: Mapping[str, Category], people: Mapping[str, int], now: datetime) -> None:
    """A newcomer's first post that waits, and a post that two members reported."""
    latest = {
        slug: session.scalars(select(Topic).where(Topic.category_id == there[slug].id).order_by(Topic.id)).first()
        for slug in ("introductions", "cases")
    }
    hello, case = latest["introductions"], latest["cases"]
    if hello is None or case is None:
        return
    newcomer, hour = people["learner"], timedelta(hours=1)
    words = Words(WAITS, secrets.token_hex(16), "ru")
    waiting = service.reply(
        session, topic_id=hello.id, by=newcomer, words=words, state=State.WAITING, now=now - 3 * hour
    )
    reporting.wait(session, waiting, now - 3 * hour)
    words = Words(REPORTED, secrets.token_hex(16), "en")
    loud = service.reply(session, topic_id=case.id, by=people["myrat"], words=words, now=now - 9 * hour)
    subject = subject_of(reporting.KIND)
    for who in ("gaukhar", "sapar"):
        if subject is not None:
            complaint = Complaint(people[who], "exposure", "")
            report(session, subject=subject, number=loud.id, complaint=complaint, now=now - 5 * hour)
    session.execute(update(Topic).where(Topic.id == case.id).values(last_posted_at=now - 9 * hour))
