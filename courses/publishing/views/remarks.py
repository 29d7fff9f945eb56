"""What was said about the draft: by reviewers on lines, by guests on paragraphs; and settling it."""

from dataclasses import dataclass
from itertools import groupby

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import require, trainers
from academy.web import redirects
from courses.authoring import queries as drafts
from courses.authoring.names import name_of
from courses.catalogue import library
from courses.catalogue.staff import reviews, teaches
from courses.publishing import difference, remark_queries, reviewing
from courses.publishing.forms import CommentForm
from courses.publishing.places import line_of, quote_of
from courses.publishing.remark_queries import Remark
from courses.publishing.reviewing import Place
from courses.publishing.views.shared import INVALID, NUMBER, bp, reviewer_of, staff_of, title_of


@dataclass(frozen=True, slots=True)
class Placed:
    """A comment with the line it belongs to now and the editor's address of it; `page`: for those who do not write."""

    remark: Remark
    line: int | None
    url: str
    page: str = ""


@bp.get("/<slug>/comments")
@trainers
def remarks(slug: str) -> ResponseReturnValue:
    """All comments on the draft, file by file; the open ones, or those that are settled."""
    actor = reviewer_of(slug)
    settled = request.args.get("settled") == "yes"
    live, draft = library.live_course(db.session, slug), drafts.draft_of(db.session, slug)
    if live is None and draft is None:
        raise NotFound
    found = sorted(remark_queries.remarks(db.session, slug, settled=settled), key=lambda each: each.comment.path)
    files = drafts.files_of(db.session, slug)
    return render_template(
        "courses/publishing/remarks.html",
        slug=slug,
        title=title_of(live.course) if live else slug,
        settled=settled,
        groups=[
            (path, name_of(path, files), [_placed(slug, files, each, writes=teaches(actor, slug)) for each in theirs])
            for path, theirs in groupby(found, key=lambda each: each.comment.path)
        ],
        open_count=len(found) if not settled else len(remark_queries.remarks(db.session, slug, settled=False)),
        may_settle=reviews(actor, slug),
        here=redirects.here(),
    )


def _placed(slug: str, files: dict[str, bytes], remark: Remark, *, writes: bool) -> Placed:
    comment = remark.comment
    if comment.path not in files:
        return Placed(remark, None, "")
    line = line_of(difference.text_of(files[comment.path]), comment.quote, comment.line)
    if not writes:
        return Placed(remark, line, "", url_for("authoring.preview", slug=slug, path=comment.path))
    url = url_for("authoring.edit", slug=slug, path=comment.path, line=line)
    return Placed(remark, line, f"{url}#source")


@bp.post("/<slug>/comments")
@trainers
def add_remark(slug: str) -> ResponseReturnValue:
    """Keep a comment on a file of the draft."""
    actor, form = reviewer_of(slug), CommentForm()
    path = form.path.data or ""
    file = drafts.file_of(db.session, slug, path)
    if file is None:
        raise NotFound
    if not form.validate_on_submit():
        return render_template("courses/publishing/remark.html", slug=slug, path=path, form=form), INVALID
    text, line = difference.text_of(file.content), form.line.data
    place = Place(path, line, quote_of(text, line))
    reviewing.comment(
        db.session, slug=slug, place=place, text=(form.text.data or "").strip(), by=actor, now=clock.now()
    )
    flash(_("Your comment is kept."), "done")
    return redirect(redirects.safe(request.form.get("next"), url_for("publishing.remarks", slug=slug)), code=303)


@bp.post(f"/<slug>/comments/<{NUMBER}>/settle")
@trainers
def settle(slug: str, number: int) -> ResponseReturnValue:
    """Note that a comment was dealt with, or open it again."""
    actor = staff_of(slug)
    require(reviews(actor, slug))
    found = remark_queries.comment(db.session, slug, number)
    if found is None:
        raise NotFound
    settled = request.form.get("settled") == "yes"
    reviewing.settle(db.session, comment=found, settled=settled, by=actor, now=clock.now())
    flash(_("Settled.") if settled else _("Open again."), "done")
    return redirect(redirects.safe(request.form.get("next"), url_for("publishing.remarks", slug=slug)), code=303)
