"""Who has which part in a course: read, given by its owners, taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.notices.kinds import Kind
from academy.notices.models import AT_ONCE
from academy.notices.service import tell
from academy.people import queries as people
from academy.people.actor import COURSE_ROLES, OWNER, Actor, Role
from academy.people.addresses import NotAnAddress, key_of
from academy.people.models import ACTIVE, Member, RoleGrant
from academy.people.standing import NoSuchRole, give_role, take_role

GIVEN = Kind(
    "part_in_course", _l("Your part in courses as staff"), _l("You have a new part in %(title)s."), mail=AT_ONCE
)


class NobodyThere(DomainError):
    """No member with a confirmed account has this address."""

    sentence = _l("Nobody with this address has a confirmed account here. Ask them to register first.")


class LastOwner(DomainError):
    """Nobody could decide over the course."""

    sentence = _l("This is the only owner. Make somebody else an owner first.")


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a course."""

    member_id: int
    name: str
    role: str


def parts(session: Session, slug: str) -> list[Part]:
    """Everybody who has a part in just this course, owners first."""
    found = session.execute(
        select(RoleGrant.member_id, RoleGrant.role, Member.display_name)
        .join(Member, Member.id == RoleGrant.member_id)
        .where(RoleGrant.scope == _scope(slug))
        .order_by(Member.display_name, RoleGrant.id)
    )
    listed = [Part(row.member_id, row.display_name, row.role) for row in found]
    return sorted(listed, key=lambda part: COURSE_ROLES.index(part.role))


def give(session: Session, *, slug: str, title: str, email: str, name: str, by: Actor, url: str, now: datetime) -> str:
    """Give the member with this address a part in the course and tell them; returns their display name.

    Raises NobodyThere, NoSuchRole.
    """
    try:
        member = people.member_by_key(session, key_of(email))
    except NotAnAddress as error:
        raise NobodyThere from error
    if member is None or member.state != ACTIVE:
        raise NobodyThere
    if name not in COURSE_ROLES:
        raise NoSuchRole
    give_role(session, member=member, role=Role(name, _scope(slug)), by=by, now=now)
    tell(session, member_ids=[member.id], kind=GIVEN.name, values={"title": title}, url=url, now=now)
    return member.display_name


def take(session: Session, *, slug: str, member_id: int, name: str, by: Actor, now: datetime) -> None:
    """Take a part back; raise LastOwner where only an admin could go on."""
    if name not in COURSE_ROLES:
        raise NoSuchRole
    owners = session.scalars(
        select(RoleGrant.member_id).where(RoleGrant.scope == _scope(slug), RoleGrant.role == OWNER).with_for_update()
    ).all()
    if name == OWNER and owners == [member_id] and not by.is_admin:
        raise LastOwner
    member = people.member(session, member_id)
    if member is not None:
        take_role(session, member=member, role=Role(name, _scope(slug)), by=by, now=now)


def _scope(slug: str) -> str:
    return f"course:{slug}"
