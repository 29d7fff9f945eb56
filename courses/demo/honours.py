"""What else happened to certificates: names looked at, one written anew, some without a course, wishes of holders."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from courses.certificates import batches, life, naming, queries, templates, wishes
from courses.certificates.batches import Source
from courses.certificates.kinds import Decision, Wish
from courses.certificates.models import Certificate, CertificateTemplate
from courses.certificates.printing import lacks_arabic_font
from courses.certificates.templates import Said
from courses.demo.cast import GRADUATES, LEARNERS
from courses.demo.world import Act, World

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TWO_SCRIPTS = {"gaukhar": "Gaukhar Ybyraikyzy", "shahnoza": "Shahnoza Rahmonqulova", "alumnus": "Aizhan Turdubaeva"}
CORRECTED = ("zhyldyz", "Жылдыз Осмонкулова-Тойчубек", "Zhyldyz Osmonkulova-Toichubek")
WISHES = ("askar", "Асқар Тұрлыбекұлы")
MENTORS = ("moderator", "gaukhar", "shahnoza")
NEW_MENTORS = ("aigerim", "merdan", "nurgul")
PLAYERS, LATE_PLAYERS = ("nodira", "lobar"), ("alumnus", "maksat")
MENTOR = Said(
    "service",
    "en",
    {
        "en": {"title": "Mentor of an intake", "text": "Answered questions of learners for one whole intake."},
        "ru": {"title": "Наставник потока", "text": "Отвечал на вопросы слушателей в течение целого потока."},
        "fa": {"title": "رهنمای یک دوره", "text": "در سراسر یک دوره به پرسش‌های شاگردان پاسخ داد."},
    },
    20,
    0,
)
SESSIONS = Said(
    "service",
    "en",
    {
        "en": {"title": "Facilitator of the Academy", "text": "Prepared and ran sessions for new learners."},
        "ru": {"title": "Ведущий занятий Академии", "text": "Готовил и вёл занятия для новых слушателей."},
        "fa": {"title": "گردانندهٔ نشست‌های آکادمی", "text": "برای شاگردان تازه نشست‌هایی آماده و برگزار کرد."},
    },
    5,
    0,
)
TALKS = Said(
    "simulation",
    "en",
    {
        "en": {
            "title": "Simulation: talks over water",
            "text": "Held talks over a shared river for two days.",
        },
        "ru": {"title": "Симуляция: переговоры о воде", "text": "Два дня вели переговоры об общей реке."},
    },
    12,
    12,
)


def acts(world: World, ends: datetime, now: datetime) -> Iterator[Act]:
    """Everything about certificates beside the graduation; `ends` is the last day of the intake that graduated."""
    made: dict[str, CertificateTemplate] = {}
    for person in (*GRADUATES, *LEARNERS[::3]):
        at = ends - 10 * DAY if person in GRADUATES else now - 20 * DAY
        if not lacks_arabic_font(person.legal_name):
            yield Act(at, partial(_agree, world, person.key, person.legal_name))
    yield Act(now - 15 * DAY, lambda at: _ask_the_others(world, at))
    yield Act(ends + 28 * DAY, lambda at: _wish(world, CORRECTED[0], CORRECTED[1], CORRECTED[2], at))
    yield Act(ends + 29 * DAY, lambda at: _grant(world, at))
    yield Act(now - DAY, lambda at: _wish(world, *WISHES, "", at))
    for name, said in (("mentor", MENTOR), ("talks", TALKS), ("sessions", SESSIONS)):
        yield Act(now - 390 * DAY, partial(_make, world, made, name, said))
    for name, keys, at in (
        ("talks", PLAYERS, now - 380 * DAY),
        ("talks", LATE_PLAYERS, now - 325 * DAY),
        ("mentor", MENTORS, now - 60 * DAY),
    ):
        yield Act(at, partial(_give, world, made, name, keys))
    yield Act(now - HOUR, lambda at: _give_many(world, made["mentor"], NEW_MENTORS, at))


def _agree(world: World, key: str, name: str, now: datetime) -> None:
    second, member = TWO_SCRIPTS.get(key, ""), world.members[key]
    said = {"name": name, "second_name": "" if second == name else second}
    naming.confirm(world.session, member=member, by=world.actor(key), now=now, **said)


def _ask_the_others(world: World, now: datetime) -> None:
    naming.ask(world.session, member_ids=[world.number(each.key) for each in LEARNERS], now=now)


def _held(world: World, key: str) -> Certificate:
    number = world.number(key)
    return next(each for each in queries.certificates_of(world.session, [number])[number] if each.course_slug)


def _wish(world: World, key: str, name: str, second: str, now: datetime) -> None:
    words = "So it is written in my passport."
    held = _held(world, key)
    wishes.ask(world.session, certificate=held, wish=Wish.NAME, now=now, name=name, second_name=second, words=words)


def _grant(world: World, now: datetime) -> None:
    asked, by = wishes.open_after(world.session, 0)[0], world.actor("admin")
    said = {"name": asked.request.name, "second_name": asked.request.second_name, "words": asked.request.words}
    life.reissue(world.session, certificate=asked.certificate, by=by, now=now, **said)
    wishes.close(world.session, asked=asked, decision=Decision.DONE, answer="", by=by, now=now, tell=False)


def _make(world: World, made: dict[str, CertificateTemplate], name: str, said: Said, now: datetime) -> None:
    made[name] = templates.make(world.session, said=said, by=world.actor("admin"), now=now)


def _give(world: World, made: dict[str, CertificateTemplate], name: str, keys: Sequence[str], now: datetime) -> None:
    for key in keys:
        member_id, by = world.number(key), world.actor("admin")
        templates.give(world.session, template=made[name], member_id=member_id, by=by, now=now)


def _give_many(world: World, template: CertificateTemplate, keys: Sequence[str], now: datetime) -> None:
    numbers = [world.number(key) for key in keys]
    source = Source(template_id=template.id)
    batches.start(world.session, source=source, member_ids=numbers, by=world.actor("admin"), now=now)
