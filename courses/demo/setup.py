"""How the demo joins the application."""

from flask import Flask

from academy import commands


def init_app(app: Flask) -> None:
    """Add the commands."""
    commands.add(app, demo="courses.demo.cli:demo", bench="courses.demo.cli:benchmark")
