"""The first lines of a file as a form, with the text one press away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.web.forms import hang, said
from courses.authoring import front, queries, service
from courses.authoring.drafted import Drafted
from courses.authoring.front_forms import CourseForm, Front, FrontForm, TaskForm, changes_of, data_of, form_class
from courses.authoring.names import name_of
from courses.authoring.problems import problems
from courses.authoring.queries import Kept
from courses.authoring.texts import shown, written
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.catalogue.reader import documents
from courses.catalogue.reader.faults import Notes
from courses.catalogue.reader.translations import bare

INVALID = 422


@bp.route("/<slug>/draft/settings/<path:path>", methods=["GET", "POST"])
@trainers
def settings(slug: str, path: str) -> ResponseReturnValue:
    """Title, summary and what else a file says about itself before its text."""
    actor = writer_of(slug)
    file, there = _front_of(slug, path)
    kind = form_class(path, there)
    form = kind(data={**data_of(kind, there), "was": file.digest})
    if isinstance(form, CourseForm | TaskForm):
        form.offer()
    if form.validate_on_submit():
        answer = _kept(slug, file, there, form, actor)
        if answer is not None:
            return answer
    name = name_of(path, {path: file.content})
    page = render_template("courses/authoring/settings.html", slug=slug, path=path, name=name, form=form)
    return page, INVALID if form.errors else 200


def _front_of(slug: str, path: str) -> tuple[Kept, Front]:
    draft_or_404(slug)
    file = queries.file_of(db.session, slug, path)
    document = documents.read(path, file.content, Notes(slug).on(path)) if file and path.endswith(".md") else None
    if file is None or document is None or document.keys is None:
        raise NotFound
    return file, {key: bare(node) for key, node in document.keys.items()}


def _kept(slug: str, file: Kept, there: Front, form: FrontForm, actor: Actor) -> Response | None:
    if said(form.was) != file.digest:
        hang(form.title, _("Somebody saved this file meanwhile. Open this page again in another tab and compare."))
        return None
    changed = front.with_keys(shown(file.content), changes_of(form, there))
    content = written(changed, file.content)
    if not _accepted(slug, file.path, content.encode(), form):
        return None
    service.save(db.session, slug=slug, path=file.path, text=content, base=file.digest, by=actor.id, now=clock.now())
    flash(_("Saved."), "done")
    return redirect(url_for("authoring.edit", slug=slug, path=file.path), code=303)


def _accepted(slug: str, path: str, content: bytes, form: FrontForm) -> bool:
    """Whether the reader finds no new fault; a fault hangs on the field whose key it names, else on the title."""
    files = queries.files_of(db.session, slug)
    before = {fault.message for fault in Drafted(slug, files).faults(path)}
    fresh = [fault for fault in Drafted(slug, files | {path: content}).faults(path) if fault.message not in before]
    for fault, problem in zip(fresh, problems(fresh), strict=True):
        named = str(fault.values.get("key", ""))
        fields = [field for field, key in form.keys.items() if key.rpartition(".")[2] == named]
        hang(form[fields[0] if fields else "title"], problem.text)
    return not fresh
