"""Pages of invitations: what an alumna hands on, where a graduate asks, where the coordinator answers."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock, db, i18n
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.mail.writing import public_url, speaking
from academy.people import queries as people
from academy.people.actor import current_actor, signed_in_actor
from academy.people.guards import admins, public, reveal, signed_in
from academy.web import limits
from academy.web.forms import hang, said
from academy.web.limits import Limit
from academy.web.squares import drawing
from alumni.graduates import placing
from alumni.graduates import queries as graduates
from alumni.graduates.queries import NetworkCohort
from alumni.invitations import links, queries, service
from alumni.invitations.forms import AnswerForm, ClaimForm
from alumni.invitations.models import OPEN, PlaceClaim
from alumni.profiles.viewers import is_of_the_network
from courses import facts

bp = Blueprint("invitations", __name__)
INVALID = 422
ASKING = Limit("ask for a place", 5, 24 * 60 * 60)


@bp.get("/alumni/invite")
@signed_in
def invite() -> ResponseReturnValue:
    """A text and a link for each of one's cohorts, to hand on oneself; this page sends nothing."""
    actor = signed_in_actor()
    reveal(is_of_the_network(actor))
    cohorts = graduates.cohorts_of(db.session, [actor.id])[actor.id]
    chosen = next((each for each in cohorts if each.key == request.args.get("cohort")), cohorts[0] if cohorts else None)
    language = request.args.get("language", "")
    language = language if language in i18n.offered() else i18n.current_code()
    link = public_url("invitations.join", token=links.token_of(chosen.key)) if chosen else ""
    return render_template(
        "alumni/invitations/invite.html",
        cohorts=cohorts,
        chosen=chosen,
        here=queries.here(db.session, [chosen.key]) if chosen else 0,
        language=i18n.language_of(language),
        languages=[i18n.language_of(code) for code in i18n.offered()],
        link=link,
        text=text_in(language, link) if link else "",
        square=drawing(link) if link else "",
    )


def text_in(language: str, link: str) -> str:
    """The words to hand on, in this language."""
    with speaking(language):
        sentences = (
            _("Do you remember our course? Its graduates have a place of their own now."),
            _("We find each other there, help each other and meet. Nobody sees more of you than you show."),
            _("This link says how to come in:"),
        )
    return "\n\n".join((*sentences, link))


@bp.route("/alumni/join", methods=["GET", "POST"])
@bp.route("/alumni/join/<token>", methods=["GET", "POST"])
@public
def join(token: str = "") -> ResponseReturnValue:
    """What the network is; whoever is signed in can ask for their place here."""
    actor, cohort = current_actor(), _cohort_behind(token)
    named = {"cohort": cohort.name, "year": cohort.year} if cohort else {}
    form = ClaimForm(data=named, this_year=clock.now().year)
    if request.method == "POST" and actor is None:
        return redirect(url_for("people.sign_in", next=url_for("invitations.join", token=token or None)), code=303)
    if actor is not None and form.validate_on_submit():
        limits.spend(ASKING, actor.id)
        return _asked(form, actor.id, token)
    return _join_page(token, form, cohort), INVALID if form.errors else 200


def _join_page(token: str, form: ClaimForm, cohort: NetworkCohort | None) -> str:
    actor = current_actor()
    with db.glance() as brief:
        claim = queries.latest_of(brief, actor.id) if actor else None
    return render_template(
        "alumni/invitations/join.html",
        form=form,
        cohort=cohort,
        claim=claim,
        actor=actor,
        here=url_for("invitations.join", token=token or None),
        asks=actor is not None and not actor.is_alumnus and (claim is None or claim.state != OPEN),
    )


def _cohort_behind(token: str) -> NetworkCohort | None:
    """The cohort of a link; a link of our own making whose cohort is gone leads to the page for everybody."""
    if not token:
        return None
    key = links.cohort_in(token)
    reveal(bool(key))
    with db.glance() as brief:
        return graduates.cohort_with(brief, key)


def _asked(form: ClaimForm, member_id: int, token: str) -> ResponseReturnValue:
    typed = {name: said(form[name]) for name in ("name", "cohort", "code", "words")}
    claim = PlaceClaim(member_id=member_id, year=form.year.data or 0, asked_at=clock.now(), **typed)
    try:
        service.ask(db.session, claim=claim)
    except service.AlreadyAsked as error:
        flash(str(error), "info")
    else:
        flash(_("The coordinator looks at it. You are told when there is an answer."), "done")
    return redirect(url_for("invitations.join", token=token or None), code=303)


@bp.post("/alumni/join/take-back")
@signed_in
def take_back() -> ResponseReturnValue:
    """Forget what one asked for."""
    service.take_back(db.session, member_id=signed_in_actor().id)
    flash(_("Taken back."), "done")
    return redirect(url_for("invitations.join"), code=303)


@bp.get("/admin/graduates/claims/")
@admins
def claims() -> ResponseReturnValue:
    """Graduates who ask for their place."""
    return render_template("alumni/invitations/claims.html", claims=queries.waiting(db.session))


@bp.route("/admin/graduates/claims/<int(max=999999999999999):number>", methods=["GET", "POST"])
@admins
def claim(number: int) -> ResponseReturnValue:
    """One claim, what speaks for it, and the answer."""
    found = queries.claim(db.session, number, locked=request.method == "POST")
    if found is None:
        raise NotFound
    form = AnswerForm()
    if form.validate_on_submit() and _answered(found, form):
        flash(_("Answered. They are told."), "done")
        return redirect(url_for("invitations.claims"), code=303)
    text = render_template(
        "alumni/invitations/claim.html",
        claim=found,
        form=form,
        entry=placing.entry_like(db.session, name=found.name, year=found.year),
        certificate=facts.certificate_with_code(db.session, found.code) if found.code else None,
        account=people.names_of(db.session, [found.member_id])[found.member_id],
    )
    return text, INVALID if form.errors else 200


def _answered(found: PlaceClaim, form: AnswerForm) -> bool:
    give = form.decision.data == "give"
    if not give and not form.words.data:
        hang(form.words, _("Say in a few words why."))
        return False
    by, now = signed_in_actor(), clock.now()
    service.answer(db.session, claim=found, give=give, words=said(form.words), by=by, now=now)
    return True
