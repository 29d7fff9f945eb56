"""The one page that a guest sees: a lesson, paragraph by paragraph, with room for comments."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import current_code, language_of, reading_order
from academy.i18n import gettext as _
from academy.people.guards import public
from academy.web.limits import Limit, client, spend
from courses.authoring import queries as drafts
from courses.catalogue import library, stored
from courses.catalogue.addresses import Addresses
from courses.catalogue.content import Lesson, Media
from courses.catalogue.queries import SHORTEST_DIGEST, type_of
from courses.catalogue.reader.faults import CourseFaults
from courses.publishing import blocks, guests, remark_queries, telling
from courses.publishing.blocks import Block
from courses.publishing.forms import GuestCommentForm
from courses.publishing.models import DraftComment, GuestLink, Source
from courses.publishing.quiz_blocks import questions_html
from courses.publishing.sides import Side, draft_side, edition_side

bp = Blueprint("publishing_guest", __name__, url_prefix="/guest")
LOOKS = Limit("guest pages", 120, 10 * 60)
COMMENTS = Limit("guest comments", 30, 60 * 60)
INVALID = 422


@dataclass(frozen=True, slots=True)
class Shown:
    """The lesson a link opens, as a guest sees it."""

    link: GuestLink
    lesson: Lesson
    language: str
    path: str
    title: str
    summary: str
    blocks: tuple[Block, ...]


class GuestPictures(Addresses):
    """Where the pictures of a draft are shown to a guest."""

    def __init__(self, side: Side, token: str) -> None:
        super().__init__(side.course)
        self.token = token

    def media(self, file: Media) -> str:
        """The address of a media file under the guest's own link."""
        digest = file.digest[:SHORTEST_DIGEST]
        return url_for("publishing_guest.media", token=self.token, digest=digest, name=file.name)


@bp.get("/<token>")
@public
def lesson(token: str) -> ResponseReturnValue:
    """The lesson, with a place to write beside each paragraph."""
    spend(LOOKS, client())
    link = guests.open_link(db.session, token, clock.now())
    place = request.args.get("place", type=int)
    form = GuestCommentForm(data={"name": link.guest}) if place is not None else None
    return _dressed(_page(db.session, link, token, form, place))


@bp.post("/<token>")
@public
def comment(token: str) -> ResponseReturnValue:
    """Keep what a guest says about a paragraph."""
    spend(COMMENTS, client())
    now, form = clock.now(), GuestCommentForm()
    place = request.args.get("place", type=int)
    with db.glance() as brief:
        link = guests.open_link(brief, token, now)
        shown = _shown(brief, link, token)
        if shown is None or place is None or not 0 <= place < len(shown.blocks):
            raise NotFound
        if not form.validate_on_submit():
            return _dressed(_page(brief, link, token, form, place)), INVALID
    said, name = (form.text.data or "").strip(), form.name.data or ""
    quote = shown.blocks[place].text
    guests.comment(db.session, link=link, path=shown.path, place=place, quote=quote, name=name, text=said, now=now)
    telling.tell_inviter(
        db.session, member_id=link.created_by, slug=link.course_slug, name=name, title=shown.title, now=now
    )
    flash(_("Thank you. Your comment is kept."), "done")
    address = url_for("publishing_guest.lesson", token=token, language=shown.language)
    return _dressed(redirect(f"{address}#p-{place}", code=303))


def _page(session: Session, link: GuestLink, token: str, form: GuestCommentForm | None, place: int | None) -> Response:
    shown = _shown(session, link, token)
    if shown is None:
        return make_response(render_template("courses/publishing/guest_gone.html"))
    said: dict[int, list[DraftComment]] = {}
    for each in remark_queries.comments_by(session, link):
        if each.path == shown.path and each.place is not None:
            said.setdefault(min(each.place, len(shown.blocks) - 1), []).append(each)
    return make_response(
        render_template(
            "courses/publishing/guest.html",
            shown=shown,
            token=token,
            lang=language_of(shown.language),
            languages=[language_of(code) for code in shown.lesson.texts],
            said=said,
            form=form,
            place=place,
        )
    )


def _shown(session: Session, link: GuestLink, token: str) -> Shown | None:
    """The lesson as it is now; None if it is no longer there or cannot be read at the moment."""
    side = _side(session, link)
    found = side.lesson(link.lesson_key) if side else None
    if side is None or found is None:
        return None
    text = found.text(request.args.get("language", ""), *reading_order(current_code()))
    try:
        page = side.rendered(found.key, text.language, GuestPictures(side, token))
    except CourseFaults:
        return None
    if page is None:
        return None
    html = page.html + questions_html(found, page, answers=link.shows_answers)
    parts = tuple(blocks.blocks(html, blocks.outside, headings=True))
    return Shown(link, found, text.language, text.path, text.title, text.summary, parts)


def _side(session: Session, link: GuestLink) -> Side | None:
    slug = link.course_slug
    if link.source == Source.DRAFT and drafts.draft_of(session, slug) is not None:
        return draft_side(session, slug)
    live = library.live_course(session, slug)
    return edition_side(session, live) if live else None


@bp.get("/<token>/media/<digest>/<name>")
@public
def media(token: str, digest: str, name: str) -> Response:
    """A picture of the lesson that a link opens, and no other file."""
    spend(LOOKS, client())
    link = guests.open_link(db.session, token, clock.now())
    shown, side = _shown(db.session, link, token), _side(db.session, link)
    content = side.files.get(f"media/{name}") if side else None
    whole = stored.digest_of(content or b"")
    address = url_for("publishing_guest.media", token=token, digest=whole[:SHORTEST_DIGEST], name=name)
    on_page = shown is not None and any(address in block.html for block in shown.blocks)
    if content is None or not on_page or len(digest) < SHORTEST_DIGEST or not whole.startswith(digest):
        raise NotFound
    response = make_response(content)
    response.mimetype = type_of(name)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _dressed(response)


def _dressed(response: Response | ResponseReturnValue) -> Response:
    """No search engine lists it, and no other site learns its address."""
    made = make_response(response)
    made.headers["X-Robots-Tag"] = "noindex, nofollow"
    made.headers["Referrer-Policy"] = "no-referrer"
    return made
