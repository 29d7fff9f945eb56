"""The blueprint of the forum and what its views share: who asks, and the way to a topic or a category."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound, SignInNeeded
from academy.people.actor import current_actor
from alumni.forum.places import queries as places
from alumni.forum.places.asking import Asker, asker_of
from alumni.forum.places.models import Category
from alumni.forum.topics import queries
from alumni.forum.topics.queries import Thread
from alumni.forum.topics.rules import Rights, rights_in

bp = Blueprint("forum", __name__, url_prefix="/forum")
INVALID = 422
NUMBER = "<int(max=999999999999999):number>"


@dataclass(frozen=True, slots=True)
class Found:
    """A topic before whoever asks; `at` is the number of the post they want to see."""

    asker: Asker
    thread: Thread
    rights: Rights
    at: int = 1


@dataclass(frozen=True, slots=True)
class Entered:
    """A category before whoever asks."""

    asker: Asker
    category: Category
    rights: Rights


def page(name: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """A page of the forum."""
    return render_template(f"alumni/forum/{name}.html", **values), status


def the_asker() -> Asker:
    """Whoever asks (one query; none for visitors)."""
    return asker_of(db.session, current_actor())


def topic_or_404(number: int, at: int = 1) -> Found:
    """A topic that whoever asks may read; visitors are asked to sign in for all others (two queries)."""
    asker = the_asker()
    thread = queries.thread_for(db.session, asker, number)
    if thread is None:
        raise lost(asker)
    return Found(asker, thread, rights_in(asker, thread, thread, keeps=thread.keeps), at)


def category_or_404(slug: str) -> Entered:
    """A category that whoever asks may read (three queries)."""
    asker = the_asker()
    category = places.category_for(db.session, asker, slug)
    if category is None:
        raise lost(asker)
    keeps = category.id in places.keeps(db.session, asker.member_id)
    return Entered(asker, category, rights_in(asker, category, keeps=keeps))


def lost(asker: Asker) -> Exception:
    """What is said of things that are not there for whoever asks."""
    return SignInNeeded() if asker.actor is None else NotFound()
