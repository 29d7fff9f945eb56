"""One search over everything: each feature finds its own things, only as far as the asker may see them."""

from flask import Flask

from academy.searching import views


def init_app(app: Flask) -> None:
    """Add the page of the search."""
    app.register_blueprint(views.bp)
