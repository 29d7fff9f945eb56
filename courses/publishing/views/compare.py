"""Two sides of a course beside each other: which files differ, and one file in its source and as it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.i18n import language_of
from academy.people.actor import Actor
from academy.people.guards import trainers
from courses.authoring import queries as drafts
from courses.catalogue.queries import PICTURES, SHORTEST_DIGEST
from courses.catalogue.reader.faults import CourseFaults
from courses.catalogue.staff import reviews, teaches
from courses.catalogue.stored import digest_of
from courses.publishing import blocks, changes, difference, queries, remark_queries, words
from courses.publishing.blocks import Row
from courses.publishing.difference import FileChange, Gap, Line, State
from courses.publishing.forms import CommentForm
from courses.publishing.places import quote_of
from courses.publishing.sides import DRAFT, Side
from courses.publishing.views.shared import bp, side_or_404, staff_of, title_of

NOTHING = "0"


@dataclass(frozen=True, slots=True)
class Paper:
    """One file on both sides: its source line by line, its page paragraph by paragraph, or its pictures."""

    lines: Sequence[Line | Gap]
    rows: Sequence[Row | Gap]
    unshown: bool = False
    pictures: tuple[str, str] = ("", "")


@bp.get("/<slug>/editions/compare")
@trainers
def compare(slug: str) -> ResponseReturnValue:
    """Which files differ between two editions, or an edition and the draft."""
    staff_of(slug)
    names = _names(slug)
    if not names:
        raise NotFound
    new = request.args.get("new", names[0])
    old = request.args.get("old", next((each for each in names if each != new), new))
    if {old, new} - set(names):
        raise NotFound
    before, after = side_or_404(slug, old), side_or_404(slug, new)
    return render_template(
        "courses/publishing/compare.html",
        slug=slug,
        title=title_of(after.course),
        old=before,
        new=after,
        names=[(name, side_name(name)) for name in names],
        rows_of_files=changes.file_rows(before, after),
        affected=changes.affected(db.session, before, after),
    )


def _names(slug: str) -> list[str]:
    """How addresses speak of everything that can be compared, the latest first."""
    draft = [DRAFT] if drafts.draft_of(db.session, slug) is not None else []
    return [*draft, *map(str, queries.numbers(db.session, slug))]


def side_name(name: str) -> str:
    """A side in words."""
    return _("The draft") if name == DRAFT else _("Edition %(number)s", number=int(name))


@bp.get("/<slug>/editions/compare/<path:path>")
@trainers
def compare_file(slug: str, path: str) -> ResponseReturnValue:
    """One file on both sides, with what was said about it where the newer side is the draft."""
    actor = staff_of(slug)
    old_name, new_name = request.args.get("old", NOTHING), request.args.get("new", DRAFT)
    old = None if old_name == NOTHING else side_or_404(slug, old_name)
    new = side_or_404(slug, new_name)
    change = _change(old, new, path)
    text, line = difference.text_of(new.files.get(change.new)), request.args.get("line", type=int)
    comments = new.is_draft and bool(change.new) and reviews(actor, slug)
    form = CommentForm(data={"path": change.new, "line": line}) if comments else None
    state, tone = words.FILES.get(change.state, (_("Not changed"), "plain"))
    return render_template(
        "courses/publishing/compare_file.html",
        slug=slug,
        title=changes.title_of_file(new if change.new or old is None else old, change.path) or change.path,
        change=change,
        state=(str(state), tone),
        names=(side_name(old_name) if old else "", side_name(new_name)),
        list_url=changes.compare_url(slug, old_name, new_name) if old else _list_url(actor, slug),
        paper=_paper(old, new, change),
        lang=_language(new if change.new or old is None else old, change.path),
        remarks=remark_queries.remarks(db.session, slug, path=change.new) if comments else [],
        form=form,
        may_write=teaches(actor, slug),
        quote=quote_of(text, line),
        here=request.full_path.rstrip("?"),
        line_url=_line_url(slug, old_name, change.new) if form else "",
    )


def _list_url(actor: Actor, slug: str) -> str:
    """Where all files of a course stand that was never published."""
    return url_for("publishing.publish" if teaches(actor, slug) else "publishing.all_reviews", slug=slug)


def _line_url(slug: str, old: str, path: str) -> str:
    return url_for("publishing.compare_file", slug=slug, path=path, old=old, new=DRAFT) + "&line="


def _change(old: Side | None, new: Side, path: str) -> FileChange:
    before = old.files if old else {}
    for change in difference.between(before, new.files, new.course.moved):
        if path in {change.new, change.old}:
            return change
    if path not in new.files:
        raise NotFound
    return FileChange(State.SAME, path, path, same_bytes=True)


def _language(side: Side, path: str) -> object:
    found = side.key_of(path)
    return language_of(found[1] if found else side.course.language)


def _paper(old: Side | None, new: Side, change: FileChange) -> Paper:
    was = old.files.get(change.old) if old and change.old else None
    now = new.files.get(change.new) if change.new else None
    if not all(difference.is_text(content) for content in (was, now) if content is not None) or _picture(change.path):
        return Paper((), (), pictures=(_picture_url(old, change.old, was), _picture_url(new, change.new, now)))
    lines = difference.lines(difference.text_of(was), difference.text_of(now))
    try:
        rows = blocks.compare(_blocks(old, change.old), _blocks(new, change.new))
    except CourseFaults:
        return Paper(lines, (), unshown=True)
    return Paper(lines, rows)


def _blocks(side: Side | None, path: str) -> list[blocks.Block]:
    page = side.page(path) if side is not None and path else None
    return blocks.blocks(page) if page else []


def _picture(path: str) -> bool:
    return any(path.lower().endswith(ending) for ending in (*PICTURES, ".png", ".jpg", ".jpeg", ".gif"))


def _picture_url(side: Side | None, path: str, content: bytes | None) -> str:
    if side is None or content is None or not _picture(path):
        return ""
    view = "authoring.draft_media" if side.is_draft else "catalogue.media"
    name = path.rpartition("/")[2]
    return url_for(view, slug=side.course.slug, digest=digest_of(content)[:SHORTEST_DIGEST], name=name)
