"""How people join the application: who asks, the pages of accounts, and the detours of guards."""

from flask import Flask, redirect, request, url_for
from flask.typing import ResponseReturnValue

from academy import commands, db
from academy.i18n import lazy_gettext as _l
from academy.people import (
    data_rights,
    erasures,
    export,
    guards,
    inactivity,
    minors,
    passwords,
    presence,
    proof,
    retention,
)
from academy.people.views import account, admin, data, register, second_factor, sessions, sign_in
from academy.people.views.blueprint import bp
from academy.web import choices, desk, limits, navigation, redirects

PAGES = (account, admin, data, register, second_factor, sessions, sign_in)


def init_app(app: Flask) -> None:
    """Let the site know who asks, and add the pages of accounts."""
    presence.init_app(app)
    limits.init_app(app, app.extensions["academy.settings"])
    choices.init_app(app)
    passwords.warm_up()
    app.register_blueprint(bp)
    commands.add(app, users="academy.people.cli:users")
    app.register_error_handler(proof.ProofNeeded, _ask_for_proof)
    app.register_error_handler(guards.SecondFactorNeeded, _ask_for_second_factor)
    data_rights.add_provider("account", export.of_account)
    data_rights.add_provider("minor", minors.known_of)
    data_rights.add_eraser(minors.forget)
    navigation.add(
        navigation.Entry(_l("Desk"), "people.desk", 15, lambda actor: actor is not None and actor.is_moderator)
    )
    retention.init_app()
    inactivity.init_app()
    erasures.init_app()
    _fill_desk()


def _fill_desk() -> None:
    desk.add(desk.Card(_l("People"), _l("Find people, give and take roles."), "people.people", 10))


def _ask_for_proof(_error: proof.ProofNeeded) -> ResponseReturnValue:
    db.abandon()
    # What was sent cannot be kept through the detour: a page that was posted to is opened again instead.
    target = (
        redirects.here() if request.method == "GET" else redirects.safe(_referring_path(), url_for("people.account"))
    )
    return redirect(url_for("people.prove", next=target), code=303)


def _referring_path() -> str:
    own = request.host_url
    referrer = request.referrer or ""
    return "/" + referrer.removeprefix(own) if referrer.startswith(own) else request.path


def _ask_for_second_factor(_error: guards.SecondFactorNeeded) -> ResponseReturnValue:
    db.abandon()
    return redirect(url_for("people.second_factor"), code=303)
