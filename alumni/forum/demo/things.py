"""What posts of the demo carry besides words: polls, files, changes, a warning; and a talk behind closed doors."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people.actor import Actor, Role
from academy.uploads import service as uploads
from academy.uploads.service import Parcel
from alumni.forum.order import doors
from alumni.forum.places.models import Category
from alumni.forum.polls import service as polls
from alumni.forum.polls.models import PollOption
from alumni.forum.polls.rules import Asked
from alumni.forum.topics import attachments, editing, service
from alumni.forum.topics.editing_rules import Change, Editor
from alumni.forum.topics.models import Post, Topic
from alumni.forum.topics.rules import Words

FOLDER = Path(__file__).parent
DAY = timedelta(days=1)
READING, HONEST = "Онлайн-кружок чтения: голосуем за первую книгу", "What did your certificate change, honestly?"
EVENING = "Nobody came to my dialogue evening. What now?"
GATE = "The gate that was never locked (a case for your sessions)"
FILES = (
    (
        "circle-of-chairs.webp",
        "image/webp",
        "A plan of the room: nineteen chairs in a circle, tea in the middle",
    ),
    ("invitation.pdf", "application/pdf", "The paper that went from door to door"),
)
BOOKS = ("«Переводчик молчит» — воспоминания", "«Три колодца» — повесть, 90 страниц", "Стихи, каждому по одному")
HEARD = ("At once", "After some months", "Not yet", "I did not want it to")
CHANGES = (
    ("Please do. Change the names of the villages, and leave out the thermos.", "Somebody asked about the thermos"),
    ("Please do. Change the names of the villages: there are people who would know them.", "Said why"),
)
WARNING = "A child dies in this case"
HEAVY = (
    "We used another gate, and we should not have: a boy drowned there the year before; two of the twelve knew him. "
    "Nobody had asked. Since then we ask before each case whether somebody would rather sit it out, **and mean it**."
)
TALK = (
    ("gaukhar", "Nobody is named here. What did you do that you would not tell under your name?"),
    ("lobar", "I translated a threat as a question. It gave everybody ten minutes. I am still not sure."),
    (
        "alumnus",
        "I let a meeting fail that I could have saved: the wrong people would have signed.",
    ),
    ("nodira", "Participant 2, I did the same once. It was found out, and nobody ever trusted my silence again."),
)


def add(session: Session, there: Mapping[str, Category], people: Mapping[str, int], now: datetime) -> None:
    """Put them where the conversations are."""
    topics = {each.title: each for each in session.scalars(select(Topic))}
    _vote_in_the_open(session, topics[READING], people, now)
    _vote_in_secret(session, topics[HONEST], people, now)
    _attach(session, _last(session, topics[EVENING]), now)
    _change(session, topics[GATE], now)
    words = Words(HEAVY, secrets.token_hex(16), "en", WARNING)
    service.reply(session, topic_id=topics[GATE].id, by=people["ruslan"], words=words, now=now - 2 * DAY)
    _behind_doors(session, there["alumni-corner"], people, now)


def _vote_in_the_open(session: Session, topic: Topic, people: Mapping[str, int], now: datetime) -> None:
    asked = Asked("Что читаем первым?", BOOKS, 1, secret=False, ends_at=now + 5 * DAY)
    votes = {"nodira": 1, "askar": 0, "zhyldyz": 1, "maksat": 2}
    _vote(session, topic, asked, {people[who]: option for who, option in votes.items()}, now - 2 * DAY)


def _vote_in_secret(session: Session, topic: Topic, people: Mapping[str, int], now: datetime) -> None:
    asked = Asked("Did it help you to be heard at work?", HEARD, 1, secret=True, ends_at=now - 5 * DAY)
    votes = {"nodira": 1, "gaukhar": 3, "lobar": 2, "tahmina": 1, "kamila": 2, "bobur": 2, "farid": 0, "zhyldyz": 1}
    _vote(session, topic, asked, {people[who]: option for who, option in votes.items()}, now - 9 * DAY)


def _vote(session: Session, topic: Topic, asked: Asked, votes: Mapping[int, int], at: datetime) -> None:
    poll = polls.ask(session, topic_id=topic.id, asked=asked)
    options = session.scalars(
        select(PollOption.id).where(PollOption.poll_id == poll.id).order_by(PollOption.place)
    ).all()
    for who, option in votes.items():
        polls.vote(session, topic_id=topic.id, by=who, options={options[option]}, now=at)


def _last(session: Session, topic: Topic) -> Post:
    return session.get_one(Post, topic.last_post_id)


def _attach(session: Session, post: Post, now: datetime) -> None:
    for name, media_type, words in FILES:
        parcel = Parcel(name, media_type, (FOLDER / name).read_bytes())
        uploads.store_bytes(parcel, post.author_id or 0)
        attachments.attach(session, post=post, parcel=parcel, name=words, now=now)


def _change(session: Session, topic: Topic, now: datetime) -> None:
    post = session.scalars(select(Post).where(Post.topic_id == topic.id, Post.number == len(CHANGES) + 4)).one()
    editor = Editor(post.author_id or 0, writes=True)
    for version, (text, reason) in enumerate(CHANGES):
        change = Change(text, version, reason, language=post.language)
        editing.edit(session, post_id=post.id, change=change, editor=editor, now=now - (9 - version) * DAY)


def _behind_doors(session: Session, place: Category, people: Mapping[str, int], now: datetime) -> None:
    keeper = Actor(people["gaukhar"], "", roles=frozenset({Role("moderator")}))
    (_who, beginning), *answers = TALK
    words, day = Words(beginning, secrets.token_hex(16), "en"), (now + 20 * DAY).date()
    title = "What we would not say under our names"
    topic = doors.begin(session, category=place, by=keeper, title=title, words=words, ends_on=day, now=now - 4 * DAY)
    for hours, (who, text) in enumerate(answers, 1):
        said, at = Words(text, secrets.token_hex(16), "en"), now - 4 * DAY + hours * timedelta(hours=5)
        service.reply(session, topic_id=topic.id, by=people[who], words=said, now=at)
