"""Events in the demo: a talk online, a walk that is nearly full and one that is, one that is over, one that waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.events import keeping, rules, seats, service
from alumni.events.models import FOR_ALL, IN_PERSON, ONLINE, Event
from alumni.events.own_hosts import NETWORK
from alumni.events.rules import Facts


@dataclass(frozen=True, slots=True)
class Story:
    """An event, who holds it, and who says that they come, in this order."""

    title: str
    text: str
    host: str
    guests: Sequence[str]
    days: int
    hour: time
    zone: str
    languages: Sequence[str]
    town: str = ""
    place: str = ""
    minutes: int = 90
    seats: int | None = None
    needs_approval: bool = False
    for_learners: bool = False
    notes: str = ""
    waits: bool = False


TALK = Story(
    "Water talks: what worked in small valleys",
    "Three of us tell, in ten minutes each, how a quarrel about water was settled, and **what nearly went wrong**.\n\n"
    "- bring one question\n- cameras can stay off\n- nothing is recorded",
    "gaukhar",
    ("alumnus", "bobur", "sapar", "nodira", "farid"),
    9,
    time(17, 0),
    "Asia/Almaty",
    ("en", "ru"),
    for_learners=True,
)
WALK = Story(
    "Прогулка и разговор у канала",
    "Час пешком, час за чаем. Говорим о том, **как начать разговор**, когда никто не хочет начинать.\n\n"
    "Возьмите удобную обувь. Если дождь, сразу идём пить чай.",
    "shahnoza",
    ("kamila", "alumnus", "ruslan", "maksat", "askar"),
    5,
    time(10, 30),
    "Asia/Tashkent",
    ("ru", "uz"),
    "Ташкент",
    "У северного входа в парк, под старой чинарой. Узнать меня можно по зелёному зонту.",
    150,
    seats=4,
)
DARI = Story(
    "مشق گفتگو به دری",
    "یک ساعت **تمرین شنیدن**: دو تن گفتگو می‌کنند، سومی می‌شنود و آنچه شنیده است باز می‌گوید.\n\n"
    "- نام کسی برده نمی‌شود\n- هر کس هر وقت خواست خاموش می‌ماند",
    "laila",
    ("storay", "tahmina", "alumnus"),
    12,
    time(18, 30),
    "Asia/Kabul",
    ("fa",),
    needs_approval=True,
    minutes=60,
)
PAST = Story(
    "An evening about early warning",
    "We read one report together and asked of each sentence: **who could have acted on it, and when?**",
    "alumnus",
    ("bobur", "lobar", "sapar", "zhyldyz", "komron"),
    -12,
    time(18, 0),
    "Asia/Bishkek",
    ("en",),
    notes="### What we take along\n\n1. A warning without a name on it warns nobody.\n"
    "2. Ask early who decides, and what they need to decide.\n3. Three of us will try this on a report of their own.",
)
PROPOSED = Story(
    "Reading circle: one page a week",
    "Half an hour a week, **one page each time**, read aloud in turns.",
    "bahar",
    (),
    16,
    time(16, 0),
    "Asia/Bishkek",
    ("en", "ru"),
    waits=True,
)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Tell it."""
    for story in (TALK, WALK, DARI, PAST, PROPOSED):
        if {story.host, *story.guests} <= people.keys():
            _event(session, story, people, now)


def _event(session: Session, story: Story, people: Mapping[str, int], now: datetime) -> None:
    day = (now + timedelta(days=story.days)).date()
    begins = rules.instant(day, story.hour, ZoneInfo(story.zone))
    before = min(now, begins) - timedelta(days=8)
    host = Actor(people[story.host], "", is_alumnus=True)
    facts = _facts(story, begins)
    event = service.propose(session, facts=facts, host=(NETWORK, ""), by=host, waits=story.waits, now=before)
    for number, guest in enumerate(story.guests):
        then = before + timedelta(hours=number + 1)
        seats.come(session, event_id=event.id, member_id=people[guest], now=then)
        if story.needs_approval and number:
            seats.decide(session, event_id=event.id, member_id=people[guest], accepted=True, now=then)
    if story.notes:
        _remember(session, event, story, people, now)


def _facts(story: Story, begins: datetime) -> Facts:
    return Facts(
        title=story.title,
        text=story.text,
        begins_at=begins,
        ends_at=begins + timedelta(minutes=story.minutes),
        time_zone=story.zone,
        form=IN_PERSON if story.town else ONLINE,
        town=story.town,
        place=story.place,
        link="" if story.town else "https://meet.example.org/common-ground",
        seats=story.seats,
        needs_approval=story.needs_approval,
        for_learners=story.for_learners,
        languages=story.languages,
    )


def _remember(session: Session, event: Event, story: Story, people: Mapping[str, int], now: datetime) -> None:
    numbers = [people[each] for each in story.guests]
    seats.tick(session, event=event, listed=numbers, came=numbers[1:], now=now)
    keeping.write_notes(session, event_id=event.id, text=story.notes, readers=FOR_ALL, now=event.ends_at)
