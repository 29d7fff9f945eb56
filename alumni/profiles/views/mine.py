"""One's own profile: what stands in it, who sees it, how others see it, hiding it, its address."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.limits import Limit
from alumni.audiences import MEANINGS, WORDS, Audience
from alumni.profiles import parts, reading, service
from alumni.profiles.forms import AddressForm, HideForm
from alumni.profiles.models import Profile
from alumni.profiles.names import may_be_handle
from alumni.profiles.sections import LABELS, SECTIONS
from alumni.profiles.sheets import sheet
from alumni.profiles.viewers import Viewer, viewer_of
from alumni.profiles.views.blueprint import bp

ADDRESSES = Limit("profile addresses", 20, 24 * 60 * 60)
AS = {"cohort": Audience.COHORT, "network": Audience.NETWORK, "everyone": Audience.EVERYONE}
"""As whom one may look at one's own profile."""


def own_profile(*, to_change: bool = False) -> Profile:
    """The profile of whoever asks; whoever has none is not told of these pages."""
    profile = reading.own(db.session, signed_in_actor().id, to_change=to_change)
    if profile is None:
        raise NotFound
    return profile


@bp.get("/alumni/me")
@signed_in
def me() -> ResponseReturnValue:
    """What stands in one's profile, and who sees it."""
    actor = signed_in_actor()
    profile = reading.own(db.session, actor.id)
    if profile is None:
        reveal(actor.is_alumnus)
        return render_template("alumni/profiles/begin.html", meanings=_meanings())
    drawn = sheet(db.session, viewer_of(db.session, actor), actor.id)
    return render_template(
        "alumni/profiles/me.html",
        choices=parts.choices_of(db.session, actor.id),
        sheet=drawn,
        profile=profile,
        sections=SECTIONS,
        labels=LABELS,
        audiences=WORDS,
        own_name=actor.display_name,
        ended=not actor.is_alumnus,
        hide_form=HideForm(),
    )


def _meanings() -> list[tuple[str, str]]:
    return [(str(WORDS[each]), str(MEANINGS[each])) for each in Audience]


@bp.post("/alumni/me")
@signed_in
def begin() -> ResponseReturnValue:
    """Make one's profile; it shows nothing to anybody yet."""
    actor = signed_in_actor()
    reveal(actor.is_alumnus)
    service.ensure(db.session, actor.id, clock.now())
    return redirect(url_for("profiles.edit", key="name"), code=303)


@bp.get("/alumni/me/as/<any(cohort, network, everyone):audience>")
@signed_in
def as_(audience: str) -> ResponseReturnValue:
    """One's own profile as somebody else sees it, read as it is read for them."""
    profile = own_profile()
    drawn = sheet(db.session, Viewer(None, AS[audience]), profile.member_id)
    pages = ((WORDS[AS[key]], url_for("profiles.as_", audience=key), key == audience) for key in AS)
    ways = [{"label": label, "url": url, "current": current} for label, url, current in pages]
    return render_template("alumni/profiles/as.html", sheet=drawn, ways=ways)


@bp.post("/alumni/me/hide")
@signed_in
def hide() -> ResponseReturnValue:
    """Be seen by nobody from now on, or by those again to whom one is open."""
    profile, hidden = own_profile(to_change=True), said(HideForm().hidden) != "no"
    service.hide(db.session, profile=profile, hidden=hidden, by=signed_in_actor(), now=clock.now())
    if hidden:
        flash(_("Nobody but you sees anything of your profile now. It stays as it is until you show it again."), "done")
    else:
        flash(_("Your profile is seen again, by those to whom it is open."), "done")
    return redirect(url_for("profiles.me"), code=303)


@bp.route("/alumni/me/address", methods=["GET", "POST"])
@signed_in
def address() -> ResponseReturnValue:
    """Change the last part of the profile's address, and whether search engines may list it."""
    if request.method == "POST":  # that an address is taken says that somebody is there
        limits.spend(ADDRESSES, signed_in_actor().id)
    profile = own_profile(to_change=request.method == "POST")
    form = AddressForm(obj=profile)
    if form.validate_on_submit() and _moved(profile, form):
        profile.indexed = bool(form.indexed.data)
        flash(_("Saved."), "done")
        return redirect(url_for("profiles.me"), code=303)
    former = reading.former_handles_of(db.session, profile.member_id)
    text = render_template("alumni/profiles/address.html", form=form, former=former, profile=profile)
    return text, 422 if form.errors else 200


def _moved(profile: Profile, form: AddressForm) -> bool:
    try:
        service.move(db.session, profile=profile, handle=said(form.handle), now=clock.now())
    except service.HandleTaken as refusal:
        hang(form.handle, refusal)
        return False
    return True


@bp.post("/alumni/me/address/let-go")
@signed_in
def let_go() -> ResponseReturnValue:
    """Let a former address lead nowhere."""
    handle = request.form.get("handle", "")
    reveal(may_be_handle(handle))
    service.let_go(db.session, member_id=own_profile().member_id, handle=handle)
    flash(_("That address leads nowhere now."), "done")
    return redirect(url_for("profiles.address"), code=303)
