"""Certificates: given on the day of the ceremony, shown by some holders, one of them written anew."""

from collections.abc import Sequence
from datetime import datetime

from courses.certificates import queries, service
from courses.certificates.models import Certificate, WithdrawClass
from courses.certificates.service import Award
from courses.demo.joining import rename
from courses.demo.world import MAIN, World
from courses.progress.rules import Tier

WHY = "The holder asked for another spelling of the name; a new certificate was given on the same day."


def issue(world: World, keys: Sequence[str], tier: Tier, now: datetime) -> None:
    """Give certificates to these people; whoever's name cannot be printed here goes on waiting."""
    live, numbers = world.live(MAIN), [world.number(key) for key in keys]
    candidates = queries.candidates(world.session, live, tier, numbers)
    award = Award(live, tier, world.actor("admin"), now)
    service.issue_many(world.session, candidates=candidates, award=award)


def show_names(world: World, keys: Sequence[str], now: datetime) -> None:
    """These holders let whoever has the code see their name."""
    for key in keys:
        for certificate in _held(world, key):
            service.show_name(world.session, certificate=certificate, shown=True, by=world.actor(key), now=now)


def write_anew(world: World, key: str, legal_name: str, now: datetime) -> None:
    """Withdraw a certificate whose holder spells the name otherwise, and give another."""
    for certificate in _held(world, key):
        service.withdraw(
            world.session,
            certificate=certificate,
            reason=WithdrawClass.SUPERSEDED,
            words=WHY,
            by=world.actor("admin"),
            now=now,
        )
    rename(world, key, legal_name, now)
    issue(world, [key], Tier.COMPLETION, now)


def _held(world: World, key: str) -> Sequence[Certificate]:
    number = world.number(key)
    return queries.certificates_of(world.session, [number]).get(number, [])
