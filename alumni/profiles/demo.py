"""Profiles of the demo's graduates: open, half open, closed, under pen names, in several languages."""

from collections.abc import Iterator, Mapping
from configparser import ConfigParser, SectionProxy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from academy.markdown import render_member_text
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.profiles import changes, service
from alumni.profiles.models import SHOWN_FIELDS, Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.names import key_of
from alumni.profiles.seen import TERMS
from alumni.profiles.topics import TOPICS

PEOPLE = Path(__file__).with_name("demo_people.ini")
COLUMNS = ("country", "town", "field", "organisation", "story", "gender")
OWN_WORDS = "+ "


def tell(session: Session, people: Mapping[str, int], now: datetime) -> None:
    """Let those of them who graduated fill in their profiles."""
    sketches = ConfigParser(interpolation=None, default_section="")
    sketches.read(PEOPLE, encoding="utf-8")
    for turn, key in enumerate(sketches.sections()):
        member = session.get(Member, people[key], populate_existing=True) if key in people else None
        if member is not None and member.alumnus_since is not None:
            _fill(session, member, sketches[key], now - timedelta(days=3 * turn))


def _fill(session: Session, member: Member, sketch: SectionProxy, then: datetime) -> None:
    profile = service.ensure(session, member.id, then)
    profile.handle = sketch.get("handle", profile.handle)
    profile.pen_name = sketch.get("pen", "")
    for column in COLUMNS:
        setattr(profile, column, sketch.get(column, "").strip())
    profile.story_html = str(render_member_text(profile.story))
    service.name_by(profile, member.display_name)
    _open(profile, sketch)
    session.add_all(_rows(member.id, sketch))
    changes.tell(session, member.id)


def _open(profile: Profile, sketch: SectionProxy) -> None:
    shown = dict.fromkeys(SHOWN_FIELDS, sketch["show"])
    shown |= dict(exception.split() for exception in _several(sketch, "but"))
    for field, audience in shown.items():
        setattr(profile, f"show_{field}", int(Audience[audience.upper()]))


def _several(sketch: SectionProxy, name: str) -> list[str]:
    return [each.strip() for each in sketch.get(name, "").split(",") if each.strip()]


def _rows(member_id: int, sketch: SectionProxy) -> Iterator[Any]:
    for kind in TERMS:
        for place, words in enumerate(_several(sketch, kind)):
            yield _term(member_id, kind, place, words)
    for place, spoken in enumerate(_several(sketch, "languages")):
        code, level = spoken.split()
        yield ProfileLanguage(member_id=member_id, code=code, level=level, place=place)
    for place, link in enumerate(_several(sketch, "links")):
        words, _, address = link.rpartition(" ")
        yield ProfileLink(member_id=member_id, place=place, words=words, address=address)


def _term(member_id: int, kind: str, place: int, words: str) -> ProfileTerm:
    own = words.removeprefix(OWN_WORDS)
    key = own if own in TOPICS else key_of(own)
    return ProfileTerm(member_id=member_id, kind=kind, key=key, words="" if own in TOPICS else own, place=place)
