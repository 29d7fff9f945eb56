"""One section of one's own profile at a time."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db
from academy.i18n import gettext as _
from academy.markdown import render_member_text
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.web.forms import said
from academy.web.tokens import FIELD
from alumni.audiences import MEANINGS, WORDS, Audience
from alumni.profiles import reading, service
from alumni.profiles.fields import SectionForm
from alumni.profiles.forms import FORMS
from alumni.profiles.models import Profile
from alumni.profiles.sections import LABELS, SECTIONS, Section, after
from alumni.profiles.sheets import Sheet, sheet
from alumni.profiles.viewers import viewer_of
from alumni.profiles.views.blueprint import bp
from alumni.profiles.views.mine import own_profile

STAY = frozenset({"preview", "back", "more"})
"""Buttons that only draw the page anew, with all that was typed."""
KEYS = ", ".join(SECTIONS)


@bp.route(f"/alumni/me/<any({KEYS}):key>", methods=["GET", "POST"])
@signed_in
def edit(key: str) -> ResponseReturnValue:
    """Change a section, and who may see it."""
    section, form = SECTIONS[key], FORMS[key]()
    profile = own_profile(to_change=request.method == "POST")
    stands = reading.read(db.session, profile, section)
    if request.method != "POST":
        form.fill(stands)
        form.seen.data = reading.print_of(stands)
        return _page(section, form, profile)
    if STAY & request.form.keys() or not form.validate():
        return _page(section, form, profile, 422 if form.errors else 200)
    values = form.values()
    if values == stands:
        return _on(key)
    if said(form.seen) != reading.print_of(stands):
        form.seen.data = reading.print_of(stands)
        return _page(section, form, profile, 409, changed=True)
    return _unsure(section, form, stands) or _saved(section, profile, values)


def _saved(section: Section, profile: Profile, values: dict[str, object]) -> ResponseReturnValue:
    service.save(db.session, profile=profile, section=section, values=values, by=signed_in_actor(), now=clock.now())
    flash(_("Saved."), "done")
    return _on(section.key)


def _on(key: str) -> ResponseReturnValue:
    """To the next section for whoever goes through all of them, else back to the profile."""
    following = after(key) if "on" in request.form else ""
    target = url_for("profiles.edit", key=following) if following else url_for("profiles.me")
    return redirect(target, code=303)


def _unsure(section: Section, form: SectionForm, stands: dict[str, object]) -> ResponseReturnValue | None:
    """A page that asks once more, when a field is about to open to everyone."""
    opened = [
        field
        for field in section.audiences
        if form[f"show_{field}"].data == Audience.EVERYONE != stands[f"show_{field}"]
    ]
    if set(opened) <= set(said(form.sure).split()):
        return None
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in {FIELD, "sure"}]
    return render_template(
        "alumni/profiles/sure.html", section=section, opened=[LABELS[each] for each in opened], kept=kept, sure=opened
    )


def _standing(profile: Profile) -> Sheet | None:
    return sheet(db.session, viewer_of(db.session, signed_in_actor()), profile.member_id)


def _page(
    section: Section, form: SectionForm, profile: Profile, status: int = 200, *, changed: bool = False
) -> ResponseReturnValue:
    preview = render_member_text(said(form["story"])) if "preview" in request.form and section.key == "story" else ""
    text = render_template(
        "alumni/profiles/edit.html",
        section=section,
        form=form,
        profile=profile,
        stands=_standing(profile) if changed else None,
        labels=LABELS,
        preview=preview,
        following=after(section.key),
        meanings=[(WORDS[each], MEANINGS[each]) for each in Audience],
        own_name=signed_in_actor().display_name,
    )
    return text, status
