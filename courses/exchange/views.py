"""Courses go out as zip, page and e-book, and come in as zips."""

from datetime import datetime

from flask import Blueprint, Response, current_app, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.current import the_settings
from academy.errors import NotFound
from academy.i18n import OWN_NAMES, language_of
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import OWNER, Actor, Role, signed_in_actor
from academy.people.guards import require, reveal, trainers
from academy.people.standing import give_role
from academy.web import limits
from academy.web.assets import Assets
from academy.web.file_forms import content_of, takes_files
from academy.web.forms import hang, said
from academy.web.limits import Limit
from courses.authoring import queries as drafts
from courses.authoring import rules
from courses.authoring import service as authoring
from courses.authoring.drafted import Drafted
from courses.authoring.models import StepKind
from courses.catalogue import library, rendering
from courses.catalogue.labels import labels_in
from courses.catalogue.reader.course import read_course
from courses.catalogue.staff import is_staff_of, teaches
from courses.exchange import service, zips
from courses.exchange.book import Book
from courses.exchange.epub import Imprint, epub
from courses.exchange.forms import NewZipForm, ZipForm
from courses.exchange.one_page import one_page

bp = Blueprint("exchange", __name__, url_prefix="/teach")
MOST = 10 * 1024 * 1024
IMPORTS = Limit("exchange.imports", 20, 60 * 60)
BOOKS = Limit("exchange.books", 30, 60 * 60)
INVALID = 422
TYPES = {"zip": "application/zip", "html": "text/html; charset=utf-8", "epub": "application/epub+zip"}


@bp.get("/<slug>/exchange")
@trainers
def index(slug: str) -> ResponseReturnValue:
    """The ways out and in."""
    _staff(slug)
    return _page(slug, ZipForm())


@bp.post("/<slug>/exchange")
@trainers
@takes_files(MOST)
def take(slug: str) -> ResponseReturnValue:
    """Make the draft what a zip holds, and show what differs."""
    actor, form = _staff(slug), ZipForm()
    require(teaches(actor, slug))
    limits.spend(IMPORTS, actor.id)
    unpacked = _unpacked(form) if form.validate_on_submit() else None
    if unpacked is None:
        return _page(slug, form), INVALID
    now, about = clock.now(), form.file.data.filename or "zip"
    service.take_as_draft(db.session, slug=slug, files=unpacked.files, about=about, by=actor.id, now=now)
    flash(_("The zip is the draft now. The history can take this step back."), "done")
    return redirect(url_for("authoring.show", slug=slug), code=303)


@bp.route("/import", methods=["GET", "POST"])
@trainers
@takes_files(MOST)
def new() -> ResponseReturnValue:
    """Begin a course with a zip."""
    actor, form = signed_in_actor(), NewZipForm()
    require(rules.may_begin_courses(actor))
    if form.is_submitted():
        limits.spend(IMPORTS, actor.id)
    slug = _begun(form, actor, clock.now()) if form.validate_on_submit() else ""
    if slug:
        return redirect(url_for("authoring.show", slug=slug), code=303)
    return render_template("courses/exchange/new.html", form=form), INVALID if form.errors else 200


def _begun(form: NewZipForm, actor: Actor, now: datetime) -> str:
    unpacked = _unpacked(form)
    if unpacked is None:
        return ""
    slug = said(form.slug) or unpacked.folder
    if not slug or slug in rules.RESERVED:
        hang(form.slug, _("Please choose a short name for the course."))
        return ""
    try:
        authoring.create(db.session, slug=slug, contents=unpacked.files, by=actor.id, now=now, kind=StepKind.IMPORTED)
    except authoring.SlugTaken as error:
        hang(form.slug, error)
        return ""
    member = people.member(db.session, actor.id)
    if member is not None and not actor.is_admin:
        give_role(db.session, member=member, role=Role(OWNER, f"course:{slug}"), by=actor, now=now)
    return slug


def _unpacked(form: ZipForm) -> zips.Unpacked | None:
    """What the zip holds, looked at before the database is touched; None with the reason on the form."""
    try:
        return zips.unpacked(content_of(form.file))
    except zips.NotACourse as refused:
        hang(form.file, _(refused.text, **refused.values))
        return None


@bp.get("/<slug>/exchange/<which>.<kind>")
@trainers
def download(slug: str, which: str, kind: str) -> Response:
    """The draft or the edition readers see, as a zip, a page or an e-book in the course's own language."""
    return _download(slug, which, kind, "")


@bp.get("/<slug>/exchange/<which>.<language>.<kind>")
@trainers
def download_in(slug: str, which: str, language: str, kind: str) -> Response:
    """The same in another of its languages."""
    if language not in OWN_NAMES or kind == "zip":
        raise NotFound
    return _download(slug, which, kind, language)


def _download(slug: str, which: str, kind: str, language: str) -> Response:
    actor = _staff(slug)
    files = _files(slug, which)
    if kind not in TYPES:
        raise NotFound
    if kind != "zip":
        limits.spend(BOOKS, actor.id)
    content = zips.packed(slug, files) if kind == "zip" else _bound(slug, files, kind, language)
    response = make_response(content)
    response.mimetype = TYPES[kind]
    ending = f"{language}.{kind}" if language else kind
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}.{ending}"'
    return response


def _files(slug: str, which: str) -> dict[str, bytes]:
    live = library.live_course(db.session, slug)
    if which == "draft" and drafts.draft_of(db.session, slug) is not None:
        return drafts.files_of(db.session, slug)
    if which == "edition" and live is not None:
        return library.files_of(db.session, live.edition_id)
    raise NotFound


def _bound(slug: str, files: dict[str, bytes], kind: str, language: str) -> bytes:
    """The course as one page or as a book; raises CourseFaults while a draft is no course yet."""
    course = read_course(slug, files)
    language = language or course.language
    if language not in course.languages:
        raise NotFound
    pages = {(page.key, page.language): page for page in rendering.render(course, labels=labels_in)}
    annexed = request.args.get("guide") == "yes"
    book = Book(course, pages, files, language, language_of(language).direction, annexed)
    settings = the_settings()
    if kind == "html":
        return one_page(book, css=_styles(), site=settings.name)
    address = f"{settings.public_url}/courses/{slug}/#{language}"
    return epub(book, Imprint(address, settings.name, clock.now()))


def _styles() -> str:
    assets: Assets = current_app.extensions["academy.assets"]
    return assets.text("app.css")


def _staff(slug: str) -> Actor:
    actor = signed_in_actor()
    reveal(is_staff_of(actor, slug))
    with db.glance() as session:
        reveal(slug in drafts.known(session, [slug]))
    return actor


def _page(slug: str, form: ZipForm) -> str:
    live, draft = library.live_course(db.session, slug), drafts.draft_of(db.session, slug)
    faults = Drafted(slug, drafts.files_of(db.session, slug)).inspection.faults if draft else ()
    course = live.course if live else Drafted(slug, drafts.files_of(db.session, slug)).course
    return render_template(
        "courses/exchange/index.html",
        slug=slug,
        course=course,
        live=live,
        draft=draft,
        whole=not faults,
        names=OWN_NAMES,
        form=form,
        may_write=teaches(signed_in_actor(), slug),
    )
