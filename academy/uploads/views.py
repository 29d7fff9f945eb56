"""A member's own files."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from academy import db
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from academy.people.guards import signed_in
from academy.uploads import queries, serving

bp = Blueprint("uploads", __name__)


@bp.get("/account/files/<int(max=9007199254740991):number>")
@signed_in
def own(number: int) -> ResponseReturnValue:
    """One of one's own files; nobody else's is reached by its number."""
    upload = queries.own(db.session, signed_in_actor().id, number)
    if upload is None:
        raise NotFound
    return serving.attachment(upload)
