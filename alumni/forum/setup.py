"""What the forum adds to the application."""

from flask import Flask

from academy.jobs import registry
from alumni.forum.order import own
from alumni.forum.places import models as _places
from alumni.forum.topics import models as _topics

TABLES = (_places, _topics)
"""Models are known to the database once their modules are loaded."""


def init_app(app: Flask) -> None:
    """Add the forum to the application being built."""
    del app
    registry.add_interval("forum.places", own.keep_up, every=own.EVERY)
