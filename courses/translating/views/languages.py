"""How far each language of a course is, and one language file by file."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import OWN_NAMES, language_of, ngettext
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import trainers
from academy.web.forms import said
from courses.catalogue.staff import teaches
from courses.translating import service, shown
from courses.translating.forms import LanguageForm, XliffForm
from courses.translating.rewriting import Edit, rewritten
from courses.translating.sheets import standing
from courses.translating.views.shared import INVALID, Desk, bp, desk_of, language_or_404, staff_of, writer_of
from courses.translating.words import facts_of, hint_of


@bp.get("/<slug>/languages/")
@trainers
def index(slug: str) -> ResponseReturnValue:
    """All languages of a course."""
    staff_of(slug)
    return _index(desk_of(slug), LanguageForm())


def _index(desk: Desk, form: LanguageForm) -> str:
    there = [code for code in OWN_NAMES if code in desk.sheets.languages]
    form.offer([(code, name) for code, name in OWN_NAMES.items() if code not in {*there, desk.course.language}])
    standings = [standing(code, desk.sheets.all(code)) for code in there]
    return render_template(
        "courses/translating/index.html",
        slug=desk.slug,
        title=desk.course.title,
        own=language_of(desk.course.language),
        standings=[
            (language_of(each.code), shown.url_of(desk.slug, each.code), facts_of(each), hint_of(each))
            for each in standings
        ],
        form=form,
        may_write=teaches(signed_in_actor(), desk.slug),
    )


@bp.post("/<slug>/languages/")
@trainers
def add(slug: str) -> ResponseReturnValue:
    """Begin a language: the course's own page waits for its title, and learners see nothing of it until it has one."""
    actor, desk, form = writer_of(slug), desk_of(slug), LanguageForm()
    taken = {desk.course.language, *desk.sheets.languages}
    form.offer([(code, name) for code, name in OWN_NAMES.items() if code not in taken])
    if not form.validate_on_submit():
        return _index(desk, form), INVALID
    code = said(form.language)
    sheet = desk.sheets.sheet("course.md", code)
    if sheet is None:
        raise service.NothingThere
    made, now = {sheet.path: rewritten(sheet, Edit())}, clock.now()
    service.write_all(db.session, slug=slug, about=sheet.path, made=made, of=desk.files, by=actor.id, now=now)
    flash(_("The language is there. Learners see a page in it once its title and summary are translated."), "done")
    return redirect(url_for("translating.language", slug=slug, code=code), code=303)


@bp.get("/<slug>/languages/<code>/")
@trainers
def language(slug: str, code: str) -> ResponseReturnValue:
    """One language, file by file."""
    staff_of(slug)
    desk = desk_of(slug)
    return language_page(desk, language_or_404(desk, code), XliffForm())


def language_page(desk: Desk, code: str, form: XliffForm) -> str:
    """The page of a language, with the form for what comes back from translators."""
    sheets = desk.sheets.all(code)
    glossaries = desk.course.glossary
    return render_template(
        "courses/translating/language.html",
        slug=desk.slug,
        title=desk.course.title,
        language=language_of(code),
        standing=standing(code, sheets),
        facts=facts_of(standing(code, sheets)),
        hint=hint_of(standing(code, sheets)),
        files=shown.sheet_rows(desk.slug, code, sheets),
        terms=(len(glossaries.get(desk.course.language, {})), len(glossaries.get(code, {}))),
        glossary=f"glossary.{code}.md" if f"glossary.{code}.md" in desk.files else "",
        form=form,
        drafted=desk.drafted,
        may_write=teaches(signed_in_actor(), desk.slug),
    )


@bp.post("/<slug>/languages/<code>/made")
@trainers
def take_as_made(slug: str, code: str) -> ResponseReturnValue:
    """Note for a file, or for all of a language, that what nobody noted the source of fits the source as it is now."""
    actor, desk, wanted = writer_of(slug), desk_of(slug), request.form.get("path", "")
    language_or_404(desk, code)
    sources = [path for path in desk.sheets.sources if wanted in {"", path}]
    if not sources:
        raise NotFound
    made, count = service.noted_as_made(sheet for path in sources if (sheet := desk.sheets.sheet(path, code)))
    about, now = wanted or code, clock.now()
    service.write_all(db.session, slug=slug, about=about, made=made, of=desk.files, by=actor.id, now=now)
    flash(ngettext("%(num)s passage is noted.", "%(num)s passages are noted.", count), "done")
    if wanted:
        return redirect(url_for("translating.sheet", slug=slug, code=code, path=wanted), code=303)
    return redirect(url_for("translating.language", slug=slug, code=code), code=303)
