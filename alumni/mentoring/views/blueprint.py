"""The blueprint of mentoring and what its views share."""

from collections.abc import Collection
from datetime import date

from flask import Blueprint, render_template

from academy import clock, db, zones
from academy.errors import NotFound
from academy.people.actor import Actor, signed_in_actor
from academy.web.limits import Limit
from alumni.mentoring import pair_queries, rules
from alumni.mentoring.models import Mentorship
from alumni.moderation import silence
from alumni.profiles import queries as profiles
from alumni.profiles.queries import Byline
from alumni.profiles.viewers import Viewer, is_of_the_network, viewer_of
from courses import facts

bp = Blueprint("mentoring", __name__)
INVALID = 422
ASKS = Limit("mentoring asks", times=20, seconds=24 * 60 * 60)


def page(name: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page of mentoring."""
    return render_template(f"alumni/mentoring/{name}.html", **values), status


def today() -> date:
    """The day it is in the academy: rests end with it."""
    return zones.home_day(clock.now())


def takes_part(actor: Actor, viewer: Viewer) -> bool:
    """Whether somebody takes a course in a cohort, or holds a certificate."""
    return bool(viewer.cohorts) or bool(facts.certificates_of(db.session, [actor.id])[actor.id])


def may_ask(actor: Actor, viewer: Viewer) -> bool:
    """Whether somebody may ask for a mentor."""
    return rules.may_ask(actor, takes_part=actor.is_alumnus or takes_part(actor, viewer))


def may_look(actor: Actor, viewer: Viewer) -> bool:
    """Whether somebody may see who offers to be a mentor."""
    return is_of_the_network(actor) or may_ask(actor, viewer)


def named(viewer: Viewer, numbers: Collection[int | None]) -> dict[int | None, Byline]:
    """How these members are named to whoever asks."""
    return profiles.named(db.session, viewer, numbers)


def let_write() -> None:
    """Go on unless a decision of the moderators keeps whoever asks from writing."""
    silence.let_write(db.session, signed_in_actor().id, clock.now())


def looking() -> tuple[Actor, Viewer]:
    """Whoever asks, and how they look at others."""
    actor = signed_in_actor()
    return actor, viewer_of(db.session, actor)


def pair_or_404(number: int) -> Mentorship:
    """The pair with this number, for the two themselves alone."""
    found = pair_queries.pair_of(db.session, number)
    if found is None or signed_in_actor().id not in (found.mentor_id, found.mentee_id):
        raise NotFound
    return found
