"""Tables of earlier graduates, for admins: choose a file, say what its columns hold, look at every row, write."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import ngettext
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.spreadsheets import reading
from academy.uploads.refusals import FileRefused
from academy.uploads.service import proper_name
from academy.web.file_forms import content_of, takes_files
from academy.web.forms import hang
from academy.web.paging import row_number
from alumni.graduates import service, words
from alumni.graduates.forms import KINDS, ColumnsForm, UploadForm, fault_of
from alumni.graduates.models import GraduateImport
from alumni.graduates.outcomes import Judged, Outcome
from alumni.graduates.views import INVALID, bp

SAMPLES = 3
PAGE = 100


@bp.route("/admin/graduates/upload", methods=["GET", "POST"])
@admins
@takes_files(reading.MOST_BYTES)
def upload() -> ResponseReturnValue:
    """Take a table; nothing of it counts before somebody has looked at it."""
    form = UploadForm()
    sheet = _sheet(form) if form.validate_on_submit() else None
    if sheet is None:
        text = render_template("alumni/graduates/upload.html", form=form)
        return text, INVALID if form.errors else 200
    name = _name_of(form.file.data.filename)
    draft = service.keep_draft(db.session, sheet=sheet, file_name=name, by=signed_in_actor(), now=clock.now())
    return redirect(url_for("graduates.columns", number=draft.id), code=303)


def _sheet(form: UploadForm) -> reading.Sheet | None:
    try:
        return reading.read(content_of(form.file))
    except reading.NotATable as error:
        hang(form.file, error)
        return None


def _name_of(typed: str) -> str:
    try:
        return proper_name(typed)
    except FileRefused:
        return _("A table")


@bp.route("/admin/graduates/tables/<int(max=999999999999999):number>/columns", methods=["GET", "POST"])
@admins
def columns(number: int) -> ResponseReturnValue:
    """Say what stands in which column; what was guessed is chosen already."""
    draft = _draft(number)
    form, width = ColumnsForm(data={"cohort": draft.cohort, "year": draft.year}), len(draft.rows[0])
    chosen = form.chosen(width, request.form) if request.method == "POST" else list(draft.columns)
    fault = fault_of(chosen) if request.method == "POST" else ""
    if form.validate_on_submit() and not fault:
        draft.columns, draft.cohort, draft.year = chosen, form.cohort.data or "", form.year.data
        return redirect(url_for("graduates.table", number=number), code=303)
    first = draft.heading + 1
    shown = [
        (
            _heading(draft, place),
            [row[place] for row in draft.rows[first:] if row[place]][:SAMPLES],
            chosen[place],
        )
        for place in range(width)
    ]
    text = render_template(
        "alumni/graduates/columns.html", draft=draft, form=form, columns=shown, kinds=KINDS, fault=fault
    )
    return text, INVALID if form.errors or fault else 200


def _heading(draft: GraduateImport, place: int) -> str:
    said = draft.rows[draft.heading][place] if draft.heading >= 0 else ""
    return said or _("Column %(number)d", number=place + 1)


@bp.route("/admin/graduates/tables/<int(max=999999999999999):number>", methods=["GET", "POST"])
@admins
def table(number: int) -> ResponseReturnValue:
    """What would become of each row; writing is one step."""
    if request.method == "POST":
        return _written(service.draft_of(db.session, number, locked=True))
    draft = _draft(number)
    verdicts = service.judge(db.session, draft, clock.now())
    counts = {outcome: sum(1 for each in verdicts if each.outcome is outcome) for outcome in words.OUTCOMES}
    shown = _shown(counts)
    found, following = _page_of([each for each in verdicts if each.outcome is shown], shown)
    return render_template(
        "alumni/graduates/table.html",
        draft=draft,
        counts=counts,
        shown=shown,
        found=found,
        following=url_for("graduates.table", number=number, show=shown, after=following) if following else "",
        Outcome=Outcome,
        words=words,
    )


def _shown(counts: dict[Outcome, int]) -> Outcome:
    """Which rows are looked at: those that were asked for, else the first kind of which there are any."""
    asked = request.args.get("show", "")
    filled = [outcome for outcome, count in counts.items() if count]
    return Outcome(asked) if asked in set(Outcome) else (filled or [Outcome.NEW])[0]


def _page_of(found: list[Judged], shown: Outcome) -> tuple[list[Judged], int]:
    """Some of the rows, and the number of the last one when there are more. What is to be ticked stands on one page."""
    after = request.args.get("after", type=row_number) or 0
    rest = [each for each in found if each.line.number > after]
    if shown is Outcome.MAYBE or len(rest) <= PAGE:
        return rest, 0
    return rest[:PAGE], rest[PAGE - 1].line.number


def _written(draft: GraduateImport | None) -> ResponseReturnValue:
    if draft is None:  # a second click: the first has done it
        return redirect(url_for("graduates.index"), code=303)
    others = {int(each) for each in request.form.getlist("row") if each.isdecimal()}
    done = service.write(db.session, draft=draft, others=others, by=signed_in_actor(), now=clock.now())
    sentence = ngettext("%(num)s person is now on the list.", "%(num)s people are now on the list.", done.added)
    flash(sentence, "done")
    if done.completed:
        sentence = ngettext("%(num)s address was added.", "%(num)s addresses were added.", done.completed)
        flash(sentence, "done")
    return redirect(url_for("graduates.index"), code=303)


@bp.post("/admin/graduates/tables/<int(max=999999999999999):number>/discard")
@admins
def discard(number: int) -> ResponseReturnValue:
    """Throw a table away that was not written."""
    service.discard(db.session, draft=_draft(number, locked=True))
    flash(_("Thrown away. Nothing of it was kept."), "done")
    return redirect(url_for("graduates.index"), code=303)


def _draft(number: int, *, locked: bool = False) -> GraduateImport:
    draft = service.draft_of(db.session, number, locked=locked)
    if draft is None:
        raise NotFound
    return draft
