"""Facilitators in the demo: who offers sessions, hours at every stage, a request for a certificate of service."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from academy.people.actor import ADMIN, TRAINER, Actor, Role
from alumni.facilitators import queries, service, words
from alumni.facilitators.models import Facilitation
from alumni.facilitators.service import Invitation
from courses import facts

ME = "alumnus"
DAY = timedelta(days=1)
PAGE = "/alumni/facilitators/mine"
Terms = Mapping[str, tuple[str, ...]]
OFFERS: Mapping[str, tuple[str, Terms]] = {
    ME: (
        "Role plays for up to twenty people: a council, a canal and one hour. I bring the cards, you bring the chairs.",
        {"topics": ("mediation", "water"), "languages": ("ru", "ky", "en"), "formats": ("in_person", "simulation")},
    ),
    "kamila": (
        "Онлайн-занятия о правах женщин, небольшими группами, без записи. Лучше всего по субботам утром.",
        {"topics": ("women", "law"), "languages": ("ru", "uz"), "formats": ("online",)},
    ),
    "laila": (
        "نشست‌های کوتاه برای گروه‌های کوچک، با اینترنت کم هم می‌شود: نخست صدا، سپس نوشته.",
        {"topics": ("women", "digital"), "languages": ("fa", "ps"), "formats": ("online",)},
    ),
}


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let the demo people run sessions."""
    if ME not in people:
        return
    for key, (said, terms) in OFFERS.items():
        service.offer(session, member_id=people[key], words=said, terms=terms, now=now - 100 * DAY)
    trainer = Actor(people["trainer"], "Timur", roles=frozenset({Role(TRAINER)}))
    admin = Actor(people["admin"], "Feruza", roles=frozenset({Role(ADMIN)}))
    first = next(iter(facts.cohorts_in(session, None)), None)
    cohort, course = (first.name, first.course_slug) if first else ("", "")
    _asks(session, people["kamila"], trainer, cohort, now)
    _served(session, people[ME], trainer, admin, (cohort, now))
    for title, minutes, days in (("Two villages, one canal", 180, 60), ("Who speaks first?", 150, 25)):
        _ran(session, people[ME], trainer, Invitation(title, cohort, _noon(now - days * DAY), "", 120, ""), minutes)
    last = Invitation("Saying no without shutting the door", cohort, _noon(now - 4 * DAY), "", 120, "")
    _log(session, _accepted(session, people[ME], trainer, last, now - 14 * DAY), 120, now - 3 * DAY)
    hope = "Thirty people who have read module 3 and have never sat at such a table."
    place, soon = "Room 4, second floor", _noon(now + 12 * DAY)
    to = Invitation("A simulation for the new cohort", cohort, soon, place, 240, hope, course)
    service.invite(session, member_id=people[ME], to=to, by=admin, now=now - DAY)


def _noon(at: datetime) -> datetime:
    return at.replace(hour=9, minute=0, second=0, microsecond=0)


def _accepted(session: Session, member_id: int, by: Actor, to: Invitation, at: datetime) -> Facilitation:
    made = service.invite(session, member_id=member_id, to=to, by=by, now=at)
    service.answer(session, number=made.id, accepted=True, words="Gladly.", now=at + DAY)
    return made


def _log(session: Session, made: Facilitation, minutes: int, at: datetime) -> None:
    did = "Two rounds, the second one with the roles turned round."
    service.log(session, number=made.id, minutes=minutes, words=did, now=at)


def _ran(session: Session, member_id: int, by: Actor, to: Invitation, minutes: int) -> None:
    made = _accepted(session, member_id, by, to, to.at - 10 * DAY)
    _log(session, made, minutes, to.at + DAY)
    thanks = "They still quote your mayor. Thank you!"
    service.confirm(session, number=made.id, minutes=minutes, thanks=thanks, by=by, now=to.at + 2 * DAY)


def _served(session: Session, member_id: int, by: Actor, admin: Actor, where: tuple[str, datetime]) -> None:
    """Hours that became a certificate."""
    cohort, now = where
    for turn, title in enumerate(
        ("Who has the key to the gate?", "Listening for an hour", "A letter to the upper village")
    ):
        _ran(session, member_id, by, Invitation(title, cohort, _noon(now - (96 - 5 * turn) * DAY), "", 120, ""), 120)
    at = now - 80 * DAY
    service.ask_for_certificate(session, member_id=member_id, lines=words.lines, page=PAGE, now=at)
    wish = next(each.wish_id for each in queries.sessions_of(session, member_id) if each.wish_id is not None)
    facts.grant_service(session, number=wish, by=admin, now=at + 2 * DAY)


def _asks(session: Session, member_id: int, by: Actor, cohort: str, now: datetime) -> None:
    """Hours that wait on the desk to become a certificate."""
    for turn, title in enumerate(("Права и обычаи", "Резолюция 1325 за один час", "Разговор о страхе")):
        _ran(session, member_id, by, Invitation(title, cohort, _noon(now - (50 - 7 * turn) * DAY), "", 90, ""), 120)
    service.ask_for_certificate(session, member_id=member_id, lines=words.lines, page=PAGE, now=now - 2 * DAY)
