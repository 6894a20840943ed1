#!/bin/sh
# Locks every package of pyproject.toml with its hashes. UPGRADE=--upgrade takes newer versions.
set -eu
cd "$(dirname "$0")/../.."
compile() {
  .venv/bin/uv pip compile pyproject.toml "$@" --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --quiet ${UPGRADE:-} >/dev/null
}
compile --group dev -o deploy/requirements-dev.txt
compile -o deploy/requirements.txt
