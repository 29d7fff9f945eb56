"""How the demo people came: invited, registered, given roles, shut out."""

from datetime import datetime

from academy.audit.service import record
from academy.notices.service import mark_read
from academy.people import accounts, links, passwords, queries, standing
from academy.people.accounts import Wish
from courses.demo.cast import HOST, Person
from courses.demo.world import ROLES, World

UNUSABLE = "*"
LANGUAGE = "ru"


def join(world: World, person: Person, now: datetime) -> None:
    """Somebody is invited, chooses a password (only the five have a real one) and says how their name is written."""
    session, shown = world.session, person.display_name
    member = accounts.create(session, email=person.email, display_name=shown, language=person.language, now=now)
    member.is_demo = True
    world.members[person.key] = member
    token = links.issue(session, member_id=member.id, purpose=links.INVITATION, now=now)
    password_hash = world.hashes.get(person.key, passwords.NONE_YET)
    accounts.reset_password(session, token=token, password_hash=password_hash, now=now)
    if person.legal_name:
        rename(world, person.key, person.legal_name, now)


def rename(world: World, key: str, legal_name: str, now: datetime) -> None:
    """Somebody says how their name is written."""
    member, by = world.members[key], world.actor(key)
    accounts.rename(
        world.session, member=member, display_name=member.display_name, legal_name=legal_name, actor=by, now=now
    )


def give_roles(world: World, key: str, now: datetime) -> None:
    """The command line makes the first admin; the admin makes the others."""
    by = None if key == "admin" else world.actor("admin")
    for role in ROLES[key]:
        standing.give_role(world.session, member=world.members[key], role=role, by=by, now=now)


def register(world: World, key: str, display_name: str, now: datetime) -> None:
    """A newcomer registers and has not opened the letter yet."""
    wish = Wish(f"{key}@{HOST}", UNUSABLE, display_name, LANGUAGE)
    accounts.register(world.session, wish=wish, now=now)
    member = queries.member_by_key(world.session, wish.email)
    if member is not None:
        member.is_demo = True


def suspend(world: World, key: str, now: datetime) -> None:
    """The admin shuts somebody out."""
    standing.suspend(world.session, member=world.members[key], by=world.actor("admin"), now=now)


def forget_password(world: World, key: str, now: datetime) -> None:
    """Somebody asks for a new password."""
    accounts.ask_for_reset(world.session, email=world.members[key].email, language=LANGUAGE, now=now)


def read_notices(world: World, key: str, now: datetime) -> None:
    """Somebody reads what they were told until then."""
    mark_read(world.session, member_id=world.number(key), now=now)


def note(world: World, action: str, subject: str, detail: str, now: datetime) -> None:
    """Write an act of the admin into the audit log, as the page for it does."""
    record(world.session, actor=world.actor("admin"), action=action, now=now, subject=subject, detail=detail)
