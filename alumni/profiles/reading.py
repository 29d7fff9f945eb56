"""What stands in a section of somebody's own profile, in the shape in which its form says it."""

import hashlib
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from alumni.profiles.models import FormerHandle, Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.sections import Section

Values = dict[str, Any]


def own(session: Session, member_id: int, *, to_change: bool = False) -> Profile | None:
    """A member's own profile; held until the end of the transaction when it is to be changed."""
    theirs = select(Profile).where(Profile.member_id == member_id)
    return session.scalar(theirs.with_for_update() if to_change else theirs)


def read(session: Session, profile: Profile, section: Section) -> Values:
    """What stands in this section."""
    values: Values = {column: getattr(profile, column) for column in section.columns}
    values |= {f"show_{field}": getattr(profile, f"show_{field}") for field in section.audiences}
    if section.terms:
        values |= {kind: [] for kind in section.terms}
        for term in terms_of(session, profile.member_id):
            if term.kind in section.terms:
                values[term.kind].append([term.key, term.words])
    if section.key == "languages":
        values["languages"] = [[each.code, each.level] for each in languages_of(session, profile.member_id)]
    if section.key == "links":
        values["links"] = [[each.words, each.address] for each in links_of(session, profile.member_id)]
    return values


def print_of(values: Values) -> str:
    """A short text that is another one as soon as anything in the section is."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def terms_of(session: Session, member_id: int) -> list[ProfileTerm]:
    """A member's terms of every kind."""
    theirs = select(ProfileTerm).where(ProfileTerm.member_id == member_id)
    return list(session.scalars(theirs.order_by(ProfileTerm.kind, ProfileTerm.place)))


def languages_of(session: Session, member_id: int) -> list[ProfileLanguage]:
    """A member's languages."""
    theirs = select(ProfileLanguage).where(ProfileLanguage.member_id == member_id)
    return list(session.scalars(theirs.order_by(ProfileLanguage.place)))


def links_of(session: Session, member_id: int) -> list[ProfileLink]:
    """A member's links."""
    return list(
        session.scalars(select(ProfileLink).where(ProfileLink.member_id == member_id).order_by(ProfileLink.place))
    )


def former_handles_of(session: Session, member_id: int) -> list[FormerHandle]:
    """A member's former handles, the latest first."""
    theirs = select(FormerHandle).where(FormerHandle.member_id == member_id)
    return list(session.scalars(theirs.order_by(FormerHandle.since.desc(), FormerHandle.handle)))
