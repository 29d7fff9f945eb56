"""Sending a photo, and taking it away."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.uploads import service as uploads
from academy.uploads.refusals import LARGEST, FileRefused
from academy.web import limits
from academy.web.file_forms import takes_files
from academy.web.forms import REQUIRED, hang
from academy.web.limits import Limit
from alumni.profiles import photos, reading
from alumni.profiles.forms import PhotoFileForm
from alumni.profiles.views.blueprint import bp
from alumni.profiles.views.mine import own_profile

PHOTOS = Limit("profile photos", 20, 60 * 60)


@bp.route("/alumni/me/photo/file", methods=["GET", "POST"])
@signed_in
@takes_files(LARGEST)
def photo_file() -> ResponseReturnValue:
    """Send a photo; who may see it is said on the page before."""
    actor, form = signed_in_actor(), PhotoFileForm()
    with db.glance() as session:
        reveal(reading.own(session, actor.id) is not None)
    files = _cut(form) if form.validate_on_submit() else None
    if files is None:
        return render_template("alumni/profiles/photo_file.html", form=form), 422 if form.errors else 200
    for parcel in files.values():
        uploads.store_bytes(parcel, actor.id)
    photos.replace(db.session, profile=own_profile(to_change=True), files=files, now=clock.now())
    flash(_("Your photo is kept."), "done")
    return redirect(url_for("profiles.edit", key="photo"), code=303)


def _cut(form: PhotoFileForm) -> dict[str, uploads.Parcel] | None:
    if form.photo.data is None:
        hang(form.photo, REQUIRED)
        return None
    limits.spend(PHOTOS, signed_in_actor().id)
    try:
        return photos.cut(form.photo.data)
    except FileRefused as refusal:
        hang(form.photo, refusal)
        return None


@bp.post("/alumni/me/photo/remove")
@signed_in
def remove_photo() -> ResponseReturnValue:
    """Take the photo away."""
    photos.replace(db.session, profile=own_profile(to_change=True), files={}, now=clock.now())
    flash(_("Your photo is gone."), "done")
    return redirect(url_for("profiles.edit", key="photo"), code=303)
