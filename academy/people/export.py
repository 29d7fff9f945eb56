"""What the file of one's own data says about the account itself."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.people import queries
from academy.people.models import Member, SignIn


def of_account(session: Session, member_id: int) -> dict[str, Any]:
    """Names, address, preferences, roles and devices of a member; no secret among them."""
    member = session.get_one(Member, member_id)
    kept = ("email", "display_name", "legal_name", "language", "theme", "time_zone", "state")
    moments = ("created_at", "confirmed_at", "alumnus_since", "signed_in_at", "warned_at")
    return {
        **{name: getattr(member, name) for name in kept},
        **{name: _moment(getattr(member, name)) for name in moments},
        "second_factor": member.totp_seed is not None,
        "roles": [
            {"role": grant.role, "scope": grant.scope, "since": _moment(grant.granted_at)}
            for grant in queries.roles_of(session, [member_id]).get(member_id, [])
        ],
        "devices": _devices(session, member_id),
    }


def _devices(session: Session, member_id: int) -> list[dict[str, Any]]:
    rows = session.scalars(select(SignIn).where(SignIn.member_id == member_id).order_by(SignIn.id))
    return [
        {"device": row.device, "signed_in_at": _moment(row.created_at), "seen_at": _moment(row.seen_at)} for row in rows
    ]


def _moment(value: Any) -> str | None:  # noqa: ANN401  a moment or nothing
    return value.isoformat() if value else None
