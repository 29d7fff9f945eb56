"""One file beside its translation: typed passage by passage, saved passage by passage."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import language_of
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from courses.authoring.company import last_at
from courses.catalogue.passages.pairing import State
from courses.catalogue.staff import reviews, teaches
from courses.translating import service, shown
from courses.translating.rewriting import Edit
from courses.translating.service import Outcome, Place, Typed
from courses.translating.sheets import TO_DO, Sheet
from courses.translating.shown import NONE, Refusals
from courses.translating.views.shared import (
    CONFLICT,
    INVALID,
    Desk,
    bp,
    desk_of,
    language_or_404,
    signer_of,
    staff_of,
    writer_of,
)

ACTS = ("still", "leave", "back", "copy", "drop")
OPEN = "open"


@bp.get("/<slug>/languages/<code>/<path:path>")
@trainers
def sheet(slug: str, code: str, path: str) -> ResponseReturnValue:
    """One file beside its translation."""
    staff_of(slug)
    desk = desk_of(slug)
    found = _sheet_or_404(desk, code, path)
    copied = request.args.get("copied", "")
    row = next((row for row in found.rows if row.name == copied and not row.pair.text), None)
    return _page(desk, found, Refusals({copied: row.pair.source.text}, {}) if row else NONE)


def _sheet_or_404(desk: Desk, code: str, path: str) -> Sheet:
    language_or_404(desk, code)
    found = desk.sheets.sheet(path, code)
    if found is None:
        raise NotFound
    return found


def _page(desk: Desk, found: Sheet, refused: Refusals, lost: Mapping[str, str] | None = None) -> str:
    terms = shown.terms_of(desk.sheets, desk.course.glossary, found.language)
    with db.glance() as session:
        rows = shown.rows_of(session, desk.slug, found, terms, refused)
    only = request.values.get("show") == OPEN
    listed = [row for row in rows if not only or row.state in TO_DO or row.error]
    actor = signed_in_actor()
    return render_template(
        "courses/translating/sheet.html",
        slug=desk.slug,
        course=desk.course.title,
        sheet=found,
        own=language_of(desk.course.language),
        language=language_of(found.language),
        rows=listed,
        only=only,
        leftovers=found.beside.body.leftovers,
        lost=lost or {},
        drafted=desk.drafted,
        locked=found.here is not None and found.here.keys is None,
        may_write=teaches(actor, desk.slug),
        may_sign=reviews(actor, desk.slug),
        ready=found.here is not None and not (found.counts[State.MISSING] or found.counts[State.STALE]),
        unsure=found.counts[State.UNSURE],
    )


@bp.post("/<slug>/languages/<code>/<path:path>")
@trainers
def save(slug: str, code: str, path: str) -> ResponseReturnValue:
    """Keep what was typed; what others changed meanwhile, or what would break the structure, is shown and not saved."""
    actor, desk = writer_of(slug), desk_of(slug)
    _sheet_or_404(desk, code, path)
    place = Place(slug, desk.course.language, path, code, actor.id, clock.now())
    typed, (act, name) = _typed(), _act()
    with db.glance() as session:
        who = last_at(session, slug, f"{path.removesuffix('.md')}.{code}.md")
    with db.the_database().transaction() as session:  # what can be saved stays saved though the rest is refused
        outcome = service.save(session, place, typed=typed, acts=_edit(act, name))
    if request.headers.get("X-Requested-With") == "autosave":
        return _answer(outcome, typed)
    if not outcome.whole:
        return _again(desk, outcome, typed, "" if who == actor.display_name else who)
    if outcome.changed:
        flash(_("Saved."), "done")
    if outcome.unsigned:
        flash(_("The name that stood for this translation is taken back, because the translation changed."), "info")
    return redirect(_back(slug, code, path, act, name, outcome.sheet), code=303)


def _typed() -> dict[str, Typed]:
    found = {}
    for field, words in request.form.items():
        if field.startswith("text-"):
            name = field.removeprefix("text-")
            source, _colon, here = request.form.get(f"was-{name}", "").partition(":")
            found[name] = Typed(words, source[:8], here[:8])
    return found


def _act() -> tuple[str, str]:
    """The button that was pressed: what it does, and to which row."""
    act, _colon, name = request.form.get("act", "").partition(":")
    return (act, name) if act in ACTS else ("", "")


def _edit(act: str, name: str) -> Edit:
    rows = frozenset({name})
    match act:
        case "still":
            return Edit(still=rows)
        case "leave":
            return Edit(left_out=rows)
        case "back":
            return Edit(taken_in=rows)
        case "drop":
            return Edit(leftovers=frozenset({int(name)} if name.isdecimal() and len(name) < 5 else ()))  # noqa: PLR2004
        case _:
            return Edit()


def _back(slug: str, code: str, path: str, act: str, name: str, found: Sheet) -> str:
    only = OPEN if request.form.get("show") == OPEN else None
    copied = name if act == "copy" else None
    number = next((place for place, row in enumerate(found.rows, start=1) if row.name == name), 0)
    anchor = f"row-{number}" if number and not (only and act == "still") else None
    return url_for("translating.sheet", slug=slug, code=code, path=path, show=only, copied=copied, _anchor=anchor)


def _refusals(outcome: Outcome, typed: Mapping[str, Typed], who: str = "") -> Refusals:
    disputed = (
        _("%(name)s changed this passage meanwhile. Your words are in the field, theirs below it.", name=who)
        if who
        else _("Somebody changed this passage meanwhile. Your words are in the field, theirs below it.")
    )
    unfit = _(
        "These words would change the structure of the lesson. Keep to one passage of the same kind as the source."
    )
    errors = dict.fromkeys(outcome.disputed, disputed) | dict.fromkeys(outcome.unfit, unfit)
    return Refusals({name: typed[name].words for name in errors}, errors)


def _again(desk: Desk, outcome: Outcome, typed: Mapping[str, Typed], who: str) -> ResponseReturnValue:
    """The page anew with everything that could not be saved; the rest is saved."""
    status = INVALID if outcome.unfit and not outcome.disputed else CONFLICT
    refused = _refusals(outcome, typed, who)
    return _page(desk, outcome.sheet, refused, outcome.lost), status


def _answer(outcome: Outcome, typed: Mapping[str, Typed]) -> ResponseReturnValue:
    """The answer to a script: how each row it sent stands now, and why one was not saved."""
    errors = _refusals(outcome, typed).errors
    rows = {
        row.name: {**shown.state_of(row), "error": errors.get(row.name, "")}
        for row in outcome.sheet.rows
        if row.name in typed
    }
    return {"rows": rows, "left": outcome.sheet.words_left, "lost": bool(outcome.lost)}


@bp.post("/<slug>/languages/<code>/sign")
@trainers
def sign(slug: str, code: str) -> ResponseReturnValue:
    """Put one's own name to a translation."""
    actor, desk, path = signer_of(slug), desk_of(slug), request.form.get("path", "")
    _sheet_or_404(desk, code, path)
    place = Place(slug, desk.course.language, path, code, actor.id, clock.now())
    service.sign(db.session, place, by=actor)
    flash(_("Your name stands for this translation now. Learners see it once the draft is published."), "done")
    return redirect(url_for("translating.sheet", slug=slug, code=code, path=path), code=303)
