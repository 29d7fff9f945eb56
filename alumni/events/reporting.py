"""Events as moderators know them: newcomers' events that wait, and events that were reported."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.events import queries, seats, service, telling
from alumni.events.models import CANCELLED, OPEN, PROPOSED, REFUSED, Event
from alumni.events.sight import sight_of
from alumni.moderation.models import IN_REVIEW
from alumni.moderation.queries import open_case
from alumni.moderation.subjects import HIDE, Act, Review, Subject

KIND = service.SUBJECT
LONGEST = 4000


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    return queries.event_seen(session, sight_of(session, actor), number) is not None


def _page(session: Session, number: int) -> str:
    event = queries.event_of(session, number)
    return telling.page_of(event) if event else ""


def _excerpt(session: Session, number: int) -> str:
    event = queries.event_of(session, number)
    if event is None:
        return ""
    return "\n\n".join(filter(None, (event.title, event.town, event.place, event.link, event.text, event.notes)))[
        :LONGEST
    ]


def _owner(session: Session, number: int) -> int | None:
    return next((each.member_id for each in queries.hosts_of(session, [number])[number]), None)


def _close(session: Session, number: int, now: datetime) -> None:
    event = queries.locked(session, number)
    if event is None or event.state == CANCELLED:
        return
    event.withheld_at = now
    if event.state == OPEN and not event.is_over(now):
        service.cancel(session, event_id=number, reason="", by=None, now=now)
    else:
        _stand(event, REFUSED, now)


def _open(session: Session, number: int, now: datetime) -> None:
    event = queries.locked(session, number)
    if event is None or event.state == OPEN or _was_called_off_by_hosts(event):
        return
    news = "on_again" if event.state == CANCELLED else "changed"
    event.withheld_at = None
    _stand(event, OPEN, now)
    if not event.is_over(now):
        telling.say_to_guests(session, news, event, now)
        seats.settle(session, event, now)


def _was_called_off_by_hosts(event: Event) -> bool:
    return event.state == CANCELLED and event.withheld_at is None


def _refuse(session: Session, number: int, now: datetime) -> None:
    event = queries.locked(session, number)
    if event is not None and event.state in {PROPOSED, OPEN}:
        _stand(event, REFUSED, now)
        telling.say_to_guests(session, "cancelled", event, now)


def _wait(session: Session, number: int, now: datetime) -> None:
    event = queries.locked(session, number)
    if event is not None and event.state != CANCELLED:
        _stand(event, PROPOSED, now)


def _stand(event: Event, state: str, now: datetime) -> None:
    event.state, event.changed_at, event.sequence = state, now, event.sequence + 1


def case_of(session: Session, event: Event) -> str:
    """Where moderators decide whether a proposed event is opened; '' when nothing waits."""
    case = open_case(session, KIND, event.id, IN_REVIEW)
    return url_for("moderation.case", case_id=case.id) if case else ""


EVENT = Subject(KIND, _l("An event"), _may_report, _page, _excerpt, _owner, {HIDE: Act(_close, _open)})
REVIEW = Review(KIND, _open, _refuse, _wait)
