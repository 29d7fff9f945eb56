"""The blueprint of facilitators and what its views share."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template

from academy import clock, db
from academy.people.actor import Actor, signed_in_actor
from alumni.facilitators import queries, words
from alumni.facilitators.kinds import FORMATS, LANGUAGES, TOPICS, Format
from alumni.facilitators.models import Facilitator
from alumni.moderation import silence
from alumni.profiles import queries as profiles
from alumni.profiles.queries import Byline
from alumni.profiles.topics import words_of
from alumni.profiles.viewers import is_of_the_network, viewer_of
from alumni.profiles.words import own_names

bp = Blueprint("facilitators", __name__)
INVALID = 422


@dataclass(frozen=True, slots=True)
class Shown:
    """A facilitator as a page draws them."""

    number: int
    person: Byline
    words: str
    topics: Sequence[str]
    languages: str
    formats: Sequence[str]


def page(name: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page of facilitators."""
    return render_template(f"alumni/facilitators/{name}.html", **values), status


def let_write() -> None:
    """Go on unless a decision of the moderators keeps whoever asks from writing."""
    silence.let_write(db.session, signed_in_actor().id, clock.now())


def may_look(actor: Actor) -> bool:
    """Whether somebody may see who offers to run sessions: the network, and those who teach."""
    return is_of_the_network(actor) or actor.is_trainer


def named(numbers: Collection[int | None]) -> dict[int | None, Byline]:
    """How these members are named to whoever asks."""
    return profiles.named(db.session, viewer_of(db.session, signed_in_actor()), numbers)


def shown(offers: Sequence[Facilitator]) -> list[Shown]:
    """These facilitators as a page draws them (three queries)."""
    people = named([each.member_id for each in offers])
    terms = queries.terms_of(db.session, [each.id for each in offers])
    return [_shown(each, people[each.member_id], terms[each.id]) for each in offers]


def _shown(offer: Facilitator, person: Byline, terms: queries.Terms) -> Shown:
    return Shown(
        number=offer.id,
        person=person,
        words=offer.words,
        topics=words_of(terms[TOPICS]),
        languages=" · ".join(own_names(terms[LANGUAGES])),
        formats=[str(text) for kind, text in words.FORMATS.items() if kind in map(Format, terms[FORMATS])],
    )
