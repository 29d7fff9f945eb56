"""The second factor: time codes of an app on the phone, and recovery codes on paper."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.later import loaded
from academy.people import queries
from academy.people.keys import key_for
from academy.people.models import Member, RecoveryCode, SecondFactorLift

STEP = 30
CODES = 10
CODE_LENGTH = 12
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
NONCE = 12
LIFT_WAITS = timedelta(hours=24)


class WrongCode(DomainError):
    """The code is wrong, old, or was used before."""

    sentence = _l("This code is not right, or it was used already. Wait for the next one and try again.")


class SecondAdminNeeded(DomainError):
    """The same admin cannot ask and agree, and nobody can lift their own."""

    sentence = _l("Another admin has to agree: nobody lifts a second factor alone, and nobody their own.")


def candidate_seed(member: Member, device: str) -> str:
    """The seed on offer at one sign-in (named by its token's hash), made from the site's secret: GET keeps nothing."""
    key = key_for(f"totp-candidate:{member.id}:{device}:{member.totp_last_step}", length=20)
    return base64.b32encode(key).decode()


def address_of(seed: str, *, account: str, site: str) -> str:
    """What the QR code holds."""
    return pyotp.TOTP(seed).provisioning_uri(name=account, issuer_name=site)


def set_up(session: Session, *, member: Member, seed: str, code: str, now: datetime) -> list[str]:
    """Turn the second factor on; returns the recovery codes, which are never shown again. Raises WrongCode."""
    step = _step_of(seed, code, now)
    if step is None:
        raise WrongCode
    member.totp_seed = _sealed(member.id, seed)
    member.totp_last_step = step
    return renew_recovery_codes(session, member=member)


def renew_recovery_codes(session: Session, *, member: Member) -> list[str]:
    """Ten new codes; the old ones work no more."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    session.add_all(RecoveryCode(member_id=member.id, code_hash=_code_hash(member.id, code)) for code in codes)
    session.flush()
    return ["-".join(code[at : at + 4] for at in range(0, CODE_LENGTH, 4)) for code in codes]


def accept(session: Session, *, member: Member, code: str, now: datetime) -> None:
    """Take a time code or a recovery code; each works once. Raises WrongCode."""
    plain = "".join(char for char in code.upper() if char.isalnum())
    accepted = _accept_time_code(session, member, plain, now) or _accept_recovery_code(session, member.id, plain, now)
    if not accepted:
        raise WrongCode


def _accept_time_code(session: Session, member: Member, code: str, now: datetime) -> bool:
    if member.totp_seed is None:
        return False
    step = _step_of(_opened(member.id, member.totp_seed), code, now)
    if step is None:
        return False
    later = update(Member).where(Member.id == member.id, Member.totp_last_step < step).values(totp_last_step=step)
    return session.execute(later.returning(Member.id)).first() is not None


def _accept_recovery_code(session: Session, member_id: int, code: str, now: datetime) -> bool:
    once = (
        update(RecoveryCode)
        .where(
            RecoveryCode.member_id == member_id,
            RecoveryCode.code_hash == _code_hash(member_id, code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    )
    return session.execute(once).first() is not None


def remove(session: Session, *, member: Member) -> None:
    """Turn the second factor off."""
    member.totp_seed = None
    session.execute(delete(RecoveryCode).where(RecoveryCode.member_id == member.id))
    session.execute(delete(SecondFactorLift).where(SecondFactorLift.member_id == member.id))


def lift(session: Session, *, member: Member, by: int, now: datetime) -> bool:
    """Ask for somebody's second factor to be lifted, or agree and lift it; says whether it is lifted now."""
    if by == member.id:
        raise SecondAdminNeeded
    asked = queries.lift_of(session, member.id)
    if asked is None or now - asked.asked_at > LIFT_WAITS:
        session.execute(delete(SecondFactorLift).where(SecondFactorLift.member_id == member.id))
        session.add(SecondFactorLift(member_id=member.id, asked_by=by, asked_at=now))
        return False
    if asked.asked_by == by:
        raise SecondAdminNeeded
    remove(session, member=member)
    return True


def _step_of(seed: str, code: str, now: datetime) -> int | None:
    """The step this code belongs to: the present one or the one before."""
    present = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(seed)
    fitting = [step for step in (present, present - 1) if hmac.compare_digest(totp.generate_otp(step), _ascii(code))]
    return fitting[0] if fitting else None


def _ascii(code: str) -> str:
    # Digits may be typed in the reader's own script.
    digits = "".join(str(int(char)) if char.isdecimal() else char for char in code if not char.isspace())
    return digits if digits.isascii() else ""


def _code_hash(member_id: int, code: str) -> str:
    return hmac.new(key_for("recovery-code"), f"{member_id}:{code}".encode(), hashlib.sha256).hexdigest()


def _sealed(member_id: int, seed: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + bytes(_cipher().encrypt(nonce, seed.encode(), str(member_id).encode()))


def _opened(member_id: int, sealed: bytes) -> str:
    return str(_cipher().decrypt(sealed[:NONCE], sealed[NONCE:], str(member_id).encode()), "utf-8")


def _cipher() -> Any:  # noqa: ANN401  loaded by those alone who have a second factor
    return loaded("cryptography.hazmat.primitives.ciphers.aead:AESGCM")(key_for("totp-seed"))
