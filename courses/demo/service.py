"""Let the demo people live their story once, on a site where nobody is yet."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import demonstration
from academy.audit.service import in_order
from academy.current import the_settings
from academy.errors import DomainError
from academy.notices.models import Notice
from courses.demo import queries, story
from courses.demo.world import World

LATELY = timedelta(days=3)


class LoadedAlready(DomainError):
    """The demo people came before."""

    sentence = "The demo people are here already; nothing was changed."


class PeopleAreHere(DomainError):
    """The demo's staff need no second factor and must never stand beside real people."""

    sentence = "There are people on this site already, so the demo people stay out; nothing was changed."


def refuse_if_inhabited(session: Session) -> None:
    """Raise LoadedAlready or PeopleAreHere unless the site is empty."""
    if queries.demo_is_loaded(session):
        raise LoadedAlready
    if queries.people_are_here(session):
        raise PeopleAreHere


def load(session: Session, *, hashes: Mapping[str, str], now: datetime) -> World:
    """Live the story from its beginning until now; `hashes` are the passwords of the five accounts, by key.

    Raises LoadedAlready, PeopleAreHere or CoursesMissing.
    """
    refuse_if_inhabited(session)
    world = World(session, dict(hashes))
    # Features write the addresses in notices with url_for, which wants a request.
    with in_order(session), current_app.test_request_context(base_url=the_settings().public_url, method="POST"):
        for act in story.acts(world, now):
            act.do(act.at)
        session.flush()
        demonstration.tell(session, {key: member.id for key, member in world.members.items()}, now)
    _post_old_letters(session, before=now - LATELY)
    return world


def _post_old_letters(session: Session, *, before: datetime) -> None:
    # What was told long ago was also written long ago: no flood of letters leaves on the first day of the demo.
    old = update(Notice).where(Notice.created_at < before, Notice.mailed_at.is_(None))
    session.execute(old.values(mailed_at=Notice.created_at))
