"""The commands of `flask …`: one module a subject, each with its group."""

from importlib import import_module
from pkgutil import iter_modules

import click
from flask import Flask


def register_commands(app: Flask) -> None:
    """Give the site every command group of this package."""
    for found in iter_modules(__path__):
        module = import_module(f"{__name__}.{found.name}")
        for thing in vars(module).values():
            if isinstance(thing, click.Group):
                app.cli.add_command(thing)
