"""Profiles of the many members of measurements: several scripts, every degree of privacy, and the words people use."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from academy.folding import fold
from academy.people.models import Member
from alumni.directory import service
from alumni.profiles.models import SHOWN_FIELDS, Profile, ProfileLanguage, ProfileTerm
from alumni.profiles.topics import TOPICS

FIRST = ("Айгүл", "Қайрат", "Ҳоҷӣ", "Елена", "Oʻgʻiloy", "Maral", "Zarina", "کریم", "فرشته", "ګلالۍ", "Anna", "Темир")
LAST = (
    *("Сәтбекқызы", "Өмірұлы", "Раҳимов", "Морозова", "Gʻaniyeva", "Öwezowa", "Nazarova"),
    *("احمدی", "نوری", "ستانکزی", "Keller", "Асанов", "Жумабеков"),
)
PLACES = (
    *(("KG", "Ош"), ("KZ", "Алматы"), ("TJ", "Хуҷанд"), ("TM", "Mary"), ("UZ", "Samarqand")),
    *(("AF", "هرات"), ("DE", "Leipzig"), ("TR", "Izmir")),
)
TONGUES = ("ru", "en", "fa", "kk", "ky", "uz", "tg", "ps", "tk")
LEVELS = ("native", "c1", "b2", "b1", "a2")
SKILLS = ("Mediation", "Фасилитация", "نقشه‌کشی", "Grant writing", "Переговоры", "Radio", "Mapping of conflicts")
STORIES = (
    "I look after a canal that two villages share.",
    "Веду переговоры о воде и пастбищах между сёлами.",
    "در ولایت خود با جوانان کار می‌کنم.",
    "Ishim suv va chegara haqida.",
    "Жергиликтүү радиодо иштейм.",
)
KINDS = 20
# Of each twenty people, how far their names are open: most to the network, few to everyone, some to nobody.
OPENNESS = (3, *(2,) * 12, *(1,) * 4, *(0,) * 3)
Row = dict[str, Any]


def join(session: Session, member_ids: Sequence[int], now: datetime, *, kinds: int = 0) -> None:
    """Let these members be alumni with profiles, each as open as their number says.

    With `kinds` there are only so many sorts of them: then of few people, too, many share each value.
    """
    like = {number: number % kinds if kinds else number for number in member_ids}
    session.execute(
        update(Member).where(Member.id.in_(member_ids)).values(alumnus_since=now - timedelta(days=30)),
        execution_options={"synchronize_session": False},
    )
    session.execute(insert(Profile), [_profile(number, like[number], now) for number in member_ids])
    for table, rows_of in ((ProfileLanguage, _languages), (ProfileTerm, _terms)):
        rows = [{"member_id": number, **row} for number in member_ids for row in rows_of(like[number])]
        session.execute(insert(table), rows)
    service.refresh(session, member_ids)


def _profile(number: int, like: int, now: datetime) -> Row:
    name = f"{FIRST[like % len(FIRST)]} {LAST[like // 3 % len(LAST)]} {_letters(number)}"
    country, town = PLACES[like % len(PLACES)]
    made_at = now - timedelta(minutes=number)
    return {
        "member_id": number,
        "handle": f"bench-{number}",
        "shown_name": name,
        "name_key": fold(name),
        "country": country,
        "town": town,
        "organisation": f"Council {number % 500}",
        "story": STORIES[like % len(STORIES)],
        **{f"show_{field}": _openness(like, place) for place, field in enumerate(SHOWN_FIELDS)},
        "show_name": OPENNESS[like % KINDS],
        "created_at": made_at,
        "updated_at": made_at,
    }


def _openness(number: int, place: int) -> int:
    return OPENNESS[(number + place * number // KINDS) % KINDS]


def _letters(number: int) -> str:
    """A name of its own for each number."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "abcdefghiklmnoprstuv"[rest]
    return letters.capitalize()


def _languages(number: int) -> Iterator[Row]:
    for place in range(1 + number % 3):
        code = TONGUES[(number + place) % len(TONGUES)]
        yield {"code": code, "level": LEVELS[(number + place) % len(LEVELS)], "place": place}


def _terms(number: int) -> Iterator[Row]:
    topics = list(TOPICS)
    words = SKILLS[number % len(SKILLS)], f"Skill {number % 500}"
    for place, each in enumerate(words):
        yield {"kind": "skills", "key": fold(each), "words": each, "place": place}
    key = topics[number % len(topics)]
    yield {"kind": "offers", "key": key, "words": key, "place": 0}
