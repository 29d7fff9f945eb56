"""`flask certificates issue` and `flask certificates withdraw`; the commands for keys are those of credentials."""

import click
from flask.cli import AppGroup

from academy import clock, db
from academy.errors import DomainError
from academy.people import queries as people
from academy.people.addresses import NotAnAddress, key_of
from academy.people.models import Member
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.certificates import queries, rules, service, wording
from courses.certificates.codes import read_code
from courses.certificates.models import WithdrawClass
from courses.certificates.refusals import NoSuchLearner, NotEarned
from courses.certificates.rules import Candidate
from courses.certificates.service import Award
from courses.credentials.cli import keys
from courses.progress.rules import Tier

certificates = AppGroup("certificates", help="Issue and withdraw certificates, and keep the keys that sign them.")
certificates.add_command(keys)


@certificates.command("issue")
@click.argument("course")
@click.argument("email")
@click.option("--tier", type=click.Choice([tier.value for tier in Tier]), default=Tier.COMPLETION.value)
@click.option("--exception", default="", help="Why the certificate is issued although something is open.")
def issue(course: str, email: str, tier: str, exception: str) -> None:
    """Issue a certificate and print its code; issuing twice prints the same code."""
    with db.command_transaction():
        live, member = _live(course), _member(email)
        found = queries.candidates(db.session, live, Tier(tier), [member.id])
        award = Award(live, Tier(tier), None, clock.now(), exception.strip())
        click.echo(_issued(found, award))


@certificates.command("withdraw")
@click.argument("code")
@click.option("--reason", type=click.Choice([each.value for each in WithdrawClass]), required=True)
def withdraw(code: str, reason: str) -> None:
    """Withdraw a certificate."""
    with db.command_transaction():
        certificate = queries.by_code(db.session, read_code(code) or "")
        if certificate is None:
            raise click.ClickException("There is no certificate with this code.")
        try:
            service.withdraw(
                db.session,
                certificate=certificate,
                reason=WithdrawClass(reason),
                words="",
                by=None,
                now=clock.now(),
            )
        except DomainError as error:
            raise click.ClickException(str(error)) from error


def _issued(found: list[Candidate], award: Award) -> str:
    try:
        if not found:
            raise NoSuchLearner
        return service.issue(db.session, candidate=found[0], award=award).code
    except NotEarned as error:
        left = rules.lines_left(found[0].checklist, award.tier)
        raise click.ClickException(" ".join([str(error), *(wording.line_left(item) for item in left)])) from error
    except DomainError as error:
        raise click.ClickException(str(error)) from error


def _live(slug: str) -> LiveCourse:
    live = library.live_course(db.session, slug)
    if live is None:
        raise click.ClickException(f"There is no published course “{slug}”.")
    return live


def _member(email: str) -> Member:
    try:
        member = people.member_by_key(db.session, key_of(email))
    except NotAnAddress:
        raise click.ClickException(f"{email} is not an e-mail address.") from None
    if member is None:
        raise click.ClickException(f"There is no account with {email}.")
    return member
