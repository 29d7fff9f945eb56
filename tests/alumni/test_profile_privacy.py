"""Nobody sees more than the member chose: every field, audience, viewer and way, against a table written by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from academy.people.actor import Actor, Role
from academy.people.models import Member
from academy.uploads import store
from academy.uploads.models import Upload
from alumni.audiences import Audience
from alumni.blocks.models import Block
from alumni.profiles import parts
from alumni.profiles.models import SHOWN_FIELDS, FormerHandle, Profile, ProfilePhoto
from courses.catalogue.models import CourseRecord
from courses.cohorts import service as cohorts
from tests import makers
from tests.alumni import directory_ways, ways
from tests.alumni.profile_stage import profile
from tests.alumni.ways import DIGEST, HANDLE, MARKS, PHOTO, Looking, Way
from tests.browser import Browser
from tests.courses import places

WAYS = [
    *ways.WAYS,
    Way("directory", frozenset(directory_ways.CARDS), directory_ways.by_card),
    Way("words of a search", frozenset(directory_ways.WORDS), directory_ways.by_words),
    Way("filters", frozenset(directory_ways.FILTERS), directory_ways.by_filter),
    Way("notices of searches", frozenset(directory_ways.NOTICED), directory_ways.by_notice),
]
ME, COHORT, NETWORK, EVERYONE = 0, 1, 2, 3
ADMITTED: Mapping[str, tuple[int, ...]] = {
    #                        who may see what is open to them: the audiences that hold each viewer
    "visitor": (EVERYONE,),
    "member": (EVERYONE,),
    "learner of the cohort": (COHORT, NETWORK, EVERYONE),
    "alumna": (NETWORK, EVERYONE),
    "alumna of the cohort": (COHORT, NETWORK, EVERYONE),
    "moderator": (NETWORK, EVERYONE),
    "admin": (NETWORK, EVERYONE),
    "blocked alumna of the cohort": (EVERYONE,),
    "owner": (ME, COHORT, NETWORK, EVERYONE),
}
"""The oracle: it knows nothing of distances, queries or tables."""
PEOPLE: Mapping[str, tuple[bool, str, bool]] = {
    #                                alumna, role, of the owner's cohort
    "member": (False, "", False),
    "learner of the cohort": (False, "", True),
    "alumna": (True, "", False),
    "alumna of the cohort": (True, "", True),
    "moderator": (False, "moderator", False),
    "admin": (False, "admin", False),
    "blocked alumna of the cohort": (True, "", True),
    "owner": (True, "", True),
}
STRANGERS_ALL = tuple(who for who in ADMITTED if who != "owner")
CLOSED = dict.fromkeys(SHOWN_FIELDS, ME)
OPEN = dict.fromkeys(SHOWN_FIELDS, EVERYONE)
CHOICES = {
    **{
        f"{field} to {each.name}": {**CLOSED, "name": EVERYONE, field: int(each)}
        for field in SHOWN_FIELDS
        for each in Audience
    },
    **{f"all behind a name to {each.name}": {**OPEN, "name": int(each)} for each in Audience},
}


def right(chosen: Mapping[str, int], who: str) -> set[str]:
    """What this viewer is meant to see."""
    admitted = ADMITTED[who]
    return {field for field, audience in chosen.items() if audience in admitted and chosen["name"] in admitted}


@dataclass
class Scene:
    """An owner whose profile is filled to the brim, and everybody who might look."""

    app: Flask
    session: Session
    owner: Member
    looking: Mapping[str, Looking]

    def choose(self, chosen: Mapping[str, int], **more: object) -> None:
        """Open the profile so far."""
        shown = {f"show_{field}": audience for field, audience in chosen.items()}
        self.session.execute(update(Profile).where(Profile.handle == HANDLE).values(**shown, **more))
        self.session.commit()

    def seen(self, who: str, way: ways.Way) -> set[str]:
        """What this viewer comes to know by this way."""
        with self.app.app_context(), self.app.extensions["academy.database"].reading() as reading:
            return way.seen(replace(self.looking[who], session=reading))

    def wrong(self, chosen: Mapping[str, int], who: str, field: str) -> list[str]:
        """Every way that knows this field, and by which this viewer sees too much or too little."""
        tried = (way for way in WAYS if field in way.fields or field not in MARKS)
        found = ((way, self.seen(who, way), right(chosen, who) & way.fields) for way in tried)
        return [f"{way.name}: {sorted(seen)}, not {sorted(meant)}" for way, seen, meant in found if seen != meant]


@pytest.fixture
def scene(app: Flask, session: Session, browser: Browser) -> Iterator[Scene]:
    """Everybody, once."""
    people = {who: _person(session, who) for who in PEOPLE}
    session.add(CourseRecord(slug="first-steps", status="published", created_at=makers.LONG_AGO))
    session.commit()
    cohort = places.cohort(session, MARKS["cohort"])
    together = [people[who].id for who, (_, _, of_cohort) in PEOPLE.items() if of_cohort]
    cohorts.add_members(session, cohort_id=cohort.id, member_ids=together, now=makers.LONG_AGO)
    owner = people["owner"]
    _fill(session, owner)
    session.add(Block(member_id=owner.id, blocked_id=people["blocked alumna of the cohort"].id, since=makers.LONG_AGO))
    session.commit()
    with app.app_context():
        store.put(f"{owner.id}/{DIGEST}", b"RIFF")
    sections = list(app.extensions["academy.profile_sections"])
    with app.app_context():
        parts.add_section(parts.Section("A record", 1, lambda *_: [parts.Line(MARKS["record"])]))
    looking = {who: _looking(browser, people.get(who), owner.id) for who in ADMITTED}
    yield Scene(app, session, owner, looking)
    app.extensions["academy.profile_sections"] = sections


def _person(session: Session, who: str) -> Member:
    alumna, role, _ = PEOPLE[who]
    roles = ((role, ""),) if role else ()
    return makers.member(session, who.title().replace(" ", ""), alumna=alumna, roles=roles)


def _fill(session: Session, owner: Member) -> None:
    story = f"<p>{MARKS['story']}</p>"
    made = profile(
        session,
        owner,
        handle=HANDLE,
        pen_name=MARKS["name"],
        photo=DIGEST,
        country="FJ",
        town=MARKS["town"],
        field="humanitarian",
        organisation=MARKS["organisation"],
        story=MARKS["story"],
        story_html=story,
        languages=[("et", "c1")],
        skills=[MARKS["skills"]],
        offers=[MARKS["offers"]],
        seeks=[MARKS["seeks"]],
        links=[("", MARKS["links"])],
    )
    kind = {"media_type": "image/webp", "size": 4, "created_at": makers.LONG_AGO}
    file = Upload(member_id=owner.id, digest=DIGEST, name="photo", **kind)
    session.add_all([file, FormerHandle(handle="former-h", member_id=made.member_id, since=makers.LONG_AGO)])
    session.flush()
    session.add(ProfilePhoto(member_id=owner.id, name=PHOTO, upload_id=file.id))


def _looking(browser: Browser, person: Member | None, owner_id: int) -> Looking:
    if person is None:
        return Looking(browser.app, browser.session, browser.app.test_client(), None, owner_id)
    roles = frozenset(Role(name) for name in (PEOPLE[_who(person)][1],) if name)
    actor = Actor(person.id, person.display_name, roles=roles, is_alumnus=person.alumnus_since is not None)
    return Looking(browser.app, browser.session, browser.signed_in(person).client, actor, owner_id)


def _who(person: Member) -> str:
    return next(who for who in PEOPLE if who.title().replace(" ", "") == person.display_name)


ON_BOTH = {"cohort", "languages", "skills", "story", "all behind a name"}
"""Fields that between them go every way in which the statements of the two databases differ."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "field",
    [
        pytest.param(each, marks=[pytest.mark.both] if each in ON_BOTH else [])
        for each in (*SHOWN_FIELDS, "all behind a name")
    ],
)
def test_every_viewer_sees_by_every_way_what_the_member_chose(scene: Scene, field: str) -> None:
    wrong: dict[str, list[str]] = {}
    for name, chosen in CHOICES.items():
        if name.startswith(f"{field} to "):
            scene.choose(chosen)
            wrong |= {f"{name}, {who}": faults for who in ADMITTED if (faults := scene.wrong(chosen, who, field))}
    assert wrong == {}


