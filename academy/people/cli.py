"""`flask users`: make accounts and give roles from the command line."""

from collections.abc import Callable, Sequence

import click
from flask.cli import AppGroup
from sqlalchemy.orm import Session

from academy import clock, db
from academy.errors import DomainError
from academy.people import accounts, queries, standing
from academy.people.actor import ROLES, Role
from academy.people.addresses import NotAnAddress, key_of
from academy.people.models import Member, RoleGrant
from academy.web.forms import tidy_line

users = AppGroup("users", help="Make accounts and give roles.")
roles = AppGroup("role", help="Give or take a role.")
users.add_command(roles)
ROLE = click.Choice(ROLES)


@users.command("create")
@click.argument("email")
@click.option("--role", type=ROLE, help="A role to give at once.")
@click.option("--name", default="", help="The name shown to others; from the address if left out.")
@click.option("--language", default="en", help="The language of letters.")
def create(email: str, role: str | None, name: str, language: str) -> None:
    """Make an account and print a one-time link where its owner sets the password."""
    with db.command_transaction():
        key = _key(email)
        try:
            member = accounts.create(
                db.session,
                email=email,
                display_name=tidy_line(name) or key.split("@")[0],
                language=language,
                now=clock.now(),
            )
        except accounts.AddressTaken:
            raise click.ClickException(f"There is an account with {email} already; see flask users role.") from None
        if role:
            standing.give_role(db.session, member=member, role=Role(role), by=None, now=clock.now())
        click.echo(accounts.invitation(db.session, member=member, now=clock.now()))


@users.command("link")
@click.argument("email")
def link(email: str) -> None:
    """Print a new one-time link where the owner of an account sets the password."""
    with db.command_transaction():
        click.echo(accounts.invitation(db.session, member=_member(db.session, email), now=clock.now()))


@users.command("list")
@click.option("--role", type=ROLE, help="Only people with this role.")
def listing(role: str | None) -> None:
    """List people: number, address, state and roles, newest first."""
    with db.command_transaction():
        before = None
        while True:
            found = queries.search(db.session, words="", before=before, role=role or "")
            _print(found.members, queries.roles_of(db.session, [member.id for member in found.members]))
            before = found.next_before
            if before is None:
                return


def _print(members: Sequence[Member], grants: dict[int, list[RoleGrant]]) -> None:
    for member in members:
        held = ", ".join(f"{grant.role} {grant.scope}".strip() for grant in grants.get(member.id, []))
        click.echo("\t".join((str(member.id), member.email, member.state, held)).rstrip())


@roles.command("give")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--course", default="", help="For a trainer: the course's slug; left out, every course.")
def give(email: str, role: str, course: str) -> None:
    """Give a role."""
    with db.command_transaction():
        member = _member(db.session, email)
        _or_say_why(
            lambda: standing.give_role(db.session, member=member, role=_role(role, course), by=None, now=clock.now())
        )


@roles.command("take")
@click.argument("email")
@click.argument("role", type=ROLE)
@click.option("--course", default="", help="For a trainer: the course's slug.")
def take(email: str, role: str, course: str) -> None:
    """Take a role back; the last admin's stays."""
    with db.command_transaction():
        member = _member(db.session, email)
        _or_say_why(
            lambda: standing.take_role(db.session, member=member, role=_role(role, course), by=None, now=clock.now())
        )


def _or_say_why(act: Callable[[], None]) -> None:
    try:
        act()
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _role(name: str, course: str) -> Role:
    return Role(name, f"course:{course}" if course else "")


def _key(email: str) -> str:
    try:
        return key_of(email)
    except NotAnAddress:
        raise click.ClickException(f"{email} is not an e-mail address.") from None


def _member(session: Session, email: str) -> Member:
    member = queries.member_by_key(session, _key(email))
    if member is None:
        raise click.ClickException(f"There is no account with {email}.")
    return member
