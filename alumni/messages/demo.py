"""Messages of the demo: two conversations of the demo alumna, and requests in both directions."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alumni.audiences import Audience
from alumni.messages import service, talking
from alumni.messages.rules import Words

ME = "alumnus"
ABOUT_WATER = (
    (
        "kamila: Айжан, здравствуйте! Мы учились в одном потоке. Готовлю занятие о водных спорах и вспомнила ваш "
        "пример с двумя сёлами. Можно взять его с собой?"
    ),
    "alumnus: Камила, рада слышать! Конечно, берите. Только поменяйте, пожалуйста, названия сёл: в одном меня знают.",
    "kamila: Поменяю. А как вы начинали разговор, когда обе стороны молчали?",
    (
        "alumnus: С вопроса, на который легко ответить: *кто чистил канал прошлой весной?* После этого заговорили все, "
        "и спорить стало труднее, чем рассказывать."
    ),
    "kamila: Спасибо! Попробую в четверг и напишу, как прошло.",
)
ABOUT_MODEL_UN = (
    (
        "alumnus: Hello, I saw that you ran a committee at the Model UN. We would like to try a small one here: two "
        "rooms, twenty people. What would you do differently the second time?"
    ),
    (
        "bobur: Good to hear from you! Three things:\n\n1. one paper a country, not ten;\n2. an hour before lunch "
        "in which nobody speaks from the front;\n3. somebody at the door who explains the rules to latecomers."
    ),
    "alumnus: Somebody at the door is a good idea. Did you choose the topics yourselves?",
    "bobur: People sent in two each and we drew from a hat. It felt fair, and somebody always knew the topic well.",
)
TO_ME = (
    (
        "lobar: Hello! I am preparing my first talk with a village council and read that you have done this. Have you "
        "half an hour this month? I would send you my questions first."
    ),
    (
        "zhyldyz: Здравствуйте! Ищу соавтора для заметки о женщинах в водных комитетах. Если вам это близко, напишите, "
        "пожалуйста."
    ),
)
FROM_ME = "alumnus: I liked what you said about listening first. May I quote it in our newsletter, without your name?"


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let the demo people write to each other."""
    if ME not in people:
        return
    talking.choose(session, member_id=people[ME], who=int(Audience.NETWORK))
    for said, other, days in ((ABOUT_WATER, "kamila", 12), (ABOUT_MODEL_UN, "bobur", 2)):
        _talk(session, people, said, other, now - timedelta(days=days))
    for turn, line in enumerate(TO_ME):
        _say(session, people, line, ME, now - timedelta(hours=20 - turn))
    _say(session, people, FROM_ME, "nodira", now - timedelta(days=3))


def _talk(session: Session, people: Mapping[str, int], said: Sequence[str], other: str, began: datetime) -> None:
    """The first line is a request, which the other accepts by answering; the last line stays unread."""
    for turn, line in enumerate(said):
        at = began + timedelta(hours=3 * turn)
        number = _say(session, people, line, other if line.startswith(ME) else ME, at)
        reader = people[other if line.startswith(ME) else ME]
        if turn < len(said) - 1:
            talking.seen(session, conversation_id=number, member_id=reader, now=at)


def _say(session: Session, people: Mapping[str, int], line: str, to: str, at: datetime) -> int:
    by, _, text = line.partition(": ")
    words = Words(text, secrets.token_hex(16))
    return service.begin(session, by=people[by], to=people[to], words=words, most=10, staff=False, now=at)
