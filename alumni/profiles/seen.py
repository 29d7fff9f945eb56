"""What a viewer sees of profiles: read for many at once, and never more than their owners opened to this viewer."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from markupsafe import Markup
from sqlalchemy import ColumnElement, Subquery, and_, case, or_, select
from sqlalchemy.orm import Session

from academy.people.models import Member
from alumni.graduates import queries as graduates
from alumni.graduates.queries import NetworkCohort
from alumni.profiles.models import Profile, ProfileLanguage, ProfileLink, ProfileTerm
from alumni.profiles.viewers import Viewer, audience_of, distance, sees

PLAIN = ("photo", "country", "town", "field", "organisation")
TERMS = ("skills", "offers", "seeks")
Row = TypeVar("Row", ProfileLanguage, ProfileLink)


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody sees of one member; what is hidden from them is as empty as what was never filled in."""

    member_id: int
    name: str
    handle: str
    photo: str
    country: str
    town: str
    field: str
    organisation: str
    story: Markup
    record: bool
    indexed: bool
    cohorts: Sequence[NetworkCohort]
    languages: Sequence[ProfileLanguage]
    links: Sequence[ProfileLink]
    terms: Mapping[str, Sequence[ProfileTerm]]


def seen_by(session: Session, viewer: Viewer, member_ids: Collection[int]) -> dict[int, Seen]:
    """What this viewer sees of those of these members whose name they may see (five queries for however many)."""
    near = _near(viewer, member_ids)
    languages = _grouped(session, near, ProfileLanguage, "languages")
    links = _grouped(session, near, ProfileLink, "links")
    terms = _terms(session, near)
    rows = session.execute(_profiles(near)).all()
    cohorts = graduates.cohorts_of(session, [row.member_id for row in rows if row.cohort])
    return {
        row.member_id: Seen(
            **{name: getattr(row, name) for name in ("member_id", "name", "handle", *PLAIN, "record", "indexed")},
            story=Markup(row.story),  # noqa: S704  rendered by academy.markdown when it was saved
            cohorts=cohorts.get(row.member_id, []),
            languages=languages[row.member_id],
            links=links[row.member_id],
            terms=terms[row.member_id],
        )
        for row in rows
    }


def _near(viewer: Viewer, member_ids: Collection[int]) -> Subquery:
    """Those of them whose name is seen, and how far from each the viewer stands."""
    near = select(Profile.member_id, distance(viewer).label("away")).join(Member, Member.id == Profile.member_id)
    return near.where(Profile.member_id.in_(member_ids), sees(viewer)).subquery()


def _profiles(near: Subquery) -> Any:  # noqa: ANN401  a statement of many columns
    open_to = {field: audience_of(field) >= near.c.away for field in (*PLAIN, "story", "cohort", "record")}
    shown = (case((open_to[field], getattr(Profile, field)), else_="").label(field) for field in PLAIN)
    return select(
        Profile.member_id,
        Profile.shown_name.label("name"),
        Profile.handle,
        Profile.indexed,
        case((open_to["story"], Profile.story_html), else_="").label("story"),
        open_to["cohort"].label("cohort"),
        open_to["record"].label("record"),
        *shown,
    ).join(near, near.c.member_id == Profile.member_id)


def _grouped(session: Session, near: Subquery, model: type[Row], field: str) -> dict[int, list[Row]]:
    theirs = select(model).join(near, near.c.member_id == model.member_id)
    theirs = theirs.join(Profile, Profile.member_id == model.member_id).where(audience_of(field) >= near.c.away)
    found: dict[int, list[Row]] = defaultdict(list)
    for row in session.scalars(theirs.order_by(model.member_id, model.place)):
        found[row.member_id].append(row)
    return found


def _terms(session: Session, near: Subquery) -> dict[int, dict[str, list[ProfileTerm]]]:
    theirs = select(ProfileTerm).join(near, near.c.member_id == ProfileTerm.member_id)
    theirs = theirs.join(Profile, Profile.member_id == ProfileTerm.member_id)
    found: dict[int, dict[str, list[ProfileTerm]]] = defaultdict(lambda: {kind: [] for kind in TERMS})
    kinds: list[ColumnElement[bool]] = [
        and_(ProfileTerm.kind == kind, audience_of(kind) >= near.c.away) for kind in TERMS
    ]
    rows = session.scalars(theirs.where(or_(*kinds)).order_by(ProfileTerm.member_id, ProfileTerm.place))
    for row in rows:
        found[row.member_id][row.kind].append(row)
    return found
