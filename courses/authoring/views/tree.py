"""The tree of a draft: what there is, moved, added, retitled and taken out; and beginning or giving up a draft."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import clock, db
from academy.audit.service import record
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.web.forms import Form, hang, said
from courses.authoring import queries, service, skeletons, tree
from courses.authoring.drafted import Drafted
from courses.authoring.forms import MoveForm, NewLessonForm, NewModuleForm, RetitleForm
from courses.authoring.front import NoFrontMatter
from courses.authoring.models import StepKind
from courses.authoring.overview import Branch, overview
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.catalogue import library
from courses.catalogue.content import Kind
from courses.catalogue.queries import edition_digests
from courses.catalogue.words import KINDS

INVALID = 422
UP, DOWN = -1, 1


@bp.get("/<slug>/draft")
@trainers
def show(slug: str) -> ResponseReturnValue:
    """The tree of the draft, or the question whether to begin one."""
    writer_of(slug)
    draft, live = queries.draft_of(db.session, slug), library.live_course(db.session, slug)
    if draft is None:
        if live is None:
            raise NotFound
        return render_template("courses/authoring/begin.html", live=live)
    drafted = Drafted(slug, queries.files_of(db.session, slug))
    published = edition_digests(db.session, live.edition_id) if live else {}
    changed = published.items() ^ queries.digests_of(db.session, slug).items()
    return render_template(
        "courses/authoring/tree.html",
        draft=draft,
        live=live,
        title=drafted.course.title,
        tree=overview(drafted),
        kinds=KINDS,
        changed=len({path for path, _digest in changed}),
    )


@bp.post("/<slug>/draft/begin")
@trainers
def begin(slug: str) -> ResponseReturnValue:
    """Take the edition readers see as a working copy."""
    writer_of(slug)
    service.begin(db.session, slug=slug, now=clock.now())
    flash(_("The draft is there. Learners see nothing of it until you publish."), "done")
    return _back(slug)


@bp.route("/<slug>/draft/discard", methods=["GET", "POST"])
@trainers
def discard(slug: str) -> ResponseReturnValue:
    """Give the working copy up, after asking; only where there is an edition to go back to."""
    actor, draft = writer_of(slug), draft_or_404(slug)
    live = library.live_course(db.session, slug)
    if live is None:
        raise NotFound
    if request.method != "POST":
        return render_template("courses/authoring/discard.html", draft=draft, live=live)
    service.discard(db.session, slug=slug)
    record(db.session, actor=actor, action="draft.discarded", now=clock.now(), subject=f"course:{slug}")
    flash(_("The draft is gone. Learners see what they saw before."), "done")
    return _back(slug)


@bp.post("/<slug>/draft/shift")
@trainers
def shift(slug: str) -> ResponseReturnValue:
    """Move a module or a lesson one place up or down."""
    actor = writer_of(slug)
    thing, by = request.form.get("thing", ""), {"up": UP, "down": DOWN}.get(request.form.get("by", ""))
    if by is None:
        abort(400)
    _change(slug, actor, StepKind.MOVED, thing, lambda files: tree.shifted(files, thing, by))
    return redirect(f"{url_for('authoring.show', slug=slug)}#{anchor(thing)}", code=303)


@bp.route("/<slug>/draft/add/module", methods=["GET", "POST"])
@trainers
def add_module(slug: str) -> ResponseReturnValue:
    """Add a module at the end."""
    actor, form = writer_of(slug), NewModuleForm()
    draft_or_404(slug)
    if form.validate_on_submit():
        text = skeletons.module_text(said(form.title))
        if _tried(form, slug, actor, lambda files: tree.added_module(files, _short_name(form, files), text)):
            flash(_("The module is there. Now add its first lesson."), "done")
            return _back(slug)
    return _form_page("add_module", form, slug=slug)


@bp.route("/<slug>/draft/add/lesson", methods=["GET", "POST"])
@trainers
def add_lesson(slug: str) -> ResponseReturnValue:
    """Add a lesson at the end of a module, already a good skeleton of its kind."""
    actor, form = writer_of(slug), NewLessonForm(module=request.args.get("module", ""))
    draft_or_404(slug)
    module = next((each for each in _branches(slug) if each.name == said(form.module)), None)
    if module is None:
        raise NotFound
    if form.validate_on_submit():
        text = skeletons.lesson_text(Kind(said(form.kind)), said(form.title), _)
        inside = module.name

        def added(files: tree.Files) -> tree.Changes:
            return tree.added_lesson(files, inside, _short_name(form, files, inside), text)

        if made := _tried(form, slug, actor, added):
            return redirect(url_for("authoring.edit", slug=slug, path=made), code=303)
    return _form_page("add_lesson", form, slug=slug, module=module)


@bp.post("/<slug>/draft/add/guide")
@trainers
def add_guide(slug: str) -> ResponseReturnValue:
    """Begin the guide for those who teach, in the draft; one that is there already opens in the editor."""
    actor, now = writer_of(slug), clock.now()
    draft = service.begin(db.session, slug=slug, now=now)
    if tree.GUIDE not in queries.digests_of(db.session, slug):
        course = Drafted(slug, queries.files_of(db.session, slug)).course
        contents: tree.Changes = {tree.GUIDE: skeletons.guide_text(course.title, _).encode()}
        service.apply(
            db.session, draft=draft, kind=StepKind.ADDED, about=tree.GUIDE, contents=contents, by=actor.id, now=now
        )
        flash(_("The guide is begun. Learners will never see it."), "done")
    return redirect(url_for("authoring.edit", slug=slug, path=tree.GUIDE), code=303)


@bp.route("/<slug>/draft/change", methods=["GET", "POST"])
@trainers
def change(slug: str) -> ResponseReturnValue:
    """Everything that can be done to one module or lesson: another title, another module, out of the course."""
    actor, name = writer_of(slug), request.args.get("thing", "")
    draft_or_404(slug)
    branches = _branches(slug)
    thing = next((each for module in branches for each in (module, *module.lessons) if each.name == name), None)
    if thing is None:
        raise NotFound
    retitle, move = RetitleForm(title=thing.title), MoveForm()
    move.offer([(module.name, module.title) for module in branches if module.name != name.partition("/")[0]])
    if request.method == "POST" and _changed(slug, actor, thing, retitle, move):
        return _back(slug)
    page = {"slug": slug, "thing": thing, "retitle": retitle, "move": move, "many": len(branches) > 1}
    return render_template("courses/authoring/change.html", **page), INVALID if retitle.errors or move.errors else 200


def _changed(slug: str, actor: Actor, thing: Branch, retitle: RetitleForm, move: MoveForm) -> bool:
    """Do what the pressed button said; False leaves the forms with their errors."""
    name, act = thing.name, request.form.get("act", "")
    if act == "retitle" and retitle.validate_on_submit():
        title = said(retitle.title)
        _change(slug, actor, StepKind.RENAMED, title, lambda files: tree.retitled(files, name, title))
    elif act == "move" and "/" in name and move.validate_on_submit():
        target = said(move.module)
        return bool(_tried(move, slug, actor, lambda files: tree.moved(files, name, target), StepKind.MOVED))
    elif act == "retire":
        _change(slug, actor, StepKind.RETIRED, thing.title, lambda files: tree.retired(files, name))
        flash(_("“%(title)s” is out of the draft. You can take this step back in the history.", title=thing.title))
    else:
        return False
    return True


def anchor(thing: str) -> str:
    """The place of a module or lesson on the page."""
    return f"t-{tree.key_of(thing).replace('/', '-')}"


def _short_name(form: NewModuleForm | NewLessonForm, files: tree.Files, module: str = "") -> str:
    return said(form.slug) or tree.free_name(files, said(form.title), module)


def _branches(slug: str) -> tuple[Branch, ...]:
    return overview(Drafted(slug, queries.files_of(db.session, slug))).branches


def _tried(
    form: Form,
    slug: str,
    actor: Actor,
    work_out: Callable[[tree.Files], tree.Changes],
    kind: StepKind = StepKind.ADDED,
) -> str:
    """The path of what came of it, or '' with the reason hung on the form."""
    field = form["slug"] if "slug" in form else next(iter(form))
    try:
        changes = work_out(queries.files_of(db.session, slug))
    except (tree.SlugInUse, tree.NotASlug):
        hang(field, _("This short name is used in this course, or was used once. Please choose another."))
    except tree.TreeFull:
        hang(field, _("There are 99 here already; no course can hold more."))
    else:
        added = next((path for path, content in changes.items() if content is not None and path != tree.COURSE), "")
        _apply(slug, actor, kind, added, changes)
        return added
    return ""


def _change(
    slug: str, actor: Actor, kind: StepKind, about: str, work_out: Callable[[tree.Files], tree.Changes]
) -> None:
    draft_or_404(slug)
    try:
        _apply(slug, actor, kind, about, work_out(queries.files_of(db.session, slug)))
    except tree.NoSuchThing as error:
        raise NotFound from error
    except NoFrontMatter:
        flash(_("A file of this course cannot be read. Mend its first lines in the editor, then try again."), "error")


def _apply(slug: str, actor: Actor, kind: StepKind, about: str, changes: tree.Changes) -> None:
    draft = draft_or_404(slug)
    now = clock.now()
    service.apply(db.session, draft=draft, kind=kind, about=about, contents=changes, by=actor.id, now=now)


def _form_page(name: str, form: Form, **values: object) -> ResponseReturnValue:
    page = render_template(f"courses/authoring/{name}.html", form=form, **values)
    return page, INVALID if form.errors else 200


def _back(slug: str) -> Response:
    return redirect(url_for("authoring.show", slug=slug), code=303)
