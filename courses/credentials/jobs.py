"""What the worker does: sign credentials that wait and lists that are behind or a day old."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from academy import db
from academy.current import the_settings
from academy.jobs import bell
from courses.credentials import documents, keyring, queries, service, signer, statement
from courses.credentials.facts import CredentialFacts, the_source
from courses.credentials.issuer import Issuer, the_issuer
from courses.credentials.models import Credential, SigningKey, StatusList
from courses.credentials.signer import Signer, SignerFailed

log = logging.getLogger("academy.credentials")
BATCH = 25
BATCHES = 20
"""After so many the worker is asked to come again: it may have been told to stop meanwhile."""
LEASE = timedelta(minutes=2)
"""For so long a batch belongs to the worker that began it; then another may take it up."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signs: a signer with a key to hand."""

    signer: Signer
    key: SigningKey
    issuer: Issuer


@dataclass(frozen=True, slots=True)
class Signed:
    """A credential's new bytes; `generation` says of which one, should another have taken its place meanwhile."""

    row: Credential
    document: bytes
    statement: bytes


def pump(now: datetime) -> None:
    """Sign what waits; without a key nothing is signed, and `flask doctor` says so."""
    with db.the_database().reading() as session:
        waiting = _anything(session, now)
    key = _key(now) if waiting else None
    if key is None:
        return
    with signer.at_work() as hand_of:
        _take(hand_of, key)
        hand = Hand(hand_of, key, the_issuer())
        _sign_lists(hand, now)
        for _turn in range(BATCHES):
            if not _sign_some(hand, now):
                return
    bell.ring(the_settings().instance, service.OUTBOX)


def _anything(session: Session, now: datetime) -> bool:
    return bool(_claimable(session, now, 1)) or bool(queries.lists_to_sign(session, now - DAY))


def _key(now: datetime) -> SigningKey | None:
    with db.the_database().reading() as session:
        key = queries.current_key(session)
    if key is not None or not keyring.may_make_itself():
        return key
    with db.the_database().transaction() as session:
        return keyring.create(session, now=now)


def _take(hand: Signer, key: SigningKey) -> None:
    settings = the_settings()
    public = hand.take_key(keyring.path_of(key.name), settings.keys_passphrase, f"{key.did}#{key.name}")
    if public != key.public:
        raise SignerFailed(f"The file of {key.name} holds another key.")


def _sign_some(hand: Hand, now: datetime) -> bool:
    """Sign one batch; says whether there was one."""
    with db.the_database().transaction() as session:
        batch = _claim(session, now)
    if not batch:
        return False
    with db.the_database().reading() as session:
        facts = the_source().facts(session, [row.code for row in batch])
    signed, unsaid = _signed(hand, batch, facts, now), [row for row in batch if row.code not in facts]
    with db.the_database().transaction() as session:
        _keep(session, signed, hand.key, now)
        _give_up(session, unsaid)
    return True


def _claim(session: Session, now: datetime) -> list[Credential]:
    """Take a batch, so that no other worker signs the same at the same time."""
    batch = _claimable(session, now, BATCH)
    for row in batch:
        row.busy_until = now + LEASE
    return batch


def _claimable(session: Session, now: datetime, most: int) -> list[Credential]:
    free = Credential.busy_until.is_(None) | (Credential.busy_until <= now)
    waiting = select(Credential).where(Credential.awaits_since.is_not(None), free)
    oldest = waiting.order_by(Credential.awaits_since, Credential.id).limit(most)
    return list(session.scalars(oldest.with_for_update(skip_locked=True)))


def _signed(
    hand: Hand, batch: Sequence[Credential], facts: Mapping[str, CredentialFacts], now: datetime
) -> list[Signed]:
    told = [row for row in batch if row.code in facts]
    texts = hand.signer.credentials([documents.credential(facts[row.code], row, hand.issuer) for row in told], now)
    messages = [statement.message_of(facts[row.code]) for row in told]
    done = []
    for row, text, message, signature in zip(told, texts, messages, hand.signer.messages(messages), strict=True):
        if isinstance(text, SignerFailed):
            log.error("The credential of %s could not be signed: %s", row.code, text)
        else:
            done.append(Signed(row, text, statement.kept(message, signature)))
    return done


def _keep(session: Session, signed: Sequence[Signed], key: SigningKey, now: datetime) -> None:
    """Keep what still waits for it; nothing of a key that was given up while it signed: another will sign."""
    for each in signed if queries.is_good(session, key.name) else ():
        same = update(Credential).where(
            Credential.id == each.row.id,
            Credential.generation == each.row.generation,
            Credential.awaits_since == each.row.awaits_since,
        )
        values = {
            "document": each.document,
            "statement": each.statement,
            "key_name": key.name,
            "signed_at": now,
            "awaits_since": None,
            "busy_until": None,
        }
        session.execute(same.values(values), execution_options={"synchronize_session": False})


def _give_up(session: Session, rows: Sequence[Credential]) -> None:
    """Let credentials of which nothing may be said wait no more."""
    silent = update(Credential).where(Credential.id.in_([row.id for row in rows]))
    session.execute(silent.values(awaits_since=None, busy_until=None))


def _sign_lists(hand: Hand, now: datetime) -> None:
    with db.the_database().reading() as session:
        behind = queries.lists_to_sign(session, now - DAY)
        wanted = [
            (row, documents.status_list(row.number, queries.revoked_places(session, row.number), hand.issuer, now))
            for row in behind
        ]
    for row, plain in wanted:
        text = hand.signer.status_list(plain)
        with db.the_database().transaction() as session:
            _keep_list(session, row, text, hand.key, now)


def _keep_list(session: Session, row: StatusList, text: bytes, key: SigningKey, now: datetime) -> None:
    """Keep a list, unless another worker kept one meanwhile that knows more, or the key was given up."""
    if not queries.is_good(session, key.name):
        return
    older = update(StatusList).where(StatusList.number == row.number, StatusList.signed_changes <= row.changes)
    session.execute(older.values(document=text, signed_changes=row.changes, signed_at=now, key_name=key.name))


def look_around(now: datetime) -> None:
    """Open another list when half the places are given, and give credentials to certificates that have none."""
    with db.the_database().transaction() as session:
        number = queries.newest_list(session)
        if number is not None and queries.places_given(session, number) >= service.HALF:
            service.open_list(session, number=number + 1, now=now)
        for code in the_source().lacking(session, BATCH * BATCHES):
            service.allot(session, code=code, now=now)
