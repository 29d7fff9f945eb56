"""What profiles add to the application."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add profiles to the application being built."""
    del app
