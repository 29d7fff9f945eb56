"""What blocks add to the application: their part in a member's data."""

from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from academy.people import data_rights
from alumni.blocks import queries, service


def init_app(app: Flask) -> None:
    """Add blocks to the application being built."""
    del app
    data_rights.add_provider("blocks", _of_member)
    data_rights.add_eraser(service.forget)


def _of_member(session: Session, member_id: int) -> dict[str, Any]:
    return {"blocked": [each.since.isoformat() for each in queries.blocked_by(session, member_id)]}
