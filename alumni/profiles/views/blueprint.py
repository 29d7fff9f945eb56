"""The blueprint of profiles."""

from flask import Blueprint

bp = Blueprint("profiles", __name__)
