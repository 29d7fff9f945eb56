"""The network's front page."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy.people.actor import current_actor
from academy.people.guards import public
from alumni.profiles.viewers import is_of_the_network

bp = Blueprint("directory", __name__)


@bp.get("/alumni/")
@public
def index() -> ResponseReturnValue:
    """What the network is; for those who belong to it, who is in it."""
    return render_template("alumni/directory/index.html", belongs=is_of_the_network(current_actor()))
