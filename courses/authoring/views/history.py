"""The steps of a draft, and taking them back."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import date_and_time
from academy.i18n import gettext as _
from academy.people.guards import trainers
from academy.people.queries import names_of
from academy.web.paging import row_number
from courses.authoring import queries, rules, service
from courses.authoring.models import Draft, Step
from courses.authoring.names import name_of
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.authoring.words import STEPS


@dataclass(frozen=True, slots=True)
class Line:
    """A step in words; `undoable` unless a later step changed the same files."""

    number: int
    words: str
    about: str
    url: str
    facts: tuple[str, ...]
    undoable: bool


@bp.get("/<slug>/draft/history")
@trainers
def history(slug: str) -> ResponseReturnValue:
    """What was done to the draft, the latest first."""
    writer_of(slug)
    draft = draft_or_404(slug)
    found = queries.steps(db.session, slug, before=request.args.get("before", type=row_number))
    shown = found[: queries.PAGE]
    more = url_for("authoring.history", slug=slug, before=shown[-1].number) if len(found) > len(shown) else ""
    return render_template("courses/authoring/history.html", draft=draft, lines=_lines(draft, shown), older=more)


def _lines(draft: Draft, steps: list[Step]) -> list[Line]:
    changes = queries.changes_of(db.session, [step.id for step in steps])
    current = queries.digests_of(db.session, draft.course_slug)
    files = queries.files_of(db.session, draft.course_slug)
    names = names_of(db.session, {step.made_by for step in steps if step.made_by})
    return [
        Line(
            step.number,
            str(STEPS[step.kind]),
            name_of(step.about, files) if step.about in files else step.about,
            url_for("authoring.edit", slug=draft.course_slug, path=step.about) if _opens(step.about, files) else "",
            (names.get(step.made_by or 0, _("Somebody who has left")), date_and_time(step.made_at)),
            rules.may_be_undone(draft, step) and rules.can_be_undone(changes[step.id], current),
        )
        for step in steps
    ]


def _opens(path: str, files: Mapping[str, bytes]) -> bool:
    return path in files and path.endswith(".md")


@bp.post("/<slug>/draft/undo")
@trainers
def undo(slug: str) -> ResponseReturnValue:
    """Take one step back."""
    actor = writer_of(slug)
    draft_or_404(slug)
    number = request.form.get("number", type=row_number) or 0
    service.undo(db.session, slug=slug, number=number, by=actor.id, now=clock.now())
    flash(_("The step is taken back. That is a step too, and can be taken back."), "done")
    return redirect(url_for("authoring.history", slug=slug), code=303)
