"""Groups in the demo: open, by request, hidden, proposed, and one that nobody looks after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.groups import founding, notes, people_queries, service
from alumni.groups.founding import Said
from alumni.groups.models import Group, GroupInvitation, GroupRequest

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Story:
    """A group and its people; the first looks after it. `shown` of them are seen by fellow members."""

    said: Said
    people: Sequence[str]
    days_ago: int = 60
    shown: int = 0
    note: tuple[str, str] | None = None
    asks: Mapping[str, str] | None = None


WATER = Story(
    Said(
        "Rivers and canals",
        "theme",
        "request",
        "Who gets how much water, and when: **cases from our own valleys**, read together once a month.\n\n"
        "- every first Thursday, one hour, cameras off\n- one person brings a case of two pages",
        "What is said here stays here. Nobody speaks for a state.",
        "Anybody who works, studies or lives with shared water",
        ("en", "ru", "tg"),
    ),
    ("alumnus", "gaukhar", "bobur", "zhyldyz", "lobar", "sapar", "nodira"),
    90,
    5,
    ("Next three cases", "1. The gate at the upper village\n2. A pump without an owner\n3. Two meters, two truths"),
    {"komron": "Я вырос у канала и хочу понять, как о нём договариваются.", "bahar": "I write about water prices."},
)
DARI = Story(
    Said(
        "گفتگوی صلح به دری",
        "country",
        "open",
        "جایی برای خواندن و نوشتن به دری: **واژه‌ها، تجربه‌ها و پرسش‌ها** در بارهٔ گفتگو و میانجی‌گری.",
        "با احترام بنویسید و نام کسی را نبرید.",
        "هر که دری می‌خواند",
        ("fa",),
    ),
    ("laila", "farid", "storay", "tahmina", "alumnus", "komron"),
    45,
    4,
    ("از کجا آغاز کنیم", "اول فهرست واژه‌ها را بخوانید و یک واژه بر آن بیفزایید."),
)
MODEL = Story(
    Said(
        "Учебная модель ООН",
        "theme",
        "open",
        "Готовим **залы заседаний** для нового потока: кто ведёт, кто пишет справки, кто встречает.",
        "",
        "Выпускники всех лет, которые готовы помочь весной",
        ("ru", "en"),
    ),
    ("shahnoza", "askar", "maksat", "ruslan", "kamila"),
    12,
    3,
)
CAUCUS = Story(
    Said(
        "Women who mediate",
        "caucus",
        "request",
        "A quiet place to prepare for difficult rooms: practice, advice, and **who could come along**.",
        "No recordings, no screenshots.",
        "Women who mediate or want to; you decide whether that is you",
        ("en", "ru"),
    ),
    ("nodira", "lobar", "alumnus", "gaukhar", "bahar", "zhyldyz", "storay", "laila"),
    75,
    2,
)
QUIET = Story(
    Said("Quiet circle", "caucus", "hidden", "We help each other to stay safe while we learn.", "", "", ("en", "fa")),
    ("alumnus", "storay", "tahmina", "laila"),
    20,
    2,
    ("How we write", "No names of people, no names of towns."),
)
LONELY = Story(
    Said("Early warning readers", "theme", "open", "One report a week, three questions about it.", "", "", ("en",)),
    ("bobur", "alumnus", "sapar"),
    120,
    1,
)
PROPOSED = Said(
    "Шекара маңындағы жастар",
    "theme",
    "open",
    "Шекара маңындағы шағын жобалар: кім не істеп жүр, не көмектесті, не көмектеспеді.",
    "",
    "Шекаралас аудандарда тұратындар",
    ("kk", "ru"),
)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Tell it."""
    if not {"alumnus", "admin", *WATER.people} <= people.keys():
        return
    for story in (WATER, DARI, MODEL, CAUCUS, QUIET, LONELY):
        _group(session, story, people, now)
    asker = Actor(people["kamila"], "", is_alumnus=True)
    why = "Four of us already meet; others ask where they could join."
    founding.propose(session, said=PROPOSED, why=why, by=asker, now=now - 2 * DAY)


def _group(session: Session, story: Story, people: Mapping[str, int], now: datetime) -> Group:
    first, then = people[story.people[0]], now - story.days_ago * DAY
    made = founding.propose(session, said=story.said, why="", by=Actor(first, "", is_alumnus=True), now=then)
    founding.decide(session, group=made, accept=True, words="", by=Actor(people["admin"], ""), now=then + DAY)
    for place, key in enumerate(story.people[1:], 1):
        shown = place < story.shown
        service.let_in(session, group=made, member_id=people[key], shown=shown, now=then + place * 2 * DAY)
    if story.note:
        title, text = story.note
        notes.pin(session, group=made, title=title, text=text, by=first, now=then + 3 * DAY)
    for key, sentence in (story.asks or {}).items():
        asked = GroupRequest(group_id=made.id, member_id=people[key], sentence=sentence, asked_at=now - DAY)
        session.add(asked)
    _ends(session, story, made, people, now)
    session.flush()
    return made


def _ends(session: Session, story: Story, made: Group, people: Mapping[str, int], now: datetime) -> None:
    if story is LONELY:
        service.leave(session, group=made, member_id=people[story.people[0]], alone=True, now=now - 3 * DAY)
        ready = people_queries.membership_of(session, made.id, people["sapar"])
        if ready is not None:
            ready.offers_since = now - DAY
    if story is MODEL:
        session.add(
            GroupInvitation(
                group_id=made.id,
                member_id=people["alumnus"],
                invited_by=people["shahnoza"],
                words="Весной нам нужен кто-то, кто вёл зал в прошлом году.",
                invited_at=now - DAY,
            )
        )
