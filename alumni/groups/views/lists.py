"""The list of groups, and one group."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from academy import clock, db
from academy.i18n import OWN_NAMES
from academy.people.guards import signed_in
from academy.web.forms import tidy_line
from academy.web.paging import row_number
from alumni.events.listing import rows_of
from alumni.events.queries import Wanted as Coming
from alumni.events.queries import page_of
from alumni.events.sight import Sight, sight_of
from alumni.groups import hosting, people_queries, queries, rules
from alumni.groups.forms import ENTRIES, KINDS, FilterForm
from alumni.groups.models import Group, State
from alumni.groups.queries import PAGE, Wanted
from alumni.groups.views.shared import Found, bp, find, of_the_network
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import Viewer
from alumni.profiles.words import own_names

LONGEST_NAME = 255
MOST_MEETINGS = 5


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """The groups of whoever asks, what waits for them, and every group in the open."""
    actor = of_the_network()
    form = FilterForm(request.args, meta={"csrf": False})
    form.offer()
    wanted = Wanted(_one_of(form.kind.data, KINDS), _one_of(form.language.data, OWN_NAMES), bool(form.archived.data))
    found = queries.listed(db.session, wanted, _after())
    theirs, waiting = queries.groups_of(db.session, actor.id), queries.waiting_for(db.session, actor.id)
    shown = [*found[:PAGE], *theirs[:PAGE], *(group for group, _what in waiting)]
    return render_template(
        "alumni/groups/index.html",
        form=form,
        active=sum(map(bool, (wanted.kind, wanted.language, wanted.archived))),
        found=found[:PAGE],
        theirs=theirs[:PAGE],
        more_theirs=_more_theirs(theirs),
        waiting=waiting,
        more_url=_more(found, wanted),
        **_words(shown),
    )


@bp.get("/mine")
@signed_in
def mine() -> ResponseReturnValue:
    """All groups of whoever asks, for those who are in many."""
    actor, last = of_the_network(), request.args.get("after", "")
    after = find(last).group if last else None
    theirs = queries.groups_of(db.session, actor.id, after)
    more_url = _more_theirs(theirs)
    return render_template("alumni/groups/mine.html", theirs=theirs[:PAGE], more_url=more_url, **_words(theirs[:PAGE]))


def _more_theirs(theirs: Sequence[Group]) -> str:
    return url_for("groups.mine", after=theirs[PAGE - 1].key) if len(theirs) > PAGE else ""


def _one_of(text: str | None, known: Any) -> str:  # noqa: ANN401  any mapping of words
    return text if text and text in known else ""


def _after() -> tuple[str, int] | None:
    name, _, number = request.args.get("after", "").rpartition("~")
    try:
        return tidy_line(name[:LONGEST_NAME]) or "", row_number(number)
    except ValueError:
        return None


def _more(found: Sequence[Group], wanted: Wanted) -> str:
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    narrowed = {"kind": wanted.kind, "language": wanted.language, "archived": "y" if wanted.archived else ""}
    kept: dict[str, Any] = {name: value for name, value in narrowed.items() if value}
    return url_for("groups.index", after=f"{last.name_key}~{last.id}", **kept)


def _words(groups: Sequence[Group]) -> dict[str, Any]:
    spoken = queries.languages_of(db.session, {each.id for each in groups})
    return {
        "languages": {number: own_names(codes) for number, codes in spoken.items()},
        "kinds": KINDS,
        "entries": ENTRIES,
        "told": rules.told,
    }


@bp.get("/<key>")
@signed_in
def show(key: str) -> ResponseReturnValue:
    """One group: what it is, who looks after it, what is pinned up; what whoever asks can do."""
    found = find(key)
    group, standing, sight = found.group, found.standing, sight_of(db.session, found.actor)
    is_open, convenes = group.state == State.OPEN, rules.may_convene(standing)
    invitation = queries.invitation_to(db.session, group.id, found.actor.id) if standing.invited else None
    asking = people_queries.waits_at(db.session, group.id) if convenes else False
    return render_template(
        "alumni/groups/show.html",
        group=group,
        standing=standing,
        convenes=convenes,
        is_open=is_open,
        invitation=invitation,
        asking=asking,
        description=Markup(group.description_html),  # noqa: S704  rendered and cleaned at save
        rules_text=Markup(group.rules_html),  # noqa: S704  rendered and cleaned at save
        notes=[(note, Markup(note.html)) for note in _pinned(found)],  # noqa: S704  rendered and cleaned at save
        meetings=_meetings(found, sight),
        **_people(found, sight.viewer, [invitation.invited_by] if invitation else []),
        **_words([group]),
    )


def _pinned(found: Found) -> Sequence[Any]:
    return queries.notes_of(db.session, found.group.id) if rules.may_look_inside(found.standing) else ()


def _meetings(found: Found, sight: Sight) -> Sequence[Any]:
    if not rules.may_look_inside(found.standing):
        return ()
    now = clock.now()
    page = page_of(db.session, sight, Coming(host=(hosting.KIND, found.group.key)), now)
    return rows_of(db.session, sight, page.events[:MOST_MEETINGS], now)


def _people(found: Found, viewer: Viewer, more: Sequence[int | None]) -> dict[str, Any]:
    conveners = queries.conveners_of(db.session, found.group.id)
    named = bylines(db.session, viewer, [*conveners, *(each for each in more if each is not None)])
    return {"conveners": [named[each] for each in conveners], "named": named}
