"""The blueprint of messages and what its views share."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from academy import db
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from alumni.messages import naming, queries
from alumni.messages.queries import Thread
from alumni.profiles.queries import Byline
from alumni.profiles.viewers import viewer_of

bp = Blueprint("messages", __name__, url_prefix="/messages")


INVALID = 422


def page(name: str, status: int = 200, **values: object) -> ResponseReturnValue:
    """A page of messages."""
    return render_template(f"alumni/messages/{name}.html", **values), status


def thread_or_404(number: int) -> Thread:
    """A conversation of whoever asks."""
    thread = queries.thread_of(db.session, signed_in_actor().id, number)
    if thread is None:
        raise NotFound
    return thread


def named(*member_ids: int) -> dict[int, Byline]:
    """How these members are named to whoever asks."""
    actor = signed_in_actor()
    return naming.named(db.session, actor, viewer_of(db.session, actor), member_ids)


def back_to(number: int, anchor: str = "newest") -> Response:
    """The way back to a conversation, at its end."""
    return redirect(url_for("messages.show", number=number, _anchor=anchor), code=303)
