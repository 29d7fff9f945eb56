"""What is taught, who takes it, and how far they are."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Add every feature of this package to the application."""
    del app
