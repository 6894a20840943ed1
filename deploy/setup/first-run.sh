#!/bin/sh
# Measures what a newcomer waits for: a fresh clone, `make run`, until /readyz answers 200.
# usage: first-run.sh [PORT]   (needs git, make and Python alone; leaves nothing behind)
set -eu
cd "$(dirname "$0")/../.."
PORT=${1:-8765}
folder=$(mktemp -d)
began=$(date +%s)
git clone --quiet . "$folder/clone"
(cd "$folder/clone" && exec make run PORT="$PORT") >"$folder/log" 2>&1 &
site=$!
trap 'kill "$site" 2>/dev/null || true; rm -rf "$folder"' EXIT
is_ready() {
  "${PYTHON:-python3}" -c "import urllib.request as u; u.urlopen('http://127.0.0.1:$PORT/readyz')" 2>/dev/null
}
until is_ready; do
  kill -0 "$site" 2>/dev/null || { cat "$folder/log"; exit 1; }
  sleep 0.2
done
took=$(($(date +%s) - began))
cat "$folder/log"
echo "From a fresh clone to the first page: $took s."
