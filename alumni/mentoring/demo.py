"""Mentoring in the demo: five mentors, a pair of the demo alumna with meetings and notes, requests that wait."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alumni.mentoring import asking, offering, pair_queries, pairing
from alumni.mentoring.asking import Asking
from alumni.mentoring.kinds import GoalState, Serves
from alumni.mentoring.models import Mentor, Mentorship
from alumni.mentoring.offering import Offer
from alumni.mentoring.pairing import Thanks

ME = "alumnus"
DAY = timedelta(days=1)
OFFERS: Mapping[str, tuple[int, tuple[str, ...], tuple[str, ...], Serves, str]] = {
    ME: (
        2,
        ("mediation", "water", "speaking"),
        ("ru", "ky", "en"),
        Serves.ACADEMY,
        (
            "I sit between village councils that share one canal. I ask more than I advise, and I like to talk while "
            "walking: every second Thursday, by phone."
        ),
    ),
    "kamila": (
        1,
        ("scholarships", "studies", "languages"),
        ("ru", "kk"),
        Serves.ACADEMY,
        (
            "Подавала на стипендии семь раз, получила две. Помогу прочитать условия, собрать документы и не бояться "
            "письма о мотивации."
        ),
    ),
    "bobur": (
        3,
        ("projects", "funding", "youth"),
        ("uz", "ru", "en"),
        Serves.NETWORK,
        "Small projects with young people: from a page of ideas to a budget that somebody signs. I answer at weekends.",
    ),
    "laila": (
        2,
        ("women", "law", "digital"),
        ("fa", "ps", "en"),
        Serves.ACADEMY,
        (
            "با زنانی کار کرده‌ام که زیر فشار درس می‌خوانند. دربارهٔ حقوق، امنیت آنلاین و گام‌های کوچک گفتگو می‌کنیم، هر "
            "وقت اینترنت باشد."
        ),
    ),
    "tahmina": (
        1,
        ("research", "journalism", "radicalisation"),
        ("tg", "ru"),
        Serves.NETWORK,
        "Редактирую и пишу о предупреждении насилия. Читаю тексты внимательно и говорю прямо, но бережно.",
    ),
}
GOAL = (
    "В мае выборы в сельский совет, и меня попросили вести обсуждение воды. Хочу научиться останавливать спор, не "
    "обижая старших."
)
NOTES = (
    (
        "alumnus",
        (
            "We began with **who may speak first**. Nobody had ever asked.\n\nUntil next time:\n\n- list the four "
            "families who share the gate\n- ask each one question that has an easy answer"
        ),
    ),
    (
        "zhyldyz",
        "Записала четыре семьи. Самый лёгкий вопрос оказался самым трудным: *кто чистил канал весной?* Двое: «я».",
    ),
)
TO_ME = (
    "I am in the middle of the course and our task is a map of a conflict. I would like somebody to ask me hard "
    "questions about it before I hand it in, twice within the next month."
)
FROM_LAILA = "می‌خواهم برای نخستین بار در جلسه‌ای سخن بگویم که بیشتر شنوندگانش از من بزرگ‌ترند."
THANKS = "She never told me what to do, and afterwards I always knew."


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let the demo people be mentors and look for some."""
    if ME not in people:
        return
    offers = {key: _offer(session, people[key], *said, now - 90 * DAY) for key, said in OFFERS.items()}
    _ended(session, people, offers, now)
    _on_the_way(session, people, offers, now)
    _ask(session, people["learner"], "mediation", TO_ME, [offers[ME], offers["bobur"]], now - 2 * DAY)
    _ask(session, people["storay"], "women", FROM_LAILA, [offers["laila"]], now - 3 * DAY)
    said = "Which of these four scholarships should I try first, and what do they really want to read?"
    _ask(session, people[ME], "scholarships", said, [offers["kamila"]], now - DAY)


def _evening(at: datetime) -> datetime:
    return at.replace(hour=13, minute=0, second=0, microsecond=0)


def _offer(
    session: Session,
    member_id: int,
    places: int,
    topics: tuple[str, ...],
    languages: tuple[str, ...],
    serves: Serves,
    words: str,
    now: datetime,
) -> Mentor:
    said = Offer(places, topics, languages, serves, words)
    return offering.offer(session, member_id=member_id, said=said, now=now)


def _ask(session: Session, member_id: int, topic: str, goal: str, mentors: list[Mentor], at: datetime) -> int:
    wish = Asking(topic, goal, [each.id for each in mentors])
    return asking.ask(session, member_id=member_id, asking=wish, now=at).id


def _pair(session: Session, mentor: Mentor, mentee: int, asked: tuple[str, str], at: datetime) -> Mentorship:
    number = _ask(session, mentee, *asked, [mentor], at - DAY)
    return asking.accept(session, number=number, member_id=mentor.member_id, answer="", now=at)


def _ended(session: Session, people: Mapping[str, int], offers: Mapping[str, Mentor], now: datetime) -> None:
    """A pair that both look back on gladly."""
    me, lobar = people[ME], people["lobar"]
    said = "I speak too fast when somebody important listens. I have a talk in six weeks."
    pair = _pair(session, offers[ME], lobar, ("speaking", said), now - 80 * DAY)
    pairing.end(session, pair=pair, thanks=Thanks(THANKS, agrees=True), by=lobar, now=now - 35 * DAY)
    thanks = Thanks("You practised more than I ever did.", agrees=True)
    pairing.thank(session, pair=pair, thanks=thanks, by=me, now=now - 34 * DAY)


def _on_the_way(session: Session, people: Mapping[str, int], offers: Mapping[str, Mentor], now: datetime) -> None:
    me, mentee = people[ME], people["zhyldyz"]
    pair = _pair(session, offers[ME], mentee, ("water", GOAL), now - 30 * DAY)
    for turn, words in enumerate(("Назвать все четыре семьи у шлюза", "Провести одну встречу без крика")):
        pairing.add_goal(session, pair=pair, words=words, by=mentee, now=now - (29 - turn) * DAY)
    first, second = pair_queries.goals_of(session, pair.id)
    pairing.move_goal(session, pair=pair, goal=first, to=GoalState.DONE, now=now - 10 * DAY)
    pairing.move_goal(session, pair=pair, goal=second, to=GoalState.UNDER_WAY, now=now - 9 * DAY)
    met = pairing.meet(session, pair=pair, at=_evening(now - 14 * DAY), place="", by=me, now=now - 20 * DAY)
    for key, text in NOTES:
        at = now - 13 * DAY
        pairing.note(session, pair=pair, meeting=met.id, text=text, version=0, by=people[key], now=at)
    place = "https://meet.example.org/two-gates"
    pairing.meet(session, pair=pair, at=_evening(now + 2 * DAY), place=place, by=mentee, now=now - 4 * DAY)
