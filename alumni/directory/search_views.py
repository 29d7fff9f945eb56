"""The searches a member keeps."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.people.actor import Actor, signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web.forms import Form, LineField, hang
from alumni.directory import saving
from alumni.directory.forms import wish_of
from alumni.directory.saving import FindsTooMany, TooManySearches
from alumni.profiles.viewers import is_of_the_network, viewer_of

bp = Blueprint("searches", __name__, url_prefix="/alumni/searches")


class NameForm(Form):
    """What a search is called."""

    name = LineField(_l("What shall this search be called?"), most=80)


def _asker() -> Actor:
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    return actor


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """What the asker looks for again and again."""
    kept = saving.searches_of(db.session, _asker().id)
    return render_template("alumni/directory/searches.html", kept=[(each, saving.wish_in(each)) for each in kept])


@bp.route("/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Keep the search at hand under a name."""
    actor, wish, form = _asker(), wish_of(request.args), NameForm()
    if form.validate_on_submit():
        viewer = viewer_of(db.session, actor)
        try:
            saving.save(db.session, viewer=viewer, name=form.name.data or "", wish=wish, now=clock.now())
        except (TooManySearches, FindsTooMany) as refusal:
            hang(form.name, refusal.sentence)
        else:
            flash(_("The search is kept. You are told when somebody new fits."), "done")
            return redirect(url_for("searches.index"), code=303)
    status = 422 if form.is_submitted() else 200
    return render_template("alumni/directory/keep.html", form=form, wish=wish), status


@bp.post("/<int(max=999999999999999):number>/remove")
@signed_in
def remove(number: int) -> ResponseReturnValue:
    """Keep a search no longer."""
    saving.remove(db.session, member_id=_asker().id, number=number)
    return redirect(url_for("searches.index"), code=303)
