#!/bin/bash
# Kills and fails `xauth logout --forget` at each of its system calls: the tokens are there, whole, or
# gone; what was deleted had been revoked, or that is told; and the next one deletes whatever is left
# of tokens, client secret and settings. ST-3, ST-5, ST-20
# usage: logout_every_syscall.sh XAUTH PROVIDER_DRIVER [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=refreshed_profile.sh
. "$here/refreshed_profile.sh"
need_strace
SECRET=$SANDBOX/secrets/work.json
LOGOUT=("${PROGRAM[@]}" logout work --forget)

there_is_a_login() {
  token_has_expired
  mkdir -m 0700 "$SANDBOX/secrets"
  (umask 077 && echo '{"version":1,"client_secret":"old-secret"}' >"$SECRET")
}

# Without having been revoked only where that is told.
has_no_tokens() {
  [[ ! -e $TOKENS/work.json ]] &&
    { (($(asked) >= ASKED + 2)) || grep -q 'the provider still honours them' "$LOG"; }
}

is_forgotten() {
  grep -q '^  "version": 1' "$SANDBOX/config.json" && ! grep -q '"work"' "$SANDBOX/config.json" &&
    [[ $(tail -n 1 "$SANDBOX/config.json") == "}" ]]
}

# The settings go last, so that the next one finds what there is to delete.
is_between() {
  { is_old || has_no_tokens; } && { settings_are_old || { is_forgotten && has_no_tokens && [[ ! -e $SECRET ]]; }; } &&
    all_private
}

all_is_gone() {
  has_no_tokens && is_forgotten && [[ ! -e $SECRET && -z $(temporaries) ]]
}

# Where all had been deleted there is nothing to log out.
next_one_works() {
  local status=0
  "${LOGOUT[@]}" >>"$LOG" 2>&1 || status=$?
  ((status == 0 || status == 4)) && all_is_gone && all_private
}

was_killed_between() {
  (($1 == 137)) && is_between && next_one_works
}

was_deleted_or_failed() {
  case $1 in
    0) all_is_gone ;;
    2 | 6 | 8) grep -q '^xauth: ' "$LOG" ;;
    *) false ;;
  esac && is_between && { [[ -z $(temporaries) ]] || was_failed unlink; } && next_one_works
}

was_deleted() {
  (($1 == 0)) && was_deleted_or_failed "$1"
}

# Not close: one that fails closes all the same, but one that strace fails leaves a lock with us.
SYSCALLS=${ALL_SYSCALLS/ close/}
for error in ENOSPC EIO EDQUOT EACCES; do
  each_syscall "error=$error" there_is_a_login was_deleted_or_failed "${LOGOUT[@]}"
done
each_syscall error=EINTR there_is_a_login was_deleted "${LOGOUT[@]}"
with_short_writes there_is_a_login was_deleted "${LOGOUT[@]}"
SYSCALLS=every
each_syscall signal=KILL there_is_a_login was_killed_between "${LOGOUT[@]}"
for syscall in openat pwrite64 fsync close flock sendto exit_group; do reached "$syscall"; done
reached rename renameat renameat2
reached unlink unlinkat
finish
