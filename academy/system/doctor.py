"""What is wrong with this installation, in plain sentences."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import exists, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from academy import db, sqlite
from academy.current import the_settings
from academy.jobs import running
from academy.mail import queries as mail
from academy.mail.faults import meaning
from academy.people.actor import ADMIN
from academy.people.models import ACTIVE, Member, RoleGrant
from academy.system import revisions
from academy.web import limits

LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})
GIBIBYTE = 1024**3
SILENCE = timedelta(minutes=5)
STUCK = timedelta(hours=1)
FEWEST_DIFFERENT = 10
OTHERS_MAY = 0o077

Check = Callable[[], str]


def add(check: Check) -> None:
    """Let a feature's own check be made too; it returns a sentence, or '' when all is well."""
    current_app.extensions.setdefault("academy.doctor", []).append(check)


def complaints(now: datetime) -> Iterator[str]:
    """Everything that is wrong, one sentence each."""
    yield from filter(None, (_sqlite(), _redis(), _mail_server(), _secret(), _public_url(), _disk(), _privacy()))
    try:
        yield from _about_the_database(now)
    except SQLAlchemyError:
        yield "The database does not answer, or its tables are missing."
    checks: list[Check] = current_app.extensions.get("academy.doctor", [])
    yield from filter(None, (check() for check in checks))


def _about_the_database(now: datetime) -> Iterator[str]:
    with db.the_database().reading() as session:
        if revisions.revision_in(session) != revisions.head():
            yield "The tables are not those of this version; run: flask db upgrade"
            return
        yield from filter(None, (_worker(session, now), _demo(session), _admin(session)))
        yield from _outboxes(session, now)


def _sqlite() -> str:
    return sqlite.warning(the_settings().database_url)


def _redis() -> str:
    if not the_settings().redis_url or limits.answers():
        return ""
    return "Redis (ACADEMY_REDIS_URL) does not answer, so tries are counted in the database meanwhile."


def _mail_server() -> str:
    if the_settings().smtp_url:
        return ""
    return "No mail server is set (ACADEMY_SMTP_URL), so letters wait and admins have to read them at /admin/letters."


def _secret() -> str:
    if len(set(the_settings().secret_key)) >= FEWEST_DIFFERENT:
        return ""
    return "ACADEMY_SECRET_KEY is easy to guess; use one made at random."


def _is_local() -> bool:
    return urlsplit(the_settings().public_url).hostname in LOCAL


def _public_url() -> str:
    if the_settings().secure or _is_local():
        return ""
    return "ACADEMY_PUBLIC_URL does not begin with https://, so passwords travel where others can read them."


def _disk() -> str:
    free = shutil.disk_usage(the_settings().instance).free
    return "" if free >= GIBIBYTE else f"Only {free // 1024**2} MB are free on the disk of {the_settings().instance}."


def _privacy() -> str:
    folder = the_settings().instance
    if not folder.stat().st_mode & OTHERS_MAY:
        return ""
    return f"Other users of this machine may look into {folder}; run: chmod 700 {folder}"


def _worker(session: Session, now: datetime) -> str:
    seen = running.worker_seen_at(session)
    if seen is None:
        return "The worker has never run, so letters do not leave; start it with: flask worker"
    if now - seen < SILENCE:
        return ""
    return f"The worker was last seen at {seen:%Y-%m-%d %H:%M} UTC; start it with: flask worker"


def _demo(session: Session) -> str:
    if _is_local() or not session.scalar(select(exists().where(Member.is_demo, Member.state == ACTIVE))):
        return ""
    return "Demo people can sign in at a public address; erase them, or start over with DEMO=0."


def _admin(session: Session) -> str:
    if session.scalar(select(exists().where(RoleGrant.role == ADMIN))):
        return ""
    return "Nobody is admin; run: flask users create EMAIL --role admin"


def _outboxes(session: Session, now: datetime) -> Iterator[str]:
    if mail.any_failed(session):
        yield "Some letters were given up; see /admin/letters for the reasons."
    if the_settings().smtp_url and mail.any_waiting_since(session, now - STUCK):
        yield "Letters have waited for more than an hour although a mail server is set; see /admin/letters."
        if trouble := mail.latest_trouble(session, now):
            yield f"{meaning(trouble)} ({trouble})"
    if names := sorted(set(running.given_up(session))):
        yield f"Some work failed too often and was given up: {', '.join(names)}."
