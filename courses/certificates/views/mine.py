"""What the holder of certificates sees: the certificates, the name on them, and what is left for the first one."""

from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people import queries as people
from academy.people.actor import signed_in_actor
from academy.people.guards import reveal, signed_in
from courses.catalogue import library
from courses.certificates import naming, queries, rules, service, wording
from courses.certificates.cards import card
from courses.certificates.forms import PrintedNameForm
from courses.certificates.profiles import profile_link
from courses.certificates.views.blueprint import INVALID, bp, certificate_or_404, page
from courses.credentials import queries as credentials
from courses.progress.queries import standings_of_member
from courses.progress.rules import Tier, checklist
from courses.shares import queries as shares
from courses.shares.counting import month_of


@dataclass(frozen=True, slots=True)
class Ahead:
    """A course on the way to the first certificate: its title and what is left, line by line."""

    slug: str
    title: str
    left: tuple[str, ...]


@bp.route("/my/certificates", methods=["GET", "POST"])
@signed_in
def mine() -> ResponseReturnValue:
    """All my certificates, and the form that says how my name is written on them."""
    actor = signed_in_actor()
    own = queries.name_and_certificates(db.session, actor.id)
    form = PrintedNameForm(data={"legal_name": own.legal_name, "second_name": own.second_name})
    if form.validate_on_submit():
        _keep_name(form)
        flash(_("Your name is saved. It will be printed on your next certificate."), "done")
        return redirect(url_for("certificates.mine"), code=303)
    return page(
        "mine",
        INVALID if form.errors else 200,
        form=form,
        unchecked=bool(own.legal_name) and not own.confirmed and not form.errors,
        cards=[card(certificate) for certificate in own.certificates],
        record=any(each.valid and each.holder_name for each in own.certificates),
        ahead=[] if own.certificates else _ahead(actor.id),
        name_missing=not own.legal_name,
        checks=shares.checks_of(db.session, [each.code for each in own.certificates], month_of(clock.now())),
        signed=credentials.signed(db.session, [each.code for each in own.certificates]),
        profiles={each.code: profile_link(each) for each in own.certificates},
        languages=[i18n.language_of(code) for code in i18n.offered()],
    )


def _keep_name(form: PrintedNameForm) -> None:
    actor = signed_in_actor()
    member = people.member(db.session, actor.id)
    if member is None:
        raise NotFound
    naming.confirm(
        db.session,
        member=member,
        name=form.legal_name.data or "",
        second_name=form.second_name.data or "",
        by=actor,
        now=clock.now(),
    )


def _ahead(member_id: int) -> list[Ahead]:
    standings = standings_of_member(db.session, member_id)
    courses = library.live_courses(db.session)
    languages = i18n.reading_order(i18n.current_code())
    found = []
    for slug, standing in standings.items():
        live = courses.get(slug)
        if live is None or live.course.certificate is None or not standing.active:
            continue
        left = rules.lines_left(checklist(live.course, standing.done, standing.earned), Tier.COMPLETION)
        found.append(Ahead(slug, live.course.text(*languages).title, tuple(wording.line_left(item) for item in left)))
    return sorted(found, key=lambda each: len(each.left))


@bp.post("/my/certificates/<code>/name")
@signed_in
def show_name(code: str) -> ResponseReturnValue:
    """Let whoever has the code see my name, or keep it back."""
    certificate, actor = certificate_or_404(code), signed_in_actor()
    reveal(rules.is_holder(actor, certificate))
    shown = request.form.get("shown") == "yes"
    service.show_name(db.session, certificate=certificate, shown=shown, by=actor, now=clock.now())
    said = _("Whoever has the code sees your name now.") if shown else _("Your name is kept back from now on.")
    flash(said, "done")
    return redirect(url_for("certificates.mine"), code=303)
