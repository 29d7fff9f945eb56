"""Who may offer, invite, answer, log and confirm; what counts. Pure: no database, no web."""

from collections.abc import Collection
from datetime import datetime, timedelta

from academy.people.actor import OWNER, TRAINER, Actor
from alumni.facilitators.kinds import SessionState
from alumni.facilitators.models import Facilitation

HOUR = 60
LOOKING_BACK = timedelta(days=30)
STEP, LONGEST = 30, 12 * HOUR
"""Lengths are said in half hours, up to half a day."""


def may_offer(actor: Actor) -> bool:
    """Alumni may run sessions."""
    return actor.is_alumnus


def teaches(actor: Actor) -> frozenset[str] | None:
    """The courses to whose cohorts somebody may invite; None means all of them."""
    return None if actor.is_admin else actor.courses_as(OWNER, TRAINER)


def may_invite(actor: Actor) -> bool:
    """Admins, and those who own or train a course, may invite."""
    return teaches(actor) != frozenset()


def looks_after(actor: Actor, session: Facilitation) -> bool:
    """Whoever invited somebody looks after the session, and admins after all."""
    if session.member_id == actor.id:  # nobody confirms their own hours
        return False
    return actor.is_admin or (session.invited_by == actor.id and may_invite(actor))


def may_log(session: Facilitation, now: datetime) -> bool:
    """Hours are logged once the session has begun, and can be said otherwise until they are confirmed."""
    return session.state == SessionState.ACCEPTED and session.at <= now and session.confirmed_at is None


def opens_guide(session: Facilitation, now: datetime) -> bool:
    """Whoever is asked to run a session reads the guide of its course, and a while longer to look back."""
    stands = session.state in {SessionState.INVITED, SessionState.ACCEPTED}
    return stands and session.course_slug is not None and now < session.at + LOOKING_BACK


def waits_for_confirming(session: Facilitation) -> bool:
    """Whether hours were logged that nobody confirmed yet."""
    return session.state == SessionState.ACCEPTED and session.logged is not None and session.confirmed_at is None


def whole_hours(sessions: Collection[Facilitation]) -> int:
    """The whole hours that were confirmed in these sessions together; what is left over is not printed."""
    return sum(each.logged or 0 for each in sessions if each.confirmed_at is not None) // HOUR
