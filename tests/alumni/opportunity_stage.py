"""Makers of opportunities."""

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from academy import clock
from academy.people.models import Member
from alumni.opportunities.models import SHOWN, Opportunity

TITLE = "Assistant for a school on the border"
TEXT = "Write to **both** villages."
FORM = {
    "kind": "job",
    "title": TITLE,
    "organisation": "Two Banks",
    "country": "KG",
    "remote": "y",
    "languages": "ru",
    "topic": "youth",
    "last_day": "",
    "zone": "Asia/Bishkek",
    "open_ended": "y",
    "pay": "paid",
    "costs": "free",
    "fee": "",
    "source": "https://banks.example.org/work",
    "text": TEXT,
}


def opportunity(session: Session, who: Member, *, days: int = 20, **columns: Any) -> Opportunity:
    """An opportunity that is shown and closes in so many days."""
    now = clock.now()
    usual = {
        "kind": "job",
        "title": TITLE,
        "organisation": "Two Banks",
        "pay": "paid",
        "source": "https://banks.example.org/work",
        "text": TEXT,
        "text_html": "<p>Write to <strong>both</strong> villages.</p>",
        "zone": "Asia/Bishkek",
        "state": SHOWN,
        "made_at": now,
        "shown_at": now,
        "closes_at": now + timedelta(days=days),
    }
    made = Opportunity(poster_id=who.id, **{**usual, **columns})
    session.add(made)
    session.commit()
    session.expunge(made)  # what is loaded again later would begin a transaction, and hold up the pages
    return made
