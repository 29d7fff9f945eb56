"""Events of the world of permissions: one of Ana's to come, one that is over, one that waits to be opened."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from academy.people.marks import mark
from academy.people.models import Member
from academy.uploads.models import Upload
from alumni.events import feeds
from alumni.events.models import ASKED, FOR_ALL, GOING, IN_PERSON, PROPOSED, CalendarFeed, EventFile
from tests import makers
from tests.alumni import event_stage

PLACE = "The blue door behind the bakery"


def build(session: Session, people: Mapping[str, Member], file: Upload) -> dict[str, str]:
    """Make them; returns what they are called in addresses. Wants an application context."""
    ana, zoya = people["ana"], people["zoya"]
    there: dict[str, Any] = {"form": IN_PERSON, "town": "Samarkand", "place": PLACE, "link": ""}
    event = event_stage.event(session, ana, needs_approval=True, **there)
    event_stage.guest(session, event, zoya, ASKED)
    past = event_stage.event(session, ana, begins_in=timedelta(days=-3), title="Past and gone", notes_for=FOR_ALL)
    event_stage.guest(session, past, zoya, GOING)
    session.add(EventFile(event_id=past.id, upload_id=file.id))
    proposed = event_stage.event(session, ana, state=PROPOSED, title="Not yet open")
    invited = event_stage.event(session, ana, title="Learners welcome", for_learners=True)
    feed = CalendarFeed(member_id=zoya.id, made_at=makers.LONG_AGO)
    session.add(feed)
    session.commit()
    return {
        "event": str(event.id),
        "guest-zoya": mark(f"event:{event.id}", zoya.id),
        "guest-max": mark(f"event:{event.id}", people["max"].id),
        "kept-away": mark(f"blocks:{ana.id}", people["lena"].id),
        "past-event": str(past.id),
        "proposed-event": str(proposed.id),
        "learners-event": str(invited.id),
        "event-file": str(file.id),
        "calendar-link": feeds.token_of(feed),
    }
