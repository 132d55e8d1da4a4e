#!/usr/bin/env bash
# memory.sh PEAK_MEMORY FRONT FULL: a valid token, and a whole login, take little resident memory. The
# full program must be over the front's bound: so it is seen that the bound can be missed.
set -euo pipefail

peak_memory=$1 front=$2 full=$3
front_bound=2048  # KiB
login_bound=20480 # KiB, the embedded provider included
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export XAUTH_CONFIG_DIR=$place/config

# peak COMMAND…: how many KiB it had at most.
peak() {
  "$peak_memory" "$place/peak" "$@" >"$place/printed" 2>"$place/told" || {
    cat "$place/told" >&2
    return 1
  }
  printf '%s: %s KiB\n' "${*:2}" "$(<"$place/peak")"
  [[ -s $place/printed ]]
}

peak "$full" demo --approve
(($(<"$place/peak") < login_bound))
"$full" --quiet use demo
for call in token 'token demo' 'token demo -o json'; do
  # shellcheck disable=SC2086  # several words
  peak "$front" $call
  (($(<"$place/peak") < front_bound))
done
peak "$full" token demo
(($(<"$place/peak") > front_bound))
