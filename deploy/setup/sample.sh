#!/bin/sh
# Serves the site with sample data, for looking at. Not for people in need: every page says so.
set -eu
cd "$(dirname "$0")/../.."
export NAV_SAMPLE=1
flask=.venv/bin/flask
mkdir -p -m 700 "$NAV_INSTANCE"

$flask db upgrade >"$NAV_INSTANCE/start.log"
$flask sample load >>"$NAV_INSTANCE/start.log"

# A caseworker of the sample; made once, and shown at every start.
email=sample@example.org
sign_in="$NAV_INSTANCE/sample-sign-in.txt"
if [ ! -s "$sign_in" ] || ! $flask staff code $email >/dev/null 2>&1; then
  (umask 077 && {
    $flask staff add $email --name "Sample Caseworker" --office 9901 2>/dev/null ||
      $flask staff reset $email --enable
  } >"$sign_in")
fi

cat <<TEXT

The site    http://127.0.0.1:$PORT/nb/   (/en/, /ar/ and more)
The desk    http://127.0.0.1:$PORT/desk/

E-mail: $email
$(cat "$sign_in")

A one-time code for signing in:
  NAV_SAMPLE=1 NAV_INSTANCE=$NAV_INSTANCE .venv/bin/flask staff code $email

Ctrl-C stops it.
TEXT
exec .venv/bin/python -m nav_access.serve
