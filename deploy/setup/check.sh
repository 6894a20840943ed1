#!/bin/sh
# Runs every check that needs no database, all of them even when one fails.
set -u
cd "$(dirname "$0")/../.."
failed=""
try() { "$@" || failed="$failed
  $*"; }
try .venv/bin/ruff check --quiet
try .venv/bin/ruff format --quiet --check
try .venv/bin/mypy --no-error-summary
try .venv/bin/lint-imports --no-logo
try env NAV_SAMPLE=1 NAV_INSTANCE=.venv/build/check .venv/bin/flask i18n check
try .venv/bin/python -m tests.architecture.sizes
[ -z "$failed" ] || { printf '\nFailed:%s\n' "$failed"; exit 1; }
echo "All checks passed."
