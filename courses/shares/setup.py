"""What shares add to the application: counting, and their part in a member's data."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy.people import data_rights
from courses.shares import counting, queries, service


def init_app(app: Flask) -> None:
    """Add shares to the application being built."""
    counting.init_app(app)
    data_rights.add_provider("certificate_links", _of_member)
    data_rights.add_eraser(service.forget_member)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    return {
        "links": [
            {
                "code": each.code,
                "shows_name": each.shows_name,
                "shows_sheet": each.shows_sheet,
                "shows_credential": each.shows_credential,
                "made_at": each.made_at.isoformat(),
                "ends_at": each.ends_at.isoformat() if each.ends_at else None,
                "ended_at": each.ended_at.isoformat() if each.ended_at else None,
            }
            for each in queries.every_share_of(session, member_id)
        ]
    }
