#!/bin/bash
# A directory whose file system has no locks: every command that would take one says so, once, and
# does its work; many at once leave a whole file, and each prints the token. ST-10
# usage: no_locks.sh XAUTH PROVIDER_DRIVER [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
[[ -n ${3:-} ]] || exit 77 # a sanitizer cannot be preloaded before
# shellcheck source-path=SCRIPTDIR source=refreshed_profile.sh
. "$here/refreshed_profile.sh"
export LD_PRELOAD=$3 XAUTH_ODD_CALLS=no_locks

there_is_an_expired_token() {
  rm -rf "$SANDBOX"
  mkdir -m 0700 "$SANDBOX"
  token_has_expired
}

# says_it TIMES
says_it() {
  (($(grep -c 'cannot lock ' "$LOG") == $1)) && grep -q 'run only one xauth at a time' "$LOG"
}

# works TIMES COMMAND...: it ends well and says TIMES that there are no locks.
works() {
  local times=$1
  shift
  FAULTED=$((FAULTED + 1))
  "${PROGRAM[@]}" "$@" >"$OUTPUT" 2>"$LOG" || fail "$*: $(<"$LOG")"
  says_it "$times" || fail "$* said: $(<"$LOG")"
  if [[ -n $(temporaries) ]] || ! all_private; then fail "$* left: $(find "$SANDBOX")"; fi
}

there_is_an_expired_token
works 1 token work
[[ $(<"$OUTPUT") == new-access ]] || fail "token printed $(<"$OUTPUT")"
is_new || fail "the new token is not kept"
works 1 config set browser a-browser
works 1 refresh work
works 3 logout work --forget
[[ ! -e $TOKENS/work.json ]] || fail "the tokens are still there"

# The provider takes its refresh token again and again: what is looked at is the file.
for round in 1 2 3 4 5; do
  there_is_an_expired_token
  running=()
  for i in {1..20}; do
    "${COMMAND[@]}" >"$WORK/printed.$i" 2>/dev/null &
    running+=($!)
  done
  for process in "${running[@]}"; do wait "$process" || fail "round $round: ended with $?"; done
  for i in {1..20}; do
    [[ $(<"$WORK/printed.$i") == new-access ]] || fail "round $round: $i printed $(<"$WORK/printed.$i")"
  done
  if ! is_new || ! is_private; then fail "round $round: the file is not whole"; fi
  [[ -z $(temporaries) ]] || fail "round $round left: $(temporaries)"
done
finish
