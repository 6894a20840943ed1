#!/bin/sh
# Serves the site with sample data, for looking at. Not for people in need: every page says so.
set -eu
cd "$(dirname "$0")/../.."
export NAV_SAMPLE=1
mkdir -p "$NAV_INSTANCE"
.venv/bin/flask db upgrade
.venv/bin/flask sample load
exec .venv/bin/python -m nav_access.serve
