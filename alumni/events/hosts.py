"""What an event can belong to: the network, a cohort, a group. Features that know of such things register them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app
from sqlalchemy import Select, literal, select
from sqlalchemy.orm import Session

from academy.people.actor import Actor
from alumni.profiles.viewers import VISITOR, Viewer


@dataclass(frozen=True, slots=True)
class Host:
    """A kind of things that hold events. Keys are short texts, such as the number of a group.

    `may_see` says in which of these the viewer sees events, `may_manage` who looks after the events of one beside their
    own hosts, `names` what these are called, `offers` for which of them somebody may make an event (key and name).
    `hidden_from` are the keys of those of which this viewer must not learn, even if they keep order.
    """

    kind: str
    may_see: Callable[[Session, Viewer, Collection[str]], Collection[str]]
    may_manage: Callable[[Session, Actor, str], bool]
    names: Callable[[Session, Collection[str]], Mapping[str, str]]
    offers: Callable[[Session, Actor], Sequence[tuple[str, str]]]
    hidden_from: Callable[[Viewer], Select[str]] | None = None


def add(host: Host) -> None:
    """Let things of this kind hold events in the application being built."""
    all_hosts()[host.kind] = host


def all_hosts() -> dict[str, Host]:
    """Every kind, in the order of registration."""
    return cast("dict[str, Host]", current_app.extensions.setdefault("academy.event_hosts", {}))


def names_of(session: Session, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """What these things are called, by kind and key: one question to each kind."""
    found: dict[tuple[str, str], str] = {}
    for kind, host in all_hosts().items():
        keys = {key for of, key in pairs if of == kind}
        if keys:
            found |= {(kind, key): name for key, name in host.names(session, keys).items()}
    return found


def is_hidden(session: Session, pair: tuple[str, str]) -> bool:
    """Whether nobody outside may learn of this thing: then nobody outside decides on its events either."""
    kind, key = pair
    host = all_hosts().get(kind)
    if host is None or host.hidden_from is None:
        return False
    return bool(session.scalar(select(literal(key).in_(host.hidden_from(VISITOR)))))


def offers_of(session: Session, actor: Actor) -> dict[tuple[str, str], str]:
    """Everything this person may make an event for: what it is called, by kind and key."""
    return {(kind, key): name for kind, host in all_hosts().items() for key, name in host.offers(session, actor)}
