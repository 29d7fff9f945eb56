"""The editor of a draft's files: a plain form that loses nothing; with scripts it saves by itself."""

from dataclasses import dataclass
from datetime import datetime

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import Actor
from academy.people.guards import trainers
from academy.web.headers import policy
from courses.authoring import choices, company, desk, queries, remarks, service, texts
from courses.authoring.choices import Decision
from courses.authoring.drafted import Drafted
from courses.authoring.merging import merge
from courses.authoring.problems import Findings, findings
from courses.authoring.queries import Kept
from courses.authoring.remarks import Said
from courses.authoring.service import Disputed, NoDraft, Saved
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.catalogue import stored
from courses.catalogue.reader.documents import LARGEST

FRAMES = policy(frame_src="'self'")
GONE, CONFLICT, INVALID = "gone", 409, 422
LONGEST_MARK = 40


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent: the whole text, the digest of the file it began from, and of the one it was compared with.

    `mark` is a script's own sign for what it sent: it comes back once the text is saved, and the copy can go.
    """

    text: str
    base: str
    theirs: str
    quiet: bool
    mark: str = ""

    @property
    def too_large(self) -> bool:
        """Whether it is more than a file of a course may hold."""
        return len(self.text.encode()) > LARGEST


def _typed() -> Typed:
    form = request.form
    text = texts.unified(form.get("text", "")).replace("\x00", "")
    quiet = request.headers.get("X-Requested-With") == "autosave"
    return Typed(text, form.get("base", ""), form.get("theirs", ""), quiet, form.get("mark", "")[:LONGEST_MARK])


@bp.get("/<slug>/draft/<path:path>")
@trainers
def edit(slug: str, path: str) -> ResponseReturnValue:
    """One file as text, with what is wrong in it and what could be better."""
    actor = writer_of(slug)
    draft_or_404(slug)
    file = _text_file(slug, path)
    return _editor(actor, slug, file, texts.shown(file.content), file.digest)


@bp.post("/<slug>/draft/<path:path>")
@trainers
def save(slug: str, path: str) -> ResponseReturnValue:
    """Keep what was typed; join it with what others saved, or show both where that cannot be done."""
    actor, typed, now = writer_of(slug), _typed(), clock.now()
    with db.glance() as session:
        there = queries.file_of(session, slug, path) if queries.draft_of(session, slug) else None
        kept = stored.load(session, [typed.base, typed.theirs])
    if there is None and request.form.get("again") != GONE:
        return _lost(slug, path, typed)
    if there is not None and (typed.too_large or not texts.is_text(there.content)):
        return _refused(actor, slug, there, typed)
    decision = _decision(typed, kept) if typed.theirs in kept and typed.theirs else None
    if decision is not None and not decision.complete:
        return _undecided(slug, path, typed, typed.theirs, decision), INVALID
    text, base = (decision.text, typed.theirs) if decision else (typed.text, typed.base)
    content = texts.written(text, kept.get(base, there.content if there else b""))
    found = _looked_at(slug, path, content) if typed.quiet else None
    try:
        saved = service.save(db.session, slug=slug, path=path, text=content, base=base, by=actor.id, now=now)
    except Disputed as disputed:
        return _disputed(slug, path, Typed(text, base, "", typed.quiet, typed.mark), disputed)
    except NoDraft:
        return _lost(slug, path, typed)
    return _answer(actor, slug, path, saved, content, found) if typed.quiet else _after(slug, path, saved, typed)


def _text_file(slug: str, path: str) -> Kept:
    file = queries.file_of(db.session, slug, path)
    if file is None or path.startswith("media/"):
        raise NotFound
    return file


def _looked_at(slug: str, path: str, content: str) -> Findings:
    """What is to be said about this text: found out before the database is locked for writing."""
    with db.glance() as session:
        files = queries.files_of(session, slug)
    return findings(Drafted(slug, files | {path: content.encode()}), path)


def _decision(typed: Typed, kept: dict[str, bytes]) -> Decision:
    both = merge(texts.shown(kept.get(typed.base, b"")), typed.text, texts.shown(kept[typed.theirs]))
    answers = {name: texts.unified(value) for name, value in request.form.items()}
    return choices.decide(both, answers)


def _after(slug: str, path: str, saved: Saved, typed: Typed) -> ResponseReturnValue:
    if saved.joined:
        flash(_("Saved. Somebody else had changed other lines meanwhile; both changes are in the text now."), "done")
    else:
        flash(_("Saved."), "done")
    if request.form.get("then") == "preview":
        return redirect(url_for("authoring.preview", slug=slug, path=path), code=303)
    return redirect(url_for("authoring.edit", slug=slug, path=path, saved=typed.mark or None), code=303)


def _answer(
    actor: Actor, slug: str, path: str, saved: Saved, content: str, found: Findings | None
) -> ResponseReturnValue:
    """The answer to a script: the new base, the joined text, and the panel beside the text drawn anew."""
    if saved.joined:
        stored.keep(db.session, [content.encode()])  # what is typed meanwhile goes on from here
        found = findings(Drafted(slug, queries.files_of(db.session, slug)), path)
    return {
        "base": saved.digest,
        "typed": stored.digest_of(content.encode()),
        "joined": texts.shown(saved.text.encode()) if saved.joined else None,
        "panel": _panel(actor, slug, path, saved.text, found),
    }


def _panel(actor: Actor, slug: str, path: str, text: str, found: Findings | None) -> str:
    return render_template(
        "courses/authoring/panel.html",
        found=found,
        said=_said(slug, path, text),
        company=_company(actor, slug, path, clock.now()),
        tree_url=_tree(slug),
    )


def _company(actor: Actor, slug: str, path: str, now: datetime) -> list[str]:
    with db.glance() as session:
        return company.sentences(company.others_at(session, slug, path, not_of=actor.id, now=now), now)


def _said(slug: str, path: str, text: str) -> list[Said]:
    with db.glance() as session:
        return remarks.said_about(session, slug, path, text)


def _tree(slug: str) -> str:
    return url_for("authoring.show", slug=slug)


def _editor(actor: Actor, slug: str, file: Kept, text: str, base: str, error: str = "") -> Response:
    with db.glance() as session:
        drafted = Drafted(slug, queries.files_of(session, slug))
    response = make_response(
        render_template(
            "courses/authoring/editor.html",
            desk=desk.desk_of(drafted, file.path),
            text=text,
            base=base,
            error=error,
            locked=not texts.is_text(file.content),
            found=findings(drafted, file.path),
            said=_said(slug, file.path, text),
            company=_company(actor, slug, file.path, clock.now()),
            tree_url=_tree(slug),
            preview_url=url_for("authoring.preview", slug=slug, path=file.path),
        )
    )
    response.headers["Content-Security-Policy"] = FRAMES
    return response


def _refused(actor: Actor, slug: str, there: Kept, typed: Typed) -> ResponseReturnValue:
    """Say why the text cannot be kept, and show it again."""
    error = _("The text is larger than %(most)s KB. Divide it into two lessons.", most=LARGEST // 1024)
    if not texts.is_text(there.content):
        error = _("This file is not text in UTF-8. Save it as UTF-8 on your computer and upload it again.")
    if typed.quiet:
        return {"error": error}, INVALID
    return _editor(actor, slug, there, typed.text, typed.base, error), INVALID


def _lost(slug: str, path: str, typed: Typed) -> ResponseReturnValue:
    """The file is gone, or the whole draft: what was typed is shown, to be put back or copied."""
    if typed.quiet:
        return {"error": _("This file was removed or renamed meanwhile. Press Save to see what can be done.")}, CONFLICT
    with db.glance() as session:
        begun = queries.draft_of(session, slug) is not None
    page = render_template("courses/authoring/lost.html", path=path, typed=typed, begun=begun, tree_url=_tree(slug))
    return page, CONFLICT


def _disputed(slug: str, path: str, typed: Typed, disputed: Disputed) -> ResponseReturnValue:
    """Show both versions of the lines that two people changed."""
    if typed.quiet:
        error = _("Somebody else changed the same lines. Press Save to see both versions side by side.")
        return {"error": error, "disputed": True}, CONFLICT
    with db.glance() as session:
        kept = stored.load(session, [typed.base, disputed.theirs])
    both = merge(texts.shown(kept.get(typed.base, b"")), typed.text, texts.shown(kept[disputed.theirs]))
    return _undecided(slug, path, typed, disputed.theirs, choices.decide(both, {}, ask=False)), CONFLICT


def _undecided(slug: str, path: str, typed: Typed, theirs: str, decision: Decision) -> str:
    with db.glance() as session:
        there = company.last_at(session, slug, path)
    return render_template(
        "courses/authoring/merge.html",
        path=path,
        typed=typed,
        theirs=theirs,
        decision=decision,
        name=there,
        edit_url=url_for("authoring.edit", slug=slug, path=path),
    )
