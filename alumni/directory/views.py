"""The network's front page: what it is, and who is in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import Actor, current_actor, signed_in_actor
from academy.people.guards import public, reveal, signed_in
from academy.web.limits import Limit, client, spend
from alumni.directory import figures, finding
from alumni.directory.cards import Cohort, card_of
from alumni.directory.forms import WishForm, more_fields, wish_of
from alumni.directory.rules import Wish
from alumni.directory.words import Set, filters_set
from alumni.graduates import queries as graduates
from alumni.profiles.viewers import Viewer, is_of_the_network, viewer_at, viewer_of

bp = Blueprint("directory", __name__)
SEARCHES = Limit("directory", times=60, seconds=600)
"""For those outside: the list is there to be read, not to be copied."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of the list: the wish, what narrows it in words, the people, the way on and the way back."""

    wish: Wish
    filters: Sequence[Set]
    people: Sequence[finding.Person]
    following: str
    first: str

    @property
    def kept(self) -> dict[str, str]:
        """What a search for other words keeps in the address."""
        return {name: value for name, value in self.wish.address.items() if name != "q"}


@bp.get("/alumni/")
@public
def index() -> ResponseReturnValue:
    """What the network is, and those of it whom the asker may find."""
    actor, wish = current_actor(), wish_of(request.args)
    belongs = is_of_the_network(actor)
    if not belongs and request.query_string:
        spend(SEARCHES, actor.id if actor else client())
    shown = _shown(actor, wish)
    return render_template("alumni/directory/index.html", belongs=belongs, shown=shown, card_of=card_of)


def _shown(actor: Actor | None, wish: Wish) -> Shown:
    viewer = viewer_of(db.session, actor) if wish.more or wish.cohort else viewer_at(actor)
    after = finding.place_of(request.args.get("after", ""), wish)
    found = finding.people(db.session, viewer, wish, after)
    following = found.following and url_for("directory.index", **wish.address, after=str(found.following))
    first = url_for("directory.index", **wish.address) if after else ""
    cohorts = _named(viewer, wish.cohort) if wish.cohort else ""
    return Shown(wish, filters_set(wish, cohorts), found.people, following or "", first)


def _named(viewer: Viewer, cohort: str) -> str:
    """What a cohort is called, for those who are in it or find somebody of it: to all others its name says nothing."""
    known = cohort in viewer.cohorts or finding.those_who_fit(db.session, viewer, Wish(cohort=cohort), most=1)
    if not known:
        return _("A cohort")
    return graduates.names_of(db.session, [cohort]).get(cohort, _("A cohort"))


@bp.get("/alumni/figures")
@signed_in
def in_figures() -> ResponseReturnValue:
    """How many people the network has, where no figure tells of anybody."""
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    return render_template("alumni/directory/figures.html", tables=figures.tables(db.session, actor.id, clock.now()))


@bp.get("/alumni/filter")
@signed_in
def narrow() -> ResponseReturnValue:
    """Everything the list can be narrowed by."""
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    wish = wish_of(request.args)
    form = WishForm(request.args)
    form.offer(_cohorts(actor, wish))
    added = more_fields(request.args)
    return render_template("alumni/directory/narrow.html", form=form, fields=[*form.fields, *added], wish=wish)


def _cohorts(actor: Actor, wish: Wish) -> list[Cohort]:
    """The asker's own cohorts, and the one that is chosen."""
    own = [Cohort(each.key, each.name) for each in graduates.cohorts_of(db.session, [actor.id])[actor.id]]
    if wish.cohort in {"", *(each.key for each in own)}:
        return own
    return [*own, Cohort(wish.cohort, _named(viewer_of(db.session, actor), wish.cohort))]
