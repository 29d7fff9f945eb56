"""What happens to a profile."""

from datetime import datetime

from sqlalchemy.orm import Session

from academy.dialects import insert_into
from academy.people.models import Member
from alumni.profiles.models import Profile
from alumni.profiles.names import key_of, random_handle


def ensure(session: Session, member_id: int, now: datetime) -> Profile:
    """A member's profile; if they have none it is made, and shows nothing to anybody."""
    name = session.get_one(Member, member_id).display_name
    new = insert_into(Profile, session.get_bind()).values(
        member_id=member_id,
        handle=random_handle(),
        shown_name=name,
        name_key=key_of(name),
        created_at=now,
        updated_at=now,
    )
    session.execute(new.on_conflict_do_nothing(index_elements=["member_id"]))
    return session.get_one(Profile, member_id)
