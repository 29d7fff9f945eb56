"""Reads of profiles that other features build on."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, case, false, func, select
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.people.models import ACTIVE, Member
from academy.uploads.models import Upload
from alumni.profiles.models import FormerHandle, Profile, ProfilePhoto
from alumni.profiles.names import may_be_handle
from alumni.profiles.viewers import AnyViewer, Viewer, distance, sees


@dataclass(frozen=True, slots=True)
class Byline:
    """Somebody who shows themselves by what they do: the name they chose for it.

    `name` is '' for whoever is no longer there, and for whoever hides from this viewer (`hides`). `handle` is '' unless
    the viewer may open their profile, `photo` unless the viewer may see it too.
    """

    member_id: int
    name: str
    handle: str = ""
    photo: str = ""
    hides: bool = False

    @property
    def called(self) -> str:
        """The name, or what stands for whoever hides or is no longer there."""
        return self.name or (_("A member") if self.hides else _("A former member"))


Acquaintances = Callable[[Session, int, Collection[int]], Collection[int]]


def add_acquaintances(known: Acquaintances) -> None:
    """Let those whom a member knows already be named to them even while they hide.

    `known` says which of some members this member knows, such as those whom they write to.
    """
    _acquaintances().append(known)


def naming(viewer: Viewer | AnyViewer) -> tuple[ColumnElement[Any], ...]:
    """What a byline is made of: the columns `name`, `hides`, `handle` and `photo`.

    They are for queries that join Member and Profile; `hides` says that others are not to read the name.
    """
    seen, photo = sees(viewer), Profile.show_photo >= distance(viewer)
    name = func.coalesce(func.nullif(Profile.shown_name, ""), Member.display_name)
    return (
        case((Member.state == ACTIVE, name), else_="").label("name"),
        ((Member.state == ACTIVE) & _is_shut()).label("hides"),
        case((seen, Profile.handle), else_="").label("handle"),
        case((seen & photo, Profile.photo), else_="").label("photo"),
    )


def bylines(session: Session, viewer: Viewer, member_ids: Collection[int]) -> dict[int, Byline]:
    """How these people, who wrote, invited or offered something, are named to this viewer.

    One query, and a few more while any of them hides: then only those who know them already read their name, whatever
    they did before or do meanwhile. For people who are merely listed (members of a group, guests of an event) ask
    `visible_among` first.
    """
    rows = session.execute(
        select(Member.id, *naming(viewer))
        .outerjoin(Profile, Profile.member_id == Member.id)
        .where(Member.id.in_(member_ids))
    )
    found = {row.id: Byline(row.id, row.name, row.handle, row.photo, hides=bool(row.hides)) for row in rows}
    hiding = {each.member_id for each in found.values() if each.hides and each.member_id != viewer.member_id}
    for member_id in hiding - _known_to(session, viewer, hiding):
        found[member_id] = Byline(member_id, "", hides=True)
    return {member_id: found.get(member_id, Byline(member_id, "")) for member_id in member_ids}


def _is_shut() -> ColumnElement[bool]:
    shut = Profile.hidden_at.is_not(None) | Profile.withheld_at.is_not(None)
    return func.coalesce(shut, false())


def _known_to(session: Session, viewer: Viewer, member_ids: Collection[int]) -> set[int]:
    if viewer.member_id is None or not member_ids:
        return set()
    return {each for known in _acquaintances() for each in known(session, viewer.member_id, member_ids)}


def _acquaintances() -> list[Acquaintances]:
    ways: list[Acquaintances] = current_app.extensions.setdefault("profiles.acquaintances", [])
    return ways


def named(session: Session, viewer: Viewer, member_ids: Collection[int | None]) -> dict[int | None, Byline]:
    """The same for columns that may be empty: None stands for somebody who is no longer there."""
    there = {number for number in member_ids if number is not None}
    nobody: dict[int | None, Byline] = {None: Byline(0, "")}
    return nobody | dict(bylines(session, viewer, there).items())


def visible_among(session: Session, viewer: Viewer, member_ids: Collection[int], *fields: str) -> set[int]:
    """Those of these members whose name, and these fields, the viewer may see."""
    theirs = select(Profile.member_id).join(Member, Member.id == Profile.member_id)
    return set(session.scalars(theirs.where(Profile.member_id.in_(member_ids), sees(viewer, *fields))))


def member_behind(session: Session, viewer: Viewer, handle: str) -> int | None:
    """The number of the member with this handle, if the viewer may see their name."""
    if not may_be_handle(handle):
        return None
    theirs = select(Profile.member_id).join(Member, Member.id == Profile.member_id)
    return session.scalar(theirs.where(Profile.handle == handle, sees(viewer)))


def member_formerly_behind(session: Session, viewer: Viewer, handle: str) -> str:
    """The handle to which this former one leads, if the viewer may see the name of whoever had it; else ''."""
    if not may_be_handle(handle):
        return ""
    theirs = select(Profile.handle).join(FormerHandle, FormerHandle.member_id == Profile.member_id)
    theirs = theirs.join(Member, Member.id == Profile.member_id)
    return session.scalar(theirs.where(FormerHandle.handle == handle, sees(viewer))) or ""


def has_handle(session: Session, handle: str) -> bool:
    """Whether anybody has this handle now."""
    return session.scalar(select(Profile.member_id).where(Profile.handle == handle)) is not None


def had_handle(session: Session, handle: str, *, but: int) -> bool:
    """Whether anybody but this member had this handle and kept it."""
    theirs = select(FormerHandle.member_id).where(FormerHandle.handle == handle, FormerHandle.member_id != but)
    return session.scalar(theirs) is not None


def photo_of(session: Session, viewer: Viewer, handle: str, digest: str, name: str) -> Upload | None:
    """A file of the photo behind this address, if the viewer may see it."""
    if not (may_be_handle(handle) and may_be_handle(digest)):
        return None
    files = select(Upload).join(ProfilePhoto, ProfilePhoto.upload_id == Upload.id)
    files = files.join(Profile, Profile.member_id == ProfilePhoto.member_id)
    files = files.join(Member, Member.id == Profile.member_id)
    there = Profile.handle == handle, Profile.photo == digest, ProfilePhoto.name == name
    return session.scalar(files.where(*there, sees(viewer, "photo")))


def photos_held(session: Session, upload_ids: Collection[int]) -> set[int]:
    """Which of these files belong to a photo."""
    return set(session.scalars(select(ProfilePhoto.upload_id).where(ProfilePhoto.upload_id.in_(upload_ids))))
