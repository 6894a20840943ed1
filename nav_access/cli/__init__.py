"""The commands of `flask …`: one module a subject, with its group, loaded when it is asked for."""

from importlib import import_module
from pkgutil import iter_modules

import click
from flask import Flask
from flask.cli import AppGroup


class CommandGroups(AppGroup):
    """The groups of this package. Serving pages loads none of them: they cost time and memory."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the modules that hold a group."""
        names = [found.name for found in iter_modules(__path__)]
        return sorted(name for name in names if _find_group(name) is not None)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the group of a name, or None."""
        known = {found.name for found in iter_modules(__path__)}
        return _find_group(cmd_name) if cmd_name in known else None


def register_commands(app: Flask) -> None:
    """Give the site every command group of this package."""
    app.cli = CommandGroups()


def _find_group(name: str) -> click.Group | None:
    things = vars(import_module(f"{__name__}.{name}")).values()
    return next(
        (each for each in things if isinstance(each, click.Group) and each.name == name), None
    )
