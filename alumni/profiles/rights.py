"""What a member may take away of their profile: everything they typed, and to whom they opened it."""

from typing import Any

from sqlalchemy.orm import Session

from alumni.audiences import Audience
from alumni.profiles import reading
from alumni.profiles.models import SHOWN_FIELDS, Profile
from alumni.profiles.seen import TERMS

TYPED = ("handle", "pen_name", "country", "town", "field", "organisation", "story", "gender", "indexed")


def known_of(session: Session, member_id: int) -> dict[str, Any]:
    """A member's profile; {} when they have none. The files of the photo are among their files."""
    profile = reading.own(session, member_id)
    if profile is None:
        return {}
    terms = reading.terms_of(session, member_id)
    return {
        **{name: getattr(profile, name) for name in TYPED},
        **{kind: [term.words or term.key for term in terms if term.kind == kind] for kind in TERMS},
        "languages": [[each.code, each.level] for each in reading.languages_of(session, member_id)],
        "links": [[each.words, each.address] for each in reading.links_of(session, member_id)],
        "photo": bool(profile.photo),
        "shown_to": {field: _audience(profile, field) for field in SHOWN_FIELDS},
        "former_handles": [each.handle for each in reading.former_handles_of(session, member_id)],
        "hidden_since": profile.hidden_at.isoformat() if profile.hidden_at else None,
        "made_at": profile.created_at.isoformat(),
        "changed_at": profile.updated_at.isoformat(),
    }


def _audience(profile: Profile, field: str) -> str:
    return Audience(getattr(profile, f"show_{field}")).name.lower()
