"""What the pages of groups share: the blueprints, and finding a group as far as the asker may see it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import require, reveal
from academy.web.limits import Limit
from alumni.groups import queries, rules
from alumni.groups.models import Group
from alumni.groups.rules import Standing
from alumni.moderation import silence
from alumni.profiles.viewers import is_of_the_network

bp = Blueprint("groups", __name__, url_prefix="/alumni/groups")
desk_bp = Blueprint("group_desk", __name__, url_prefix="/admin/groups")
NUMBER = "int(max=999999999999999):number"
INVALID = 422
DAY = 24 * 60 * 60
PROPOSING = Limit("groups.propose", 5, 7 * DAY)
JOINING = Limit("groups.join", 20, DAY)
INVITING = Limit("groups.invite", 20, DAY)


@dataclass(frozen=True, slots=True)
class Found:
    """A group, whoever asks, and what they are to it."""

    group: Group
    actor: Actor
    standing: Standing


def of_the_network() -> Actor:
    """Whoever asks, if they belong to the network; to others there is nothing here."""
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    return actor


def find(key: str, *, lock: bool = False) -> Found:
    """The group with this key, if the asker may learn that it is there; `lock` for whatever writes."""
    actor = of_the_network()
    group = queries.group(db.session, key, lock=lock) if key.isalnum() else None
    if group is None:
        raise NotFound
    standing = queries.standing(db.session, group, actor.id)
    reveal(rules.may_see(standing, entry=group.entry, state=group.state))
    return Found(group, actor, standing)


def find_inside(key: str, *, lock: bool = False) -> Found:
    """The same for members of the group alone."""
    found = find(key, lock=lock)
    require(rules.may_look_inside(found.standing))
    return found


def find_to_convene(key: str, *, lock: bool = False) -> Found:
    """The same for those who look after the group."""
    found = find(key, lock=lock)
    require(rules.may_convene(found.standing))
    return found


def let_write(actor: Actor) -> None:
    """Go on unless a decision of the moderators keeps this member from writing."""
    silence.let_write(db.session, actor.id, clock.now())


def to(endpoint: str, **values: object) -> ResponseReturnValue:
    """Lead to one of these pages after something was done."""
    return redirect(url_for(f"groups.{endpoint}", **values), code=303)  # type: ignore[arg-type]
