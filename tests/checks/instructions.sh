#!/usr/bin/env bash
# instructions.sh FRONT FULL: a valid token costs the front few instructions, by callgrind, which does
# not depend on the machine's speed. The full program, which loads libraries, must be over the bound:
# so it is seen that the bound can be missed.
set -euo pipefail

bound=500000 # some 120,000 are needed; most of them to start and to read JSON
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -m 700 "$place/tokens"
(umask 077 &&
  printf '{"version":1,"access_token":"secret-token","expires_at":%s}' "$(($(date +%s) + 3600))" >"$place/tokens/x.json" &&
  printf '{"version":1,"default":"x"}' >"$place/config.json")
export XAUTH_CONFIG_DIR=$place

# count PROGRAM ARGUMENT…
count() {
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>"$place/told" >"$place/printed"
  [[ $(<"$place/printed") == secret-token ]]
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$place/told"
}

for call in token 'token x'; do
  # shellcheck disable=SC2086  # two words
  needed=$(count "$1" $call)
  echo "xauth $call: $needed instructions"
  ((needed < bound))
done
needed=$(count "$2" token x)
echo "the full program: $needed instructions"
((needed > bound))
