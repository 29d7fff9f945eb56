"""The blueprint of moderation and what its views share."""

from flask import Blueprint, render_template

bp = Blueprint("moderation", __name__)
INVALID = 422
NUMBER = "int(max=999999999999999)"


def page(name: str, status: int = 200, **values: object) -> tuple[str, int]:
    """A page of moderation."""
    return render_template(f"alumni/moderation/{name}.html", **values), status
