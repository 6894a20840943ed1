"""`python -m nav_access …`: the commands of `flask …`, from any folder."""

from flask.cli import FlaskGroup

from nav_access.factory import create_app

FlaskGroup(create_app=create_app, name="nav_access").main(prog_name="python -m nav_access")
