"""Makers: typed functions that put real rows into the database and commit them."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from academy.people import presence
from academy.people.models import ACTIVE, Member, RoleGrant

LONG_AGO = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def member(
    session: Session,
    name: str,
    *,
    roles: tuple[tuple[str, str], ...] = (),
    legal_name: str = "",
    alumna: bool = False,
    language: str = "en",
) -> Member:
    """A confirmed member; roles are pairs of name and scope."""
    address = f"{name.lower()}@example.org"
    made = Member(
        email=address,
        email_key=address,
        password_hash="",
        display_name=name,
        legal_name=legal_name,
        language=language,
        state=ACTIVE,
        is_demo=True,
        created_at=LONG_AGO,
        confirmed_at=LONG_AGO,
        alumnus_since=LONG_AGO if alumna else None,
    )
    session.add(made)
    session.flush()
    session.add_all(RoleGrant(member_id=made.id, role=role, scope=scope, granted_at=LONG_AGO) for role, scope in roles)
    session.commit()
    return made


def sign_in(session: Session, who: Member, now: datetime) -> str:
    """Sign a device of theirs in; returns its token."""
    token = presence.begin(session, member_id=who.id, now=now, device="A test", second_factor=True)
    session.commit()
    return token
