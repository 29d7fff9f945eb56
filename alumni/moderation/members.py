"""A member's profile as something that can be reported: what moderators read of it, and keep from being shown."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor
from alumni.audiences import Audience
from alumni.moderation.subjects import HIDE, Act, Subject, add_subject
from alumni.profiles import parts, queries, reading, service
from alumni.profiles.seen import seen_by
from alumni.profiles.showing import in_words
from alumni.profiles.viewers import Viewer, viewer_of

KIND = "profile"
MODERATORS = Viewer(None, Audience.NETWORK)
"""Whoever moderates reads what the network may read, not more."""


def init_app() -> None:
    """Let profiles be reported, from their own page."""
    acts = {HIDE: Act(_hide, _show)}
    add_subject(Subject(KIND, _l("A profile"), _may_report, _page, _excerpt, _owner, acts, find=_called))
    parts.add_act(parts.Act(_l("Report"), lambda handle: url_for("profiles.report", handle=handle), parts.of_another))


def _called(session: Session, actor: Actor, handle: str) -> int | None:
    return queries.member_behind(session, viewer_of(session, actor), handle)


def _may_report(session: Session, actor: Actor, number: int) -> bool:
    return actor.id != number and bool(queries.visible_among(session, viewer_of(session, actor), [number]))


def _page(session: Session, number: int) -> str:
    profile = reading.own(session, number)
    return url_for("profiles.show", handle=profile.handle) if profile is not None else ""


def _excerpt(session: Session, number: int) -> str:
    seen = seen_by(session, MODERATORS, [number]).get(number)
    profile = reading.own(session, number)
    if seen is None or profile is None:
        return ""
    story = profile.story if seen.story else ""
    words = [" · ".join(each.text for each in some) for some in in_words(seen).values() if some]
    links = [f"{link.words} {link.address}".strip() for link in seen.links]
    return "\n\n".join(filter(None, (seen.name, *words, story, *links)))


def _owner(session: Session, number: int) -> int | None:
    profile = reading.own(session, number)
    return profile.member_id if profile is not None else None


def _hide(session: Session, number: int, now: datetime) -> None:
    service.withhold(session, member_id=number, since=now)


def _show(session: Session, number: int, now: datetime) -> None:
    del now
    service.withhold(session, member_id=number, since=None)
