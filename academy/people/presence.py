"""Who is there: sign-ins kept on the server, read together with the member in one query."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, cast

import flask
import flask_login
from flask import Flask, g, request
from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from academy import clock, db
from academy.people import queries
from academy.people.actor import Actor
from academy.people.models import ACTIVE, Member, SignIn

LEARNER_IDLE = timedelta(hours=2)
STAFF_IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
KEPT = timedelta(days=30)
TOUCH_EVERY = timedelta(minutes=5)
IDENTITY = "_user_id"  # where Flask-Login keeps it; read here, because its own way there costs a tenth of a page

# Plain tables: this is asked before every page, and rows are enough.
_member, _sign_in = (cast("Table", model.__table__) for model in (Member, SignIn))
_PRESENT = (
    select(
        _member.c.id,
        _member.c.display_name,
        _member.c.language,
        _member.c.theme,
        _member.c.time_zone,
        _member.c.alumnus_since,
        _member.c.unread,
        _member.c.is_demo,
        _sign_in.c.id.label("sign_in_id"),
        _sign_in.c.second_factor,
        _sign_in.c.created_at,
        _sign_in.c.seen_at,
        _sign_in.c.idle_until,
        _sign_in.c.expires_at,
        queries.ROLES,
    )
    .join(_sign_in, _sign_in.c.member_id == _member.c.id)
    .where(_sign_in.c.token_hash == bindparam("token_hash"), _member.c.state == ACTIVE)
)
_BEGIN = insert(_sign_in)
_WAS_HERE = (
    update(_member).where(_member.c.id == bindparam("whose")).values(signed_in_at=bindparam("at"), warned_at=None)
)


def hash_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, not to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def begin(
    session: Session,
    *,
    member_id: int,
    now: datetime,
    device: str,
    keep: bool = False,
    second_factor: bool = False,
    staff: bool = False,
) -> str:
    """Sign a device in; returns the token for its browser. `keep` lets a learner's last for 30 days."""
    token = secrets.token_urlsafe(32)
    idle, longest = _lives(keep=keep, staff=staff)
    moments = {
        "created_at": now,
        "seen_at": now,
        "proved_at": now,
        "idle_until": now + idle,
        "expires_at": now + longest,
    }
    whose = {"token_hash": hash_of(token), "member_id": member_id, "device": device[:255]}
    session.execute(_BEGIN, {**whose, "second_factor": second_factor, **moments})
    session.execute(_WAS_HERE, {"whose": member_id, "at": now})
    return token


def _lives(*, keep: bool, staff: bool) -> tuple[timedelta, timedelta]:
    """How long a sign-in lasts unused, and at most."""
    if staff:
        return STAFF_IDLE, LONGEST
    return (KEPT, KEPT) if keep else (LEARNER_IDLE, LONGEST)


def actor_of(session: Session, *, token: str, now: datetime) -> Actor | None:
    """The member this token belongs to, unless the sign-in ended or the member may not come in."""
    row = db.rows(session, _PRESENT, {"token_hash": hash_of(token)}).one_or_none()
    if row is None or row.idle_until <= now or row.expires_at <= now:
        return None
    actor = _actor(row)
    if actor.is_staff and now >= min(row.seen_at + STAFF_IDLE, row.created_at + LONGEST):
        return None  # a role was given after this sign-in began: its shorter life counts at once
    if now - row.seen_at > TOUCH_EVERY:
        _touch(row, actor, now)
    return actor


def _actor(row: Any) -> Actor:  # noqa: ANN401  a row of _PRESENT
    return Actor(
        id=row.id,
        display_name=row.display_name,
        language=row.language,
        theme=row.theme,
        time_zone=row.time_zone,
        roles=queries.roles_in(row.roles),
        is_alumnus=row.alumnus_since is not None,
        unread=row.unread,
        sign_in_id=row.sign_in_id,
        second_factor=row.second_factor,
        exempt_from_second_factor=row.is_demo,
    )


def _touch(row: Any, actor: Actor, now: datetime) -> None:  # noqa: ANN401
    # Its own short transaction: reading a page writes nothing else, and a page must not fail for this.
    idle = STAFF_IDLE if actor.is_staff else max(LEARNER_IDLE, row.idle_until - row.seen_at)
    with db.the_database().line() as brief:
        brief.execute(
            update(_sign_in)
            .where(_sign_in.c.id == row.sign_in_id)
            .values(seen_at=now, idle_until=min(now + idle, row.expires_at))
        )


def token_hash_of(session: Session, sign_in_id: int) -> str:
    """What is kept of a sign-in's token: it names the sign-in for good, while numbers may be given out again."""
    return session.scalars(select(SignIn.token_hash).where(SignIn.id == sign_in_id)).one()


def renew(session: Session, *, sign_in_id: int) -> str:
    """Replace the token of a sign-in; returns the new one for its browser."""
    token = secrets.token_urlsafe(32)
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(token_hash=hash_of(token)))
    return token


def end(session: Session, *, member_id: int, sign_in_id: int) -> bool:
    """Sign one device of a member out; says whether there was one."""
    gone = delete(SignIn).where(SignIn.id == sign_in_id, SignIn.member_id == member_id).returning(SignIn.id)
    return session.execute(gone).first() is not None


def end_all(session: Session, *, member_id: int, but: int = 0) -> None:
    """Sign every device of a member out, but for one."""
    session.execute(delete(SignIn).where(SignIn.member_id == member_id, SignIn.id != but))


def proved_at(session: Session, sign_in_id: int) -> datetime | None:
    """When whoever sits at this device last showed that they know the password."""
    return session.scalar(select(SignIn.proved_at).where(SignIn.id == sign_in_id))


def note_proof(session: Session, *, sign_in_id: int, now: datetime, second_factor: bool = False) -> None:
    """Whoever sits at this device has just shown who they are; with `second_factor`, by both means."""
    values: dict[str, Any] = {"proved_at": now, **({"second_factor": True} if second_factor else {})}
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(**values))


class Visitor(flask_login.UserMixin):
    """What Flask-Login puts into the cookie: the token as identity."""

    def __init__(self, token: str) -> None:
        self.token = token

    def get_id(self) -> str:
        """The token: the cookie names a sign-in, never a member."""
        return self.token


def remember(token: str, *, keep: bool = False) -> None:
    """Let the browser at hand carry this sign-in from now on, in a fresh session."""
    flask.session.clear()  # nothing that was there before the sign-in lives on in it
    flask_login.login_user(Visitor(token))
    flask.session.permanent = keep


def forget() -> None:
    """Let the browser at hand carry no sign-in."""
    flask_login.logout_user()
    flask.session.clear()


def init_app(app: Flask) -> None:
    """Find out who asks before every view except static files and health."""
    manager = flask_login.LoginManager(app, add_context_processor=False)
    manager.session_protection = None  # sign-ins live on the server; addresses of phones change by the hour
    manager.user_loader(Visitor)

    @app.before_request
    def find_actor() -> None:
        token = flask.session.get(IDENTITY)
        g.actor = _whose(token) if token and request.endpoint else None


def _whose(token: str) -> Actor | None:
    with db.glance() as session:
        return actor_of(session, token=token, now=clock.now())
