"""The blueprint of people and what its views share."""

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue
from wtforms import Field

from academy import db
from academy.current import the_settings
from academy.errors import NotFound
from academy.people import devices, password_rules, presence, queries
from academy.people.actor import signed_in_actor
from academy.people.models import Member
from academy.web.forms import Form, hang

bp = Blueprint("people", __name__)
INVALID = 422


def page(name: str, form: Form | None = None, **values: object) -> ResponseReturnValue:
    """A page of people; with a form that has errors it says so by its status too."""
    text = render_template(f"academy/people/{name}.html", form=form, **values)
    return text, INVALID if form is not None and form.errors else 200


def own_row() -> Member:
    """The row of whoever is signed in."""
    member = queries.member(db.session, signed_in_actor().id)
    if member is None:
        raise NotFound
    return member


def glanced_row() -> Member:
    """The row of whoever is signed in, read without taking the write lock (hashes are checked before it is taken)."""
    with db.glance() as session:
        member = queries.member(session, signed_in_actor().id)
    if member is None:
        raise NotFound
    return member


def device() -> str:
    """What the device at hand is called in lists."""
    return devices.label(request.user_agent.string)


def renew_sign_in() -> None:
    """Give the device at hand a new token: what was overheard before is worth nothing from now on."""
    token = presence.renew(db.session, sign_in_id=signed_in_actor().sign_in_id)
    presence.remember(token, keep=session.permanent)


def good_password(field: Field, *own_words: str, staff: bool = False) -> bool:
    """Whether the password is good enough; hangs on its field what is wrong with it."""
    fault = password_rules.fault(field.data, own_words=(*own_words, the_settings().name), staff=staff)
    if fault is not None:
        hang(field, fault)
    return fault is None
