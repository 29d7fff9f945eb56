"""Opportunities in the demo: what invented alumni pass on, one of them over, one waiting, one reported."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alumni.moderation import service as moderation
from alumni.moderation.service import Complaint
from alumni.moderation.subjects import subject_of
from alumni.opportunities import service
from alumni.opportunities.models import WAITING, Opportunity
from alumni.opportunities.said import Said
from alumni.opportunities.service import KIND

ZONE = "Asia/Almaty"
LATE, LONG_AGO = timedelta(days=12), timedelta(days=60)
ENGLISH_TEXT = """You would help a small team that brings schools on both sides of a border together.

- write to schools and answer them
- prepare two meetings a year
- keep the list of what was agreed, and of what came of it

Send one page about yourself and one about a conflict you know well. Interviews are held online."""
RUSSIAN_TEXT = """Шесть месяцев в группе, которая изучает споры о воде в долинах.

Вы читаете протоколы общин, разговариваете с мирабами и пишете короткие заметки. Выезды оплачиваются.

Нужны: свободный русский, один из языков долины, терпение."""
DARI_TEXT = """این بورس برای زنان جوانی است که می‌خواهند از راه دور درس بخوانند.

- همهٔ درس‌ها آنلاین است و هیچ هزینه‌ای ندارد.
- برای درخواست تنها یک نامهٔ کوتاه لازم است.
- عکس و نشانی خانه خواسته نمی‌شود."""
POSTED: tuple[tuple[str, int, Said], ...] = (
    (
        "alumnus",
        24,
        Said(
            "job",
            "Project assistant, schools across borders",
            "Bridges over the Talas",
            "KG",
            remote=True,
            languages=("en", "ru"),
            topic="youth",
            pay="paid",
            fee="",
            source="https://bridges.example.org/work",
            text=ENGLISH_TEXT,
            last_day=None,
            zone=ZONE,
            for_learners=True,
        ),
    ),
    (
        "zhyldyz",
        5,
        Said(
            "internship",
            "Стажировка: вода и соседи",
            "Институт долин",
            "UZ",
            remote=False,
            languages=("ru", "uz"),
            topic="water",
            pay="paid",
            fee="",
            source="https://valleys.example.org/intern",
            text=RUSSIAN_TEXT,
            last_day=None,
            zone="Asia/Tashkent",
            for_learners=True,
        ),
    ),
    (
        "laila",
        40,
        Said(
            "scholarship",
            "بورس درس‌های آنلاین برای زنان جوان",
            "بنیاد چراغ",
            "",
            remote=True,
            languages=("fa",),
            topic="studies",
            pay="costs",
            fee="",
            source="https://lamp.example.org/women",
            text=DARI_TEXT,
            last_day=None,
            zone="Asia/Kabul",
            for_learners=True,
        ),
    ),
    (
        "nodira",
        16,
        Said(
            "fellowship",
            "Young mediators’ fellowship: three weeks of practice",
            "The Quiet Room",
            "KZ",
            remote=False,
            languages=("en",),
            topic="mediation",
            pay="costs",
            fee="",
            source="https://quietroom.example.org/fellows",
            text="Twelve places. You sit in with experienced mediators, and lead one talk yourself.",
            last_day=None,
            zone=ZONE,
            for_learners=False,
        ),
    ),
    (
        "moderator",
        61,
        Said(
            "call",
            "Call for short papers: what early warning missed",
            "Journal of Small Signs",
            "",
            remote=True,
            languages=("en", "ru"),
            topic="research",
            pay="none",
            fee="",
            source="https://signs.example.org/call",
            text="Papers of 2,000 words, about one case each. First-time authors get an editor of their own.",
            last_day=None,
            zone="UTC",
            for_learners=False,
        ),
    ),
    (
        "komron",
        -9,
        Said(
            "job",
            "Переводчик на три дня встречи",
            "Дом двух рек",
            "TJ",
            remote=False,
            languages=("ru", "tg"),
            topic="languages",
            pay="paid",
            fee="",
            source="",
            text="Три дня встречи в Душанбе, последовательный перевод. Проезд и жильё оплачиваются.",
            last_day=None,
            zone="Asia/Dushanbe",
            for_learners=False,
        ),
    ),
)
WAITS = Said(
    "call",
    "Small grants for meetings between two villages",
    "Common Well",
    "TJ",
    remote=False,
    languages=("en", "tg"),
    topic="projects",
    pay="costs",
    fee="",
    source="https://well.example.org/grants",
    text="Up to 800 euros for one meeting and the tea that goes with it. A letter of one page is enough.",
    last_day=None,
    zone="Asia/Dushanbe",
    for_learners=False,
)
REPORTED = Said(
    "job",
    "Work abroad, no interview, visa at once",
    "Golden Horizon Placement",
    "",
    remote=False,
    languages=("en",),
    topic="",
    pay="paid",
    fee="300 dollars for the visa, to a card number that we send",
    source="https://golden-horizon.example.net",
    text="Send a picture of your passport today. Only five places are left!",
    last_day=None,
    zone=ZONE,
    for_learners=False,
)


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let them post, save and report."""
    rows = [_posted(session, people[who], said, now, days) for who, days, said in POSTED]
    for row in rows[:2]:
        service.save(session, member_id=people["learner"], number=row.id, now=now)
    service.save(session, member_id=people["alumnus"], number=rows[3].id, now=now)
    waits = _posted(session, people["lobar"], WAITS, now, 20)
    waits.state, waits.shown_at = WAITING, None
    moderation.wait_for_review(session, kind=KIND, number=waits.id, now=now - timedelta(hours=5))
    reported = _posted(session, people["bobur"], REPORTED, now, 30)
    subject = subject_of(KIND)
    if subject is not None:
        for who, words in (("alumnus", "They asked my cousin for the same card number."), ("nodira", "")):
            complaint = Complaint(people[who], "scam", words)
            moderation.report(
                session, subject=subject, number=reported.id, complaint=complaint, now=now - timedelta(hours=3)
            )


def _posted(session: Session, who: int, said: Said, now: datetime, days: int) -> Opportunity:
    """Posted some while ago, closing so many days from now."""
    row = service.post(session, said=said, by=who, now=now - (LATE if days > 0 else LONG_AGO))
    row.open_ended, row.closes_at = False, now + timedelta(days=days)
    row.state, row.shown_at = "shown", row.made_at
    return row
