"""Accounts, roles, sign-in, guards, privacy: the only place that knows Flask-Login."""

from flask import Flask

from academy.people import presence


def init_app(app: Flask) -> None:
    """Let the site know who asks, and add the pages of accounts."""
    presence.init_app(app)
