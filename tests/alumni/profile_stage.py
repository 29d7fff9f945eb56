"""Makers of profiles."""

from collections.abc import Sequence
from typing import Any

from flask import has_app_context
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.audiences import Audience
from alumni.profiles import changes, service
from alumni.profiles.models import SHOWN_FIELDS, Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.names import key_of
from tests.makers import LONG_AGO


def profile(
    session: Session,
    who: Member,
    *,
    show: Audience = Audience.NETWORK,
    languages: Sequence[tuple[str, str]] = (),
    links: Sequence[tuple[str, str]] = (),
    **fields: Any,
) -> Profile:
    """A member's profile, open as far as `show`; `show_<field>` opens or closes one field, the rest fills columns.

    `languages` are pairs of code and level, `links` of words and address; the three kinds of terms lists of words.
    """
    made = service.ensure(session, who.id, LONG_AGO)
    for kind in ("skills", "offers", "seeks"):
        words = fields.pop(kind, ())
        session.add_all(_term(who.id, kind, place, each) for place, each in enumerate(words))
    session.add_all(_language(who.id, place, *each) for place, each in enumerate(languages))
    session.add_all(_link(who.id, place, *each) for place, each in enumerate(links))
    opened = {f"show_{field}": int(show) for field in SHOWN_FIELDS}
    for name, value in {**opened, **fields}.items():
        setattr(made, name, value)
    made.shown_name = made.pen_name or who.display_name
    made.name_key = key_of(made.shown_name)
    if has_app_context():  # features that keep something of it are told, as they are by the pages
        changes.tell(session, who.id)
    session.commit()
    return made


def _term(member_id: int, kind: str, place: int, words: str) -> ProfileTerm:
    return ProfileTerm(member_id=member_id, kind=kind, key=key_of(words), words=words, place=place)


def _language(member_id: int, place: int, code: str, level: str) -> ProfileLanguage:
    return ProfileLanguage(member_id=member_id, code=code, level=level, place=place)


def _link(member_id: int, place: int, words: str, address: str) -> ProfileLink:
    return ProfileLink(member_id=member_id, place=place, words=words, address=address)
