"""Letters that stop from the letter itself, without signing in: one address for all, answered as RFC 8058 asks.

Letters of notices need nothing more. A feature that queues letters of its own says so once, when the application is
built: `stopping.add(Letters("forum", _l("Letters of the forum"), stop, "forum.choices"))`, and gives each letter the
address: `queue(…, unsubscribe=stopping.address(member.id, "forum", about))`. `queue` then writes both headers
(List-Unsubscribe and List-Unsubscribe-Post); the page shows one button, and a program of a mail service may post there
without any token but the one in the address. `about` says what of it is stopped, such as the number of a topic.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from academy.current import the_settings
from academy.i18n import Text
from academy.i18n import lazy_gettext as _l
from academy.mail.writing import public_url
from academy.notices import service
from academy.notices.kinds import all_kinds
from academy.people.models import ERASED, Member

DAILY_LETTER = "notices.daily"
CHOICES = "notices.choices"


@dataclass(frozen=True, slots=True)
class Letters:
    """Letters of one sort: `stop(session, member_id, about, now)` ends them, `choices` is the page where to choose."""

    name: str
    title: Text
    stop: Callable[[Session, int, str, datetime], None]
    choices: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose letters a link stops, and which."""

    member_id: int
    letters: Letters
    about: str


def add(letters: Letters) -> None:
    """Let letters of this sort be stopped in the application being built."""
    _others()[letters.name] = letters


def address(member_id: int, name: str, about: str = "") -> str:
    """The full address that stops these letters of this member, and does nothing else."""
    return public_url("notices.stop", token=token(member_id, name, about))


def token(member_id: int, name: str, about: str = "") -> str:
    """The signed part of that address."""
    return str(_signer().dumps([member_id, name, *([about] if about else [])]))


def read(token: str) -> Asked | None:
    """What a link asks for; None if it is not ours, or if there are no such letters any more."""
    try:
        member_id, name, *about = _signer().loads(token)
    except BadSignature:
        return None
    letters = _letters(str(name))
    return Asked(int(member_id), letters, str(about[0]) if about else "") if letters else None


def stop(session: Session, asked: Asked, now: datetime) -> None:
    """Stop them; to ask twice changes nothing, and nothing is kept of somebody who was erased."""
    member = session.get(Member, asked.member_id)
    if member is not None and member.state != ERASED:
        asked.letters.stop(session, asked.member_id, asked.about, now)


def _letters(name: str) -> Letters | None:
    kind = all_kinds().get(name)
    if kind is None:
        return _others().get(name)
    return Letters(
        name, kind.title, lambda session, who, _about, _now: service.stop_letters(session, who, name), CHOICES
    )


def _others() -> dict[str, Letters]:
    daily = Letters(
        DAILY_LETTER,
        _l("One letter a day with what is new"),
        lambda session, member_id, _about, _now: service.stop_daily_letter(session, member_id),
        CHOICES,
    )
    others: dict[str, Letters] = current_app.extensions.setdefault("academy.letters", {DAILY_LETTER: daily})
    return others


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(the_settings().secret_key, salt="notices.stop")
