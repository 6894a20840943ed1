#!/bin/sh
# Prints the path of a Chromium that can be driven, or fails. NAV_CHROMIUM names one.
for name in "${NAV_CHROMIUM:-}" chromium google-chrome google-chrome-stable chromium-browser; do
  path=$(command -v "$name" 2>/dev/null) || continue
  # Ubuntu's chromium-browser is a notice about a snap, not a browser.
  if "$path" --version >/dev/null 2>&1; then echo "$path"; exit 0; fi
done
exit 1
