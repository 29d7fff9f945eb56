"""The keys that sign: made, changed for others, given up. Their private halves stay in files; every step is audited."""

import os
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy import db
from academy.audit.service import record
from academy.current import the_settings
from academy.jobs import pokes
from academy.settings import LOCAL
from courses.credentials import queries, service, signer
from courses.credentials.addresses import did_of
from courses.credentials.models import Credential, KeyState, SigningKey, StatusList
from courses.credentials.refusals import (
    KeyExists,
    KeyIsCurrent,
    KeyIsGone,
    NoKey,
    NoSuchKey,
    SomebodyWasQuicker,
)

FOLDER_OF_ONE = 0o700


@dataclass(frozen=True, slots=True)
class Lost:
    """How many credentials a step concerns: they are signed anew by the worker."""

    credentials: int


def path_of(name: str) -> Path:
    """Where the private half of a key is."""
    return the_settings().keys / f"{name}.pem"


def may_make_itself() -> bool:
    """Whether a key is made when it is first needed: where people only try the site, and nobody else relies on it."""
    settings = the_settings()
    return settings.development or urlsplit(settings.public_url).hostname in LOCAL


def create(session: Session, *, now: datetime) -> SigningKey:
    """Make the first key; raise KeyExists when there is one that signs."""
    if queries.current_key(session) is not None:
        raise KeyExists
    return _make(session, now)


def rotate(session: Session, *, now: datetime) -> SigningKey:
    """Let another key sign from now on. What the former signed stays good; its private half is destroyed."""
    former = _end_current(session, KeyState.ROTATED, now)
    fresh = _make(session, now)
    _note(session, "key.rotated", former, now)
    return fresh


def retire(session: Session, *, name: str, now: datetime) -> Lost:
    """Let nothing be accepted any more that an old key signed: its credentials are signed anew by the current one."""
    key = _known(session, name)
    if key.state == KeyState.CURRENT:
        raise KeyIsCurrent
    if key.state != KeyState.ROTATED:
        raise KeyIsGone
    key.state, key.ended_at = KeyState.RETIRED, now
    again = update(Credential).where(Credential.key_name == name, Credential.document.is_not(None))
    concerned = session.execute(again.values(awaits_since=now).returning(Credential.id)).all()
    _follow(session, "key.retired", key, now)
    return Lost(len(concerned))


def revoke(session: Session, *, name: str, now: datetime) -> Lost:
    """Give up a key that somebody else may have: it is published no more, and what it signed gets other credentials."""
    key = _known(session, name)
    if key.state == KeyState.REVOKED:
        raise KeyIsGone
    was_current = key.state == KeyState.CURRENT
    key.state, key.ended_at = KeyState.REVOKED, now
    session.flush()
    _destroy_later(key.name)
    if was_current:
        _make(session, now)
    concerned = service.replace_all_of_key(session, key_name=name, now=now)
    _follow(session, "key.revoked", key, now)
    return Lost(concerned)


def _follow(session: Session, action: str, key: SigningKey, now: datetime) -> None:
    """Lists that the key signed are signed anew too, and the act is written down."""
    lists = update(StatusList).where(StatusList.key_name == key.name)
    session.execute(lists.values(changes=StatusList.changes + 1))
    pokes.after_commit(service.OUTBOX)
    _note(session, action, key, now)


def _known(session: Session, name: str) -> SigningKey:
    key = queries.key_named(session, name)
    if key is None:
        raise NoSuchKey
    return key


def _end_current(session: Session, state: KeyState, now: datetime) -> SigningKey:
    key = queries.current_key(session)
    if key is None:
        raise NoKey
    key.state, key.ended_at = state, now
    session.flush()
    _destroy_later(key.name)
    return key


def _make(session: Session, now: datetime) -> SigningKey:
    folder = the_settings().keys
    folder.mkdir(mode=FOLDER_OF_ONE, parents=True, exist_ok=True)
    name = _free_name(session, now)
    with signer.at_work() as hand:
        public = hand.make_key(path_of(name), the_settings().keys_passphrase)
    made = SigningKey(
        name=name, did=did_of(the_settings().public_url), public=public, state=KeyState.CURRENT, made_at=now
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        _destroy(name)
        raise SomebodyWasQuicker from error
    pokes.after_commit(service.OUTBOX)
    _note(session, "key.created", made, now)
    return made


def _free_name(session: Session, now: datetime) -> str:
    """Year and number; a file left by somebody who made a key and died before saying so keeps its name."""
    taken = {key.name for key in queries.keys(session)}
    number = 1
    while (name := f"key-{now.year}-{number}") in taken or path_of(name).exists():
        number += 1
    return name


def _destroy_later(name: str) -> None:
    """Destroy a private half once it is committed that it signs no more."""
    db.after_commit(partial(_destroy, name))


def _destroy(name: str) -> None:
    """Overwrite and remove a private half; where files are kept in copies this is only a beginning."""
    path = path_of(name)
    if not path.exists():
        return
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def _note(session: Session, action: str, key: SigningKey, now: datetime) -> None:
    record(session, actor=None, action=action, now=now, subject=f"key:{key.name}")
