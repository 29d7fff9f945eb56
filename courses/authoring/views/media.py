"""Pictures and documents of a draft: what there is, what it weighs, adding and removing."""

from dataclasses import dataclass
from pathlib import PurePath

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import file_size
from academy.i18n import gettext as _
from academy.people.guards import trainers
from academy.web import limits
from academy.web.file_forms import content_of, takes_files
from academy.web.forms import hang, said
from academy.web.limits import Limit
from courses.authoring import queries, service, uploads
from courses.authoring.drafted import Drafted
from courses.authoring.forms import UploadForm
from courses.authoring.models import StepKind
from courses.authoring.views.blueprint import bp, draft_or_404, writer_of
from courses.catalogue.queries import SHORTEST_DIGEST
from courses.catalogue.reader.media import is_twin
from courses.catalogue.slugs import free_slug
from courses.catalogue.stored import digest_of

UPLOADS = Limit("authoring.uploads", 60, 60 * 60)
PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".avif")


@dataclass(frozen=True, slots=True)
class Item:
    """A file beside the lessons; `markdown` is what an author types to show it."""

    path: str
    url: str
    size: str
    markdown: str
    picture: bool


@bp.get("/<slug>/draft/media")
@trainers
def media(slug: str) -> ResponseReturnValue:
    """Every picture and document of the draft."""
    writer_of(slug)
    draft_or_404(slug)
    return _page(slug, UploadForm())


@bp.post("/<slug>/draft/media")
@trainers
@takes_files(uploads.MOST)
def upload(slug: str) -> ResponseReturnValue:
    """Add a picture or a document: checked by its content, made small, without what it tells of its maker."""
    actor, form = writer_of(slug), UploadForm()
    limits.spend(UPLOADS, actor.id)
    made = _prepared(slug, form) if form.validate_on_submit() else None
    if made is None:
        return _page(slug, form), 422
    draft, now = draft_or_404(slug), clock.now()
    service.apply(
        db.session, draft=draft, kind=StepKind.UPLOADED, about=made.path, contents=made.files, by=actor.id, now=now
    )
    flash(_("The file is there: %(size)s.", size=file_size(len(made.files[made.path]))), "done")
    return redirect(url_for("authoring.media", slug=slug), code=303)


def _prepared(slug: str, form: UploadForm) -> uploads.Prepared | None:
    """The files to keep; decoding takes a second or two, so it is done before the database is touched."""
    with db.glance() as session:
        taken = {path.partition(".")[0] for path in queries.digests_of(session, slug)}
    stem = PurePath(form.file.data.filename or "").stem
    name = said(form.slug) or free_slug(stem, "file", lambda each: f"media/{each}" not in taken)
    try:
        return uploads.prepared(name, content_of(form.file))
    except (uploads.NotUsable, uploads.StillTooLarge) as error:
        hang(form.file, error)
    except uploads.Refused as refused:
        hang(form.file, _(refused.fault.text, **refused.fault.values))
    return None


@bp.post("/<slug>/draft/media/remove")
@trainers
def remove_media(slug: str) -> ResponseReturnValue:
    """Take a file away, as a step that can be taken back."""
    actor, draft, path = writer_of(slug), draft_or_404(slug), request.form.get("path", "")
    there = queries.digests_of(db.session, slug)
    stem = path.rpartition(".")[0]
    gone = [each for each in there if path.startswith("media/") and each.rpartition(".")[0] == stem]
    now = clock.now()
    service.apply(
        db.session,
        draft=draft,
        kind=StepKind.REMOVED,
        about=path,
        contents=dict.fromkeys(gone),
        by=actor.id,
        now=now,
    )
    flash(_("Removed. You can take this step back in the history."), "done")
    return redirect(url_for("authoring.media", slug=slug), code=303)


def _page(slug: str, form: UploadForm) -> str:
    files = queries.files_of(db.session, slug)
    shown = [path for path in files if path.startswith("media/") and not is_twin(path, files)]
    items = [_item(slug, path, files[path]) for path in shown]
    title = Drafted(slug, files).course.title
    return render_template("courses/authoring/media.html", slug=slug, title=title, items=items, form=form)


def _item(slug: str, path: str, content: bytes) -> Item:
    name, picture = path.rpartition("/")[2], path.endswith(PICTURES)
    digest = digest_of(content)[:SHORTEST_DIGEST]
    shown = _("What is to be seen") if picture else name
    return Item(
        path,
        url_for("authoring.draft_media", slug=slug, digest=digest, name=name),
        file_size(len(content)),
        f"{'!' if picture else ''}[{shown}](../{path})",
        picture,
    )