def test_the_matrix_is_whole() -> None:
    assert set(MARKS) == set(SHOWN_FIELDS)
    assert len(CHOICES) == 4 * (len(SHOWN_FIELDS) + 1)
    assert right({**CLOSED, "name": EVERYONE, "town": COHORT}, "alumna") == {"name"}
    assert {who for who in ADMITTED if right(OPEN, who) != set(SHOWN_FIELDS)} == set()


@pytest.mark.parametrize("state", ["hidden", "withheld", "suspended", "erased", "no longer an alumna", "unconfirmed"])
def test_whoever_is_away_is_seen_by_nobody(scene: Scene, state: str) -> None:
    closed = {"hidden": "hidden_at", "withheld": "withheld_at"}.get(state)
    scene.choose(OPEN, **({closed: makers.LONG_AGO} if closed else {}))
    if state == "no longer an alumna":
        scene.owner.alumnus_since = None
    elif closed is None:
        scene.owner.state = state
    scene.session.commit()
    assert {who: seen for who in STRANGERS_ALL for way in WAYS if (seen := scene.seen(who, way))} == {}
    if closed:
        assert scene.seen("owner", WAYS[0]) == set(SHOWN_FIELDS)


@pytest.mark.parametrize("closed", ["hidden_at", "withheld_at"])
def test_whoever_hides_is_not_named_by_what_they_did_either(scene: Scene, closed: str) -> None:
    assert {who for who in ADMITTED if scene.seen(who, ways.ACT)} == set(ADMITTED)
    scene.choose(CLOSED, **{closed: makers.LONG_AGO})
    assert {who for who in ADMITTED if scene.seen(who, ways.ACT)} == {"owner"}


AS = {"cohort": "alumna of the cohort", "network": "alumna", "everyone": "visitor"}


@pytest.mark.parametrize("chosen", [{**OPEN, field: audience} for field in ("name", "town") for audience in range(4)])
def test_as_others_see_it_is_what_they_see(scene: Scene, chosen: Mapping[str, int]) -> None:
    scene.choose(chosen)
    for audience, who in AS.items():
        page = scene.looking["owner"].client.get(f"/alumni/me/as/{audience}").get_data(as_text=True)
        assert ways.marks_in(page) == right(chosen, who), audience


def test_a_page_that_may_not_be_seen_is_like_one_that_is_not_there(scene: Scene) -> None:
    scene.choose(CLOSED)
    for who in STRANGERS_ALL:
        client = scene.looking[who].client
        hidden, none = client.get(f"/alumni/members/{HANDLE}"), client.get("/alumni/members/nobody-h")
        bare = [answer.get_data(as_text=True).replace(HANDLE, "").replace("nobody-h", "") for answer in (hidden, none)]
        assert (hidden.status_code, bare[0]) == (none.status_code, bare[1])
