#!/bin/sh
# Serves the site with sample data, for looking at. Not for people in need: every page says so.
set -eu
cd "$(dirname "$0")/../.."
flask=.venv/bin/flask
mkdir -p -m 700 "$NAV_INSTANCE"
# Kept with the instance, so that commands run by hand later meet the same site.
[ -e "$NAV_INSTANCE/settings.env" ] || echo NAV_SAMPLE=1 >"$NAV_INSTANCE/settings.env"

$flask db upgrade >"$NAV_INSTANCE/start.log"
$flask sample load >>"$NAV_INSTANCE/start.log"

cat <<TEXT

The site    http://127.0.0.1:$PORT/nb/   (/en/, /ar/ and more)
The desk    http://127.0.0.1:$PORT/desk/

TEXT
$flask sample sign-ins
echo "Ctrl-C stops it."
exec .venv/bin/python -m nav_access.serve
