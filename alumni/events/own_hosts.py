"""The two hosts of events that are always there: the whole network, and cohorts."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.people.actor import Actor
from alumni.audiences import Audience
from alumni.events.hosts import Host
from alumni.graduates import queries as graduates
from alumni.profiles.viewers import Viewer, is_of_the_network

NETWORK, COHORT = "network", "cohort"


def _whole(_session: Session, viewer: Viewer, keys: Collection[str]) -> Collection[str]:
    return keys if viewer.stands <= Audience.NETWORK else ()


def _nobody_else(_session: Session, _actor: Actor, _key: str) -> bool:
    return False


def _network(_session: Session, keys: Collection[str]) -> Mapping[str, str]:
    return dict.fromkeys(keys, _("The network"))


def _for_the_network(_session: Session, actor: Actor) -> Sequence[tuple[str, str]]:
    return [("", _("The network"))] if is_of_the_network(actor) else []


def _mine(_session: Session, viewer: Viewer, keys: Collection[str]) -> Collection[str]:
    return viewer.cohorts & set(keys)


def _my_cohorts(session: Session, actor: Actor) -> Sequence[tuple[str, str]]:
    if not is_of_the_network(actor):
        return []
    return [(each.key, each.name) for each in graduates.cohorts_of(session, [actor.id])[actor.id]]


THE_NETWORK = Host(NETWORK, _whole, _nobody_else, _network, _for_the_network)
COHORTS = Host(COHORT, _mine, _nobody_else, graduates.names_of, _my_cohorts)
