#!/bin/sh
# Runs the tests a marker names, two at a time; then, one by one, those nothing may run beside.
# usage: audit.sh MARKER [TESTS...]
set -u
cd "$(dirname "$0")/../.."
marker=$1; shift
NONE=5 # what pytest answers when it finds no test of the kind

some() { .venv/bin/python -m pytest -v --durations 20 --durations-min 20 --timeout 1800 "$@"; }
some -n 2 --dist worksteal -m "($marker) and not alone" "$@"; together=$?
some -m "($marker) and alone" "$@"; alone=$?
[ "$together$alone" != "$NONE$NONE" ] || { echo "There is no such test." >&2; exit 1; }
[ "$together" -eq 0 ] || [ "$together" -eq $NONE ] || exit 1
[ "$alone" -eq 0 ] || [ "$alone" -eq $NONE ] || exit 1
