# shellcheck shell=bash
# What tests with real parts share. To be sourced.

# need PART…: ends the test with 77 where one is missing (1 if CI is set).
need() {
  local part
  for part in "$@"; do
    type -P "$part" >/dev/null && continue
    echo "$part is not installed; ./dev setup installs it" >&2
    [[ -n ${CI:-} ]] && exit 1
    exit 77
  done
}

failures=0

# must WHAT COMMAND…: counts a failure, named WHAT, where the command fails.
must() {
  "${@:2}" && return
  echo "FAILED: $1" >&2
  failures=$((failures + 1))
}
