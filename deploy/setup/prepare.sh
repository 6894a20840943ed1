#!/bin/sh
# Gets this machine ready for one make target: programs, Python packages, Node packages.
# Silent and quick when all is there. Names no package registry: the machine's own settings decide.
# usage: prepare.sh run|check|test|audit (audit: all of test, and the browsers only it drives)
set -eu
target=$1
cd "$(dirname "$0")/../.."

say() { printf '%s\n' "$*" >&2; }
die() { say "$*"; exit 1; }

began=$(date +%s)
fetching=0
fetch() { # fetch COMMAND...: run what mostly waits for the network, and add up how long it took
  fetch_began=$(date +%s)
  "$@"
  fetching=$((fetching + $(date +%s) - fetch_began))
}

# One set-up at a time, also when two targets are started together.
mkdir -p .venv/build
if [ "${NAV_PREPARING:-}" != yes ] && command -v flock >/dev/null; then
  NAV_PREPARING=yes exec flock .venv/build/lock sh "$0" "$target"
fi

missing=""
need() { # need PACKAGE CHECK...: note PACKAGE when CHECK fails
  package=$1; shift
  "$@" >/dev/null 2>&1 || missing="$missing $package"
}
has() { command -v "$1"; }
any_file() { ls $1; } # a pattern, so unquoted

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
find_python() {
  for name in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    if is_new_enough "$name"; then echo "$name"; return; fi
  done
}
can_make_venv() { "$python" -c 'import venv, ensurepip'; }

has_venv() { .venv/bin/python -c pass 2>/dev/null && [ -x .venv/bin/pip ]; }
if ! has_venv; then
  python=$(find_python)
  [ -n "$python" ] || die "Python 3.11 or newer is needed; install it, or name it: make $target PYTHON=/path/to/python3"
  need python3-venv can_make_venv
fi
tests_pages() { [ "$target" = test ] || [ "$target" = audit ]; }
if tests_pages; then
  need chromium sh deploy/setup/find-chromium.sh
  need lynx has lynx
  need w3m has w3m
  need edbrowse has edbrowse
  need tmux has tmux
  need nodejs has node
  need npm has npm
  need default-jre-headless has java
  need postgresql any_file '/usr/lib/postgresql/*/bin/initdb'
  need kannel any_file '/usr/sbin/bearerbox'
  need kannel-extras any_file '/usr/lib/kannel/test/fakesmsc'
  need fonts-noto-core any_file '/usr/share/fonts/truetype/noto/NotoSansEthiopic-*'
fi
if [ "$target" = audit ]; then
  need links2 has links2
  need elinks has elinks
  need firefox-esr has firefox-esr
  need webkit2gtk-driver has WebKitWebDriver
  need netsurf-gtk has netsurf-gtk
  need dillo has dillo
  need xvfb has Xvfb
  need xdotool has xdotool
  need imagemagick has import
fi
if [ -n "$missing" ]; then
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || die "Install these first:$missing  (sudo apt-get install --no-install-recommends$missing)"
  say "Installing$missing"
  export DEBIAN_FRONTEND=noninteractive
  apt() { # apt OPTION...: install what is missing, or tell why not
    apt-get install -y -qq --no-install-recommends "$@" $missing >.venv/build/apt.log 2>&1 ||
      { tail -20 .venv/build/apt.log >&2; die "apt-get could not install$missing"; }
  }
  fetch apt-get update -qq
  fetch apt --download-only
  apt
fi

if ! has_venv; then
  "$python" -m venv --clear .venv
  mkdir -p .venv/build
fi

hash_of() { cat "$@" | sha256sum | cut -d' ' -f1; }
is_done() { [ "$(cat ".venv/build/$1" 2>/dev/null)" = "$2" ]; }

case $target in run) name=run; file=deploy/requirements.txt ;; *) name=dev; file=deploy/requirements-dev.txt ;; esac
wanted=$(hash_of "$file")
if ! is_done "$name" "$wanted"; then
  say "Installing the Python packages of $file"
  wheels=.venv/build/wheels
  # The list is complete and locked: nothing is left to be worked out.
  pip() {
    .venv/bin/python -m pip "$@" --quiet --disable-pip-version-check --no-deps --require-hashes -r "$file"
  }
  fetch pip download --dest "$wheels"
  pip install --no-index --find-links "$wheels"
  rm -rf "$wheels"
  rm -f .venv/build/run .venv/build/dev # the two lists may differ in a version
  echo "$wanted" >".venv/build/$name"
  if [ "$name" = dev ]; then hash_of deploy/requirements.txt >.venv/build/run; fi
fi

if tests_pages; then
  wanted=$(hash_of tests/browser/package.json tests/browser/package-lock.json)
  # Lighthouse is large, and only the audit needs it: it is the one development dependency.
  case $target in audit) checkers=node-audit; leave_out= ;; *) checkers=node; leave_out=--omit=dev ;; esac
  if ! is_done "$checkers" "$wanted" || [ ! -d tests/browser/node_modules ]; then
    say "Installing the page checkers (npm)"
    fetch sh -c "cd tests/browser && npm ci $leave_out --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null"
    rm -f .venv/build/node-audit # what the audit needs besides is gone, or is put there now
    echo "$wanted" >.venv/build/node
    echo "$wanted" >".venv/build/$checkers"
  fi
fi

took=$(($(date +%s) - began))
[ "$took" -lt 2 ] || say "Ready after $took s: $fetching s of downloads, $((took - fetching)) s of the rest."
