"""What happens to a profile."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from academy.audit.service import record
from academy.dialects import insert_into
from academy.errors import DomainError
from academy.i18n import lazy_gettext as _l
from academy.markdown import render_member_text
from academy.people.actor import Actor
from academy.people.models import Member
from alumni.profiles import changes, queries, reading
from alumni.profiles.models import FormerHandle, Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.names import key_of, random_handle
from alumni.profiles.sections import Section

MOST_FORMER = 5


class HandleTaken(DomainError):
    """Somebody else has this handle, or had it and kept it."""

    sentence = _l("This address is taken. Please choose another one.")


def ensure(session: Session, member_id: int, now: datetime) -> Profile:
    """A member's profile; if they have none it is made, and shows nothing to anybody."""
    name = session.get_one(Member, member_id).display_name
    new = insert_into(Profile, session.get_bind()).values(
        member_id=member_id,
        handle=random_handle(),
        shown_name=name,
        name_key=key_of(name),
        created_at=now,
        updated_at=now,
    )
    session.execute(new.on_conflict_do_nothing(index_elements=["member_id"]))
    return session.get_one(Profile, member_id)


def save(
    session: Session, *, profile: Profile, section: Section, values: dict[str, Any], by: Actor, now: datetime
) -> None:
    """Let a section of a profile say this; the log keeps that an audience changed, not what was typed."""
    shown = {f"show_{field}" for field in section.audiences}
    if any(getattr(profile, name) != values[name] for name in shown):
        record(session, actor=by, action="profile.audience", now=now, subject=f"member:{profile.member_id}")
    for name in (*section.columns, *shown):
        setattr(profile, name, values[name])
    if section.key == "name":
        name_by(profile, session.get_one(Member, profile.member_id).display_name)
    if section.key == "story":
        profile.story_html = str(render_member_text(values["story"]))
    _replace_rows(session, profile.member_id, section, values)
    _changed(session, profile, now)


def name_by(profile: Profile, display_name: str) -> None:
    """Let a profile bear its pen name or, without one, this name."""
    profile.shown_name = profile.pen_name or display_name
    profile.name_key = key_of(profile.shown_name)


def _replace_rows(session: Session, member_id: int, section: Section, values: dict[str, Any]) -> None:
    if section.terms:
        session.execute(
            delete(ProfileTerm).where(ProfileTerm.member_id == member_id, ProfileTerm.kind.in_(section.terms))
        )
        for kind in section.terms:
            for place, (key, words) in enumerate(values[kind]):
                session.add(ProfileTerm(member_id=member_id, kind=kind, key=key, words=words, place=place))
    if section.key == "languages":
        session.execute(delete(ProfileLanguage).where(ProfileLanguage.member_id == member_id))
        for place, (code, level) in enumerate(values["languages"]):
            session.add(ProfileLanguage(member_id=member_id, code=code, level=level, place=place))
    if section.key == "links":
        session.execute(delete(ProfileLink).where(ProfileLink.member_id == member_id))
        for place, (words, address) in enumerate(values["links"]):
            session.add(ProfileLink(member_id=member_id, place=place, words=words, address=address))


def _changed(session: Session, profile: Profile, now: datetime) -> None:
    profile.updated_at = now
    changes.tell(session, profile.member_id)


def hide(session: Session, *, profile: Profile, hidden: bool, by: Actor, now: datetime) -> None:
    """Let nobody but its owner see anything of a profile, or let it be seen again as far as it was open."""
    if hidden == (profile.hidden_at is not None):
        return
    profile.hidden_at = now if hidden else None
    action = "profile.hidden" if hidden else "profile.shown"
    record(session, actor=by, action=action, now=now, subject=f"member:{profile.member_id}")
    _changed(session, profile, now)


def withhold(session: Session, *, member_id: int, since: datetime | None) -> None:
    """Let moderators keep a profile from being shown, or no longer; its owner still has it."""
    profile = reading.own(session, member_id, to_change=True)
    if profile is not None and (profile.withheld_at is None) != (since is None):
        profile.withheld_at = since
        changes.tell(session, member_id)


def move(session: Session, *, profile: Profile, handle: str, now: datetime) -> None:
    """Give a profile another handle, to which the old one leads; raise HandleTaken."""
    old = profile.handle
    if handle == old:
        return
    # First the handles in use, then the former ones: whoever moves away meanwhile is found among these.
    if queries.has_handle(session, handle) or queries.had_handle(session, handle, but=profile.member_id):
        raise HandleTaken
    session.execute(delete(FormerHandle).where(FormerHandle.handle == handle))
    try:
        with session.begin_nested():
            profile.handle = handle
            session.add(FormerHandle(handle=old, member_id=profile.member_id, since=now))
    except IntegrityError as error:
        raise HandleTaken from error
    for former in reading.former_handles_of(session, profile.member_id)[MOST_FORMER:]:
        session.delete(former)
    _changed(session, profile, now)


def let_go(session: Session, *, member_id: int, handle: str) -> None:
    """Let a former handle of theirs lead nowhere."""
    session.execute(delete(FormerHandle).where(FormerHandle.member_id == member_id, FormerHandle.handle == handle))


def follow_name(session: Session, member: Member) -> None:
    """A member changed their display name: a profile without a pen name bears the new one."""
    profile = reading.own(session, member.id, to_change=True)
    if profile is not None:
        name_by(profile, member.display_name)
        changes.tell(session, member.id)


def forget(session: Session, member_id: int) -> None:
    """Erase a profile and all that hangs on it."""
    profile = reading.own(session, member_id)
    if profile is not None:
        session.delete(profile)
        changes.tell(session, member_id)
