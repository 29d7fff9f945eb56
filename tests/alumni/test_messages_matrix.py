"""Who may write to whom first: every audience of the name, every choice, every writer, against a plain table."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy import clock
from academy.people.actor import Actor
from academy.people.models import Member, Minor
from academy.people.queries import as_actor
from alumni.audiences import Audience
from alumni.blocks import service as blocks
from alumni.messages import people, talking
from alumni.profiles.models import Profile
from alumni.profiles.viewers import viewer_of
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni.message_stage import alumna
from tests.courses import certified, places

CHOICES = (None, Audience.ME, Audience.COHORT, Audience.NETWORK)
TABLE: Mapping[str, Mapping[Audience | None, set[int]]] = {
    # who writes: for each choice of the one who is written to, the audiences of the name that let it through
    "a stranger": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: set()},
    "a learner of her cohort": {
        None: {1, 2, 3},
        Audience.ME: set(),
        Audience.COHORT: {1, 2, 3},
        Audience.NETWORK: {1, 2, 3},
    },
    "an alumna": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: {2, 3}},
    "an alumna of her cohort": {
        None: {1, 2, 3},
        Audience.ME: set(),
        Audience.COHORT: {1, 2, 3},
        Audience.NETWORK: {1, 2, 3},
    },
    "somebody she keeps away": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: set()},
    "somebody who keeps her away": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: set()},
    "a minor of her cohort": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: set()},
    "she herself": {None: set(), Audience.ME: set(), Audience.COHORT: set(), Audience.NETWORK: set()},
}


@pytest.fixture
def owner(session: Session) -> Member:
    """The one who is written to."""
    return alumna(session, "Owner", None)


@pytest.fixture
def writers(session: Session, owner: Member) -> dict[str, Actor]:
    """Everybody who would like to write to her."""
    now = clock.now()
    made = {
        "a stranger": makers.member(session, "Stranger"),
        "a learner of her cohort": makers.member(session, "Learner"),
        "an alumna": makers.member(session, "Alumna", alumna=True),
        "an alumna of her cohort": makers.member(session, "Mate", alumna=True),
        "somebody she keeps away": makers.member(session, "Blocked", alumna=True),
        "somebody who keeps her away": makers.member(session, "Blocker", alumna=True),
        "a minor of her cohort": makers.member(session, "Young", alumna=True),
        "she herself": owner,
    }
    certified.course(session)
    cohort = places.cohort(session, "Spring", slug="first-steps")
    mates = [made[name].id for name in made if name not in {"a stranger", "an alumna"}]
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=mates, now=now)
    blocks.block(session, member_id=owner.id, other_id=made["somebody she keeps away"].id, now=now)
    blocks.block(session, member_id=made["somebody who keeps her away"].id, other_id=owner.id, now=now)
    session.add(Minor(member_id=made["a minor of her cohort"].id, noted_at=now))
    session.commit()
    return {
        name: replace(as_actor(session, who), is_alumnus=who.alumnus_since is not None) for name, who in made.items()
    }


def test_who_may_write_first(session: Session, owner: Member, writers: dict[str, Actor]) -> None:
    viewers = {name: viewer_of(session, actor) for name, actor in writers.items()}
    wrong = []
    for choice, audience in product(CHOICES, Audience):
        if choice is not None:
            talking.choose(session, member_id=owner.id, who=int(choice))
        session.execute(update(Profile).values(show_name=int(audience)))
        for name, viewer in viewers.items():
            right = int(audience) in TABLE[name][choice]
            if (owner.id in people.writable(session, viewer, [owner.id])) != right:
                wrong.append((name, choice, audience))
    assert wrong == []


@pytest.mark.parametrize("away", [{"hidden_at": clock.now()}, {"show_name": 0}])
def test_nobody_writes_to_whom_nobody_sees(
    session: Session, owner: Member, writers: dict[str, Actor], away: dict[str, object]
) -> None:
    talking.choose(session, member_id=owner.id, who=int(Audience.NETWORK))
    session.execute(update(Profile).values(**{"show_name": 3, **away}))
    may = {name for name, who in writers.items() if people.writable(session, viewer_of(session, who), [owner.id])}
    assert may == set()


@pytest.mark.parametrize("state", ["suspended", "erased", "unconfirmed"])
def test_nor_to_whoever_is_not_there(session: Session, owner: Member, writers: dict[str, Actor], state: str) -> None:
    talking.choose(session, member_id=owner.id, who=int(Audience.NETWORK))
    session.execute(update(Profile).values(show_name=3))
    session.execute(update(Member).where(Member.id == owner.id).values(state=state))
    mates = [viewer_of(session, who) for name, who in writers.items() if name != "she herself"]
    assert [people.writable(session, mate, [owner.id]) for mate in mates] == [set()] * len(mates)
    admin = as_actor(session, makers.member(session, "Chief", roles=(("admin", ""),)))
    assert people.reaches_as_staff(session, admin, owner.id) == ""
