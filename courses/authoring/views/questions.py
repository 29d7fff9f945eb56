"""The questions of a quiz as forms; what they write is the same text that the editor shows."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.web.forms import hang, said
from courses.authoring import queries, service
from courses.authoring.problems import problems
from courses.authoring.queries import Kept
from courses.authoring.question_forms import FORMS, NAMES, QuestionForm, form_for, kind_of, state_of
from courses.authoring.texts import shown, written
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.catalogue import writing
from courses.catalogue.questions import Question
from courses.catalogue.reader import documents, quizzes
from courses.catalogue.reader.faults import Fault, Notes

INVALID, CONFLICT = 422, 409


@bp.get("/<slug>/draft/questions/<path:path>")
@trainers
def questions(slug: str, path: str) -> ResponseReturnValue:
    """The questions of a quiz in their order."""
    writer_of(slug)
    file = _quiz_file(slug, path)
    found, faults = read(file.path, shown(file.content))
    rows = [(question, NAMES[kind_of(question)]) for question in found]
    return render_template(
        "courses/authoring/questions.html", slug=slug, path=path, rows=rows, problems=problems(faults), kinds=NAMES
    )


@bp.route("/<slug>/draft/question/<path:path>", methods=["GET", "POST"])
@trainers
def question(slug: str, path: str) -> ResponseReturnValue:
    """One question as a form: a new one of some kind, or one that is there."""
    actor, known = writer_of(slug), request.args.get("id", "")
    file = _quiz_file(slug, path)
    there = _question_in(file, known) if known else None
    kind = kind_of(there) if there else request.args.get("kind", "")
    if kind not in FORMS:
        raise NotFound
    more = request.form.get("more") == "yes"
    form = form_for(kind, there, more=more)
    if not more and form.validate_on_submit():
        answer = _kept(slug, file, actor, form, known)
        if answer is not None:
            return answer
    page = {"slug": slug, "path": path, "form": form, "known": known, "kind": NAMES[kind]}
    return render_template("courses/authoring/question.html", **page), INVALID if form.errors else 200


def _kept(slug: str, file: Kept, actor: Actor, form: QuestionForm, known: str) -> Response | None:
    """Write the question into the text, if the reader takes it; else its faults hang on the form."""
    source = shown(file.content)
    there, faults_before = read(file.path, source)
    form.name({each.id for each in there})
    made = form.question()
    changed = writing.with_question(source, made, instead_of=known)
    before = {fault.message for fault in faults_before}
    faults = [fault for fault in read(file.path, changed)[1] if fault.message not in before]
    if known and made.id != known:
        hang(form.id, _("Answers are kept under the short name, so it cannot change. Add a new question instead."))
        return None
    if known and said(form.was) != state_of(_question_in(file, known)):
        hang(form.prompt, _("Somebody else changed this question meanwhile. Open it again in another tab and compare."))
        return None
    if faults:
        form.prompt.errors = [*form.prompt.errors, *(problem.text for problem in problems(faults))]
        return None
    return _saved(slug, file, actor, changed)


def _saved(slug: str, file: Kept, actor: Actor, changed: str) -> Response:
    content, now = written(changed, file.content), clock.now()
    try:
        service.save(db.session, slug=slug, path=file.path, text=content, base=file.digest, by=actor.id, now=now)
    except service.Disputed:
        abort(CONFLICT)
    flash(_("Saved."), "done")
    return redirect(url_for("authoring.questions", slug=slug, path=file.path), code=303)


@bp.post("/<slug>/draft/questions/<path:path>")
@trainers
def change_questions(slug: str, path: str) -> ResponseReturnValue:
    """Move a question up or down, or take it out."""
    actor = writer_of(slug)
    file = _quiz_file(slug, path)
    acts: dict[str, Callable[[str, str], str]] = {
        "up": lambda source, known: writing.shifted(source, known, -1),
        "down": lambda source, known: writing.shifted(source, known, 1),
        "remove": writing.without_question,
    }
    act = acts.get(request.form.get("act", ""))
    if act is None:
        abort(400)
    try:
        changed = act(shown(file.content), request.form.get("id", ""))
    except writing.NoSuchQuestion as error:
        raise NotFound from error
    return _saved(slug, file, actor, changed)


def read(path: str, source: str) -> tuple[tuple[Question, ...], list[Fault]]:
    """The questions of a quiz's text, and what is wrong with them."""
    notes = Notes("quiz")
    document = documents.read(path, source.encode(), notes.on(path))
    found = quizzes.read(document)[1] if document else ()
    return found, notes.faults


def _quiz_file(slug: str, path: str) -> Kept:
    draft_or_404(slug)
    file = queries.file_of(db.session, slug, path)
    if file is None or not path.endswith(".md") or not _is_quiz(file):
        raise NotFound
    return file


def _is_quiz(file: Kept) -> bool:
    document = documents.read(file.path, file.content, Notes("quiz").on(file.path))
    kind = (document.keys or {}).get("kind") if document else None
    return kind is not None and kind.value == "quiz"


def _question_in(file: Kept, known: str) -> Question:
    found = next((each for each in read(file.path, shown(file.content))[0] if each.id == known), None)
    if found is None:
        raise NotFound
    return found
