"""The commands of `flask …`: known by name and place, loaded when they are asked for. The web server needs none."""

from typing import cast

import click
from flask import Flask
from flask.cli import AppGroup

from academy.later import loaded


class Commands(AppGroup):
    """A group whose commands may stand in modules that are not imported yet."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.places: dict[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, fetched from its place."""
        if cmd_name in self.places and cmd_name not in self.commands:
            self.add_command(cast("click.Command", loaded(self.places[cmd_name])), cmd_name)
        return super().get_command(ctx, cmd_name)


def init_app(app: Flask) -> None:
    """Let features add commands by their places."""
    app.cli = Commands(app.name)


def add(app: Flask, **places: str) -> None:
    """Add commands: `name="package.module:command"`."""
    cast("Commands", app.cli).places.update(places)
