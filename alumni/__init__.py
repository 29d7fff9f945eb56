"""People who finished, and the conversation among them."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add every feature of this package to the application."""
    del app
