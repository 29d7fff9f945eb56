"""The blueprint of opportunities and what its views share."""

from flask import Blueprint, render_template

from academy import db
from academy.errors import NotFound
from academy.people.actor import signed_in_actor
from alumni.opportunities import queries
from alumni.opportunities.models import Opportunity
from alumni.opportunities.queries import Found

bp = Blueprint("opportunities", __name__)
INVALID = 422
NUMBER = "int(max=999999999999999)"


def page(name: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page of opportunities."""
    return render_template(f"alumni/opportunities/{name}.html", **values), status


def seen_or_404(number: int) -> Found:
    """The opportunity, if whoever asks may see it."""
    found = queries.seen(db.session, signed_in_actor(), number)
    if found is None:
        raise NotFound
    return found


def own_or_404(number: int) -> Opportunity:
    """One's own opportunity, locked."""
    found = queries.own_locked(db.session, signed_in_actor(), number)
    if found is None:
        raise NotFound
    return found
