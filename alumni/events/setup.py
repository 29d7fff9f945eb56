"""How events join the application."""

from flask import Flask

from alumni.events import hosts, models
from alumni.events.own_hosts import COHORTS, THE_NETWORK

TABLES = models


def init_app(app: Flask) -> None:
    """Add events to the application being built."""
    del app
    hosts.add(THE_NETWORK)
    hosts.add(COHORTS)
