"""What goes out to translators as XLIFF, and what comes back."""

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import language_of, ngettext
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.web import limits
from academy.web.file_forms import content_of, takes_files
from academy.web.forms import hang
from academy.web.limits import Limit
from courses.translating import service, xliff
from courses.translating.arriving import Report, arrive
from courses.translating.forms import XliffForm
from courses.translating.views.languages import language_page
from courses.translating.views.shared import INVALID, Desk, bp, desk_of, language_or_404, staff_of, writer_of

IMPORTS = Limit("translating.imports", 30, 60 * 60)


@bp.get("/<slug>/languages/<code>.xlf")
@trainers
def download(slug: str, code: str) -> Response:
    """The passages of a language, of one file or of all, with all of them or what needs work."""
    staff_of(slug)
    desk, path, only = desk_of(slug), request.args.get("path", ""), request.args.get("show") == "open"
    language_or_404(desk, code)
    sheets = [sheet for sheet in desk.sheets.all(code) if path in {"", sheet.source}]
    if not sheets:
        raise NotFound
    response = make_response(xliff.write(slug, sheets, desk.course.language, only_open=only))
    response.mimetype = "application/xliff+xml"
    name = path.removesuffix(".md").replace("/", "-")
    file = ".".join(part for part in (slug, name, code, "xlf") if part)
    response.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


@bp.post("/<slug>/languages/<code>/import")
@trainers
@takes_files(xliff.MOST)
def take(slug: str, code: str) -> ResponseReturnValue:
    """Take translated passages in as one step of the draft, and say what became of each that could not be taken."""
    actor, form, desk = writer_of(slug), XliffForm(), desk_of(slug)
    language_or_404(desk, code)
    limits.spend(IMPORTS, actor.id)
    units = _units(form, desk, code) if form.validate_on_submit() else None
    if units is None:
        return language_page(desk, code, form), INVALID
    report = arrive(desk.sheets, code, units)
    _write(desk, report, form.file.data.filename or "xliff", actor)
    flash(ngettext("%(num)s passage was taken.", "%(num)s passages were taken.", report.taken), "done")
    page = render_template(
        "courses/translating/report.html",
        title=desk.course.title,
        language=language_of(code),
        report=report,
        back_url=url_for("translating.language", slug=slug, code=code),
        desk_url=url_for("translating.index", slug=slug),
    )
    return page, 200


def _write(desk: Desk, report: Report, about: str, actor: Actor) -> None:
    if report.files:
        now = clock.now()
        service.write_all(
            db.session, slug=desk.slug, about=about, made=report.files, of=desk.files, by=actor.id, now=now
        )


def _units(form: XliffForm, desk: Desk, code: str) -> list[xliff.Unit] | None:
    content = content_of(form.file)
    try:
        return xliff.read(content, desk.course.language, code)
    except xliff.NotTaken as refused:
        hang(form.file, _(refused.text, **refused.values))
        return None
