"""The desk of places: which there are, for whom, and who looks after them."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import DomainError, NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import admins
from academy.web.forms import hang, said
from academy.web.paging import ROW, row_number
from alumni.forum.order import desk_queries, service, words
from alumni.forum.order.forms import KeeperForm, PlaceForm
from alumni.forum.order.refusals import AddressTaken, NobodyThere
from alumni.forum.places.models import Category
from alumni.profiles.queries import bylines
from alumni.profiles.viewers import viewer_of

bp = Blueprint("forum_desk", __name__, url_prefix="/admin/forum")
INVALID = 422


@bp.get("/")
@admins
def index() -> ResponseReturnValue:
    """Every place, in the order in which members see them."""
    found = desk_queries.on_the_desk(db.session, _after())
    more = found[desk_queries.PAGE - 1][0] if len(found) > desk_queries.PAGE else None
    known = dict(words.choices(db.session))
    shown = [(place, topics, words.named(place.readers, known)) for place, topics in found[: desk_queries.PAGE]]
    return render_template(
        "alumni/forum/desk/index.html", found=shown, more=f"{more.place}-{more.id}" if more else "", first=not _after()
    )


def _after() -> tuple[int, int] | None:
    place, dash, number = request.args.get("after", "").partition("-")
    if not dash:
        return None
    try:
        return row_number(place), row_number(number)
    except ValueError as error:
        raise NotFound from error


@bp.route("/new", methods=["GET", "POST"])
@admins
def make() -> ResponseReturnValue:
    """Make a place."""
    form = PlaceForm()
    form.offer(words.choices(db.session))
    if not form.validate_on_submit():
        return _words(form, None, INVALID if form.errors else 200)
    try:
        place = service.make_place(db.session, form.outline(said(form.slug)), signed_in_actor(), clock.now())
    except AddressTaken as refusal:
        hang(form.slug, refusal)
        return _words(form, None, INVALID)
    flash(_("The place is open."), "done")
    return redirect(url_for("forum_desk.show", slug=place.slug), code=303)


def _words(form: PlaceForm, place: Category | None, status: int = 200, refusal: str = "") -> ResponseReturnValue:
    return render_template("alumni/forum/desk/words.html", form=form, place=place, refusal=refusal), status


@bp.get("/<slug>")
@admins
def show(slug: str) -> ResponseReturnValue:
    """One place: for whom it is, and who looks after it."""
    return _page(_place(slug), KeeperForm())


def _place(slug: str, *, lock: bool = False) -> Category:
    place = desk_queries.place(db.session, slug, lock=lock)
    if place is None:
        raise NotFound
    return place


def _page(place: Category, form: KeeperForm, status: int = 200) -> ResponseReturnValue:
    known = dict(words.choices(db.session))
    keepers = desk_queries.keepers_of(db.session, place.id)
    named = bylines(db.session, viewer_of(db.session, signed_in_actor()), keepers)
    page = render_template(
        "alumni/forum/desk/show.html",
        place=place,
        form=form,
        circles={name: words.named(getattr(place, name), known) for name in ("readers", "writers", "starters")},
        keepers=[named[number] for number in keepers],
        empty=not desk_queries.has_topics(db.session, place.id),
    )
    return page, status


@bp.route("/<slug>/words", methods=["GET", "POST"])
@admins
def change(slug: str) -> ResponseReturnValue:
    """Say something else of a place."""
    place = _place(slug, lock=request.method == "POST")
    form = PlaceForm(obj=place if request.method != "POST" else None)
    if place.made_for is None:
        form.keep_address()
        form.offer(words.choices(db.session))
    else:
        form.follow()
    if not form.validate_on_submit():
        return _words(form, place, INVALID if form.errors else 200)
    try:
        _save(place, form)
    except DomainError as refusal:
        form.version.data = str(place.version)
        return _words(form, place, refusal.status, str(refusal))
    flash(_("Saved."), "done")
    return redirect(url_for("forum_desk.show", slug=slug), code=303)


def _save(place: Category, form: PlaceForm) -> None:
    typed = form.version.data or ""
    version = int(typed) if typed.isdecimal() else 0
    by, now = signed_in_actor(), clock.now()
    if place.made_for is None:
        service.change_place(db.session, place, form.outline(place.slug), version, by, now)
    else:
        service.describe_place(db.session, place, said(form.description), form.place.data or 0, version, by, now)


@bp.post("/<slug>/away")
@admins
def away(slug: str) -> ResponseReturnValue:
    """Put a place away, or open it again."""
    place, by, now = _place(slug, lock=True), signed_in_actor(), clock.now()
    if request.form.get("act") == "open":
        service.open_again(db.session, place, by, now)
        flash(_("The place is open again."), "done")
    else:
        service.put_away(db.session, place, by, now)
        flash(_("The place is put away: everybody of its circle can still read it."), "done")
    return redirect(url_for("forum_desk.show", slug=slug), code=303)


@bp.post("/<slug>/remove")
@admins
def remove(slug: str) -> ResponseReturnValue:
    """Delete a place in which nothing was ever written."""
    place = _place(slug, lock=True)
    try:
        service.remove_place(db.session, place, signed_in_actor(), clock.now())
    except DomainError as refusal:
        flash(str(refusal), "error")
        return redirect(url_for("forum_desk.show", slug=slug), code=303)
    flash(_("The place is gone."), "done")
    return redirect(url_for("forum_desk.index"), code=303)


@bp.post("/<slug>/keepers")
@admins
def appoint(slug: str) -> ResponseReturnValue:
    """Let a member look after a place."""
    place, form = _place(slug), KeeperForm()
    if not form.validate_on_submit():
        return _page(place, form, INVALID)
    try:
        service.appoint(db.session, place, said(form.who), signed_in_actor(), clock.now())
    except NobodyThere as refusal:
        hang(form.who, refusal)
        return _page(place, form, INVALID)
    flash(_("They look after the place now, and were told."), "done")
    return redirect(url_for("forum_desk.show", slug=slug), code=303)


@bp.post(f"/<slug>/keepers/<{ROW}:number>/remove")
@admins
def dismiss(slug: str, number: int) -> ResponseReturnValue:
    """Let a member look after a place no longer."""
    service.dismiss(db.session, _place(slug), number, signed_in_actor(), clock.now())
    flash(_("They no longer look after the place."), "done")
    return redirect(url_for("forum_desk.show", slug=slug), code=303)
