"""Composition root: stacks the packages; importing it does nothing else."""

from flask import Flask

import alumni
import courses
from academy.app import build_app
from academy.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The whole site on these settings, or on the environment's."""
    return build_app(settings, packages=(courses, alumni))
