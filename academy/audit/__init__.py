"""Who did what, when: append-only, never content, passwords or tokens."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Nothing to add yet beyond the table: the admin page is registered by views."""
    del app
