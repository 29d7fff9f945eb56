"""The pages on which members choose how the site treats them: contributed by the features that own them."""

from flask import Flask

from academy.web import navigation
from academy.web.navigation import Entry, Link

MENU = "choices"


def init_app(app: Flask) -> None:
    """Let the account, and the pages of choices themselves, lead to them."""
    app.jinja_env.globals["choices_beside"] = beside


def add(entry: Entry) -> None:
    """Put a page of choices beside the others."""
    navigation.add(entry, MENU)


def beside() -> list[Link]:
    """The pages of choices for whoever asks, without the one at hand."""
    return [link for link in navigation.links(MENU) if not link.current]
