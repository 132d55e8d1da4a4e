#!/usr/bin/env bash
# Runs a test that drives Chromium: chromium.sh TEST PROGRAM DIRECTORY, where DIRECTORY takes the
# screenshots. Ends with 77 where a part is missing (1 if CI is set).
set -u

missing() {
  printf '%s\n' "$1" >&2
  [[ -n ${CI:-} ]] && exit 1
  exit 77
}

here=$(dirname "$(realpath "${BASH_SOURCE[0]}")")
CHROMIUM=$(type -P chromium) || missing 'Chromium is not installed (Debian: apt-get install chromium)'
export CHROMIUM
node -e 'process.exit(parseInt(process.versions.node) < 18 ? 1 : 0)' 2>/dev/null ||
  missing 'Node 18 or later is not installed (Debian: apt-get install nodejs npm)'
type -P curl >/dev/null || missing 'curl is not installed (Debian: apt-get install curl)'
[[ -d $here/node_modules/playwright-core && -d $here/node_modules/oidc-provider ]] ||
  missing 'playwright-core and oidc-provider are not there (npm ci --prefix tests/e2e)'

exec node "$here/$1" "${@:2}"
