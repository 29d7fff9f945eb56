"""Letters to those who were suspended: they cannot sign in, so the way to object is in the letter."""

from datetime import datetime

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from academy.current import the_settings
from academy.mail.service import Address, queue
from academy.mail.writing import public_url
from academy.people import queries as people
from alumni.moderation.models import Case
from alumni.moderation.words import FAULTS


def suspended(session: Session, case: Case, now: datetime) -> None:
    """Tell somebody that they were suspended, why, and how to ask for a second look."""
    _write(session, case, "moderation_suspended", {"reason": FAULTS.get(case.reason, ""), "words": case.words}, now)


def answered(session: Session, case: Case, now: datetime) -> None:
    """Tell somebody who stays suspended what became of their appeal."""
    _write(session, case, "moderation_answered", {"words": case.appeal_answer}, now)


def _write(session: Session, case: Case, template: str, values: dict[str, object], now: datetime) -> None:
    case.told_at = now
    member = people.member(session, case.owner_id) if case.owner_id is not None else None
    if member is None:
        return
    queue(
        session,
        to=Address(member.email, member.display_name, member.language, member.time_zone),
        template=template,
        values={**values, "link": public_url("moderation.by_letter", token=token_of(case.id, member.id))},
        now=now,
        key=f"{template}:{case.id}:{case.version}",
    )


def token_of(case_id: int, member_id: int) -> str:
    """What lets the receiver of the letter read this one decision, and object to it, without signing in."""
    return str(_signer().dumps([case_id, member_id]))


def read_token(token: str) -> tuple[int, int] | None:
    """The case and the member a token speaks of, or None if it is not ours."""
    try:
        case_id, member_id = _signer().loads(token)
    except BadSignature:
        return None
    return int(case_id), int(member_id)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_settings().secret_key, salt="moderation.appeal")
