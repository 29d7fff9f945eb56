"""New people: those whose name was opened since the last letter, as far as each reader may see them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.models import Member
from alumni.audiences import Audience
from alumni.digest.models import DigestPerson
from alumni.digest.pieces import MOST_LINES, Line, Piece, Reader
from alumni.profiles.models import Profile, ProfileTerm
from alumni.profiles.topics import TOPICS
from alumni.profiles.viewers import audience_of, distance, is_open, sees

OFFERS_TOLD = 3


def note(session: Session) -> None:
    """Note whose name is open now and was not before; the moment of their last change is when they opened it."""
    new = (
        select(Profile.member_id, Profile.updated_at)
        .join(Member, Member.id == Profile.member_id)
        .outerjoin(DigestPerson, DigestPerson.member_id == Profile.member_id)
        .where(is_open(), Profile.show_name > Audience.ME, DigestPerson.member_id.is_(None))
    )
    session.execute(insert(DigestPerson).from_select(["member_id", "open_since"], new))


def _lines(session: Session, reader: Reader) -> Sequence[Line]:
    new = (
        select(Profile.member_id, Profile.handle, Profile.shown_name)
        .join(Member, Member.id == Profile.member_id)
        .join(DigestPerson, DigestPerson.member_id == Profile.member_id)
        .where(DigestPerson.open_since > reader.since, DigestPerson.open_since <= reader.now)
        .where(Profile.member_id != reader.viewer.member_id, sees(reader.viewer))
        .order_by(DigestPerson.open_since.desc(), Profile.member_id)
    )
    rows = session.execute(new.limit(MOST_LINES)).all()
    offers = _offers(session, reader, [row.member_id for row in rows])
    return [Line(row.shown_name, f"/alumni/members/{row.handle}", offers.get(row.member_id, "")) for row in rows]


def _offers(session: Session, reader: Reader, member_ids: Collection[int]) -> dict[int, str]:
    if not member_ids:
        return {}
    theirs = (
        select(ProfileTerm.member_id, ProfileTerm.key, ProfileTerm.words)
        .join(Profile, Profile.member_id == ProfileTerm.member_id)
        .where(ProfileTerm.member_id.in_(member_ids), ProfileTerm.kind == "offers")
        .where(audience_of("offers") >= distance(reader.viewer), ProfileTerm.place < OFFERS_TOLD)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(theirs.order_by(ProfileTerm.place)):
        found[row.member_id].append(row.words or str(TOPICS.get(row.key, row.key)))
    return {number: _("Can help with: %(list)s", list=", ".join(words)) for number, words in found.items()}


def forget(session: Session, member_id: int) -> None:
    """Forget since when somebody was there."""
    known = session.get(DigestPerson, member_id)
    if known is not None:
        session.delete(known)
        session.flush()


def known_since(session: Session, member_id: int) -> datetime | None:
    """Since when somebody's name has been open."""
    return session.scalar(select(DigestPerson.open_since).where(DigestPerson.member_id == member_id))


PEOPLE = Piece(_l("New people"), 10, "/alumni/", _lines)
