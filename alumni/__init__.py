"""People who finished, and the conversation among them."""

from flask import Flask

from alumni import places
from alumni.blocks import setup as blocks
from alumni.digest import setup as digest
from alumni.directory import setup as directory
from alumni.events import setup as events
from alumni.facilitators import setup as facilitators
from alumni.forum import setup as forum
from alumni.graduates import setup as graduates
from alumni.groups import setup as groups
from alumni.invitations import setup as invitations
from alumni.mentoring import setup as mentoring
from alumni.messages import setup as messages
from alumni.moderation import setup as moderation
from alumni.opportunities import setup as opportunities
from alumni.profiles import setup as profiles
from alumni.reports import setup as reports

FEATURES = (
    blocks,
    graduates,
    profiles,
    moderation,
    directory,
    messages,
    events,
    groups,
    mentoring,
    facilitators,
    opportunities,
    forum,
    invitations,
    digest,
    reports,
)
"""The lowest first."""


def init_app(app: Flask) -> None:
    """Add every feature of this package to the application."""
    places.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
