"""What invitations add to the application."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people import data_rights
from academy.web import desk
from academy.web.navigation import Entry
from alumni import places
from alumni.invitations import queries, service, telling, views


def init_app(app: Flask) -> None:
    """Add invitations to the application being built."""
    app.register_blueprint(views.bp)
    telling.register()
    places.add(Entry(_l("Invite your cohort"), "invitations.invite", 70, places.for_alumni))
    words = _l("Graduates who ask for their place.")
    desk.add(desk.Card(_l("Who asks for a place"), words, "invitations.claims", 43, queries.count_waiting))
    data_rights.add_provider("place_claims", _of_member)
    data_rights.add_eraser(service.forget)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    return {
        "claims": [
            {
                "name": each.name,
                "year": each.year,
                "cohort": each.cohort,
                "code": each.code,
                "words": each.words,
                "state": each.state,
                "answer": each.answer,
                "asked_at": each.asked_at.isoformat(),
            }
            for each in queries.all_of(session, member_id)
        ]
    }
