#!/bin/bash
# Kills and fails `xauth config set` at each of its system calls: the settings are the old ones or
# the new ones, whole and private, the tokens are untouched, and the next one works. ST-3 to ST-5
# usage: config_every_syscall.sh XAUTH PROVIDER_DRIVER [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=refreshed_profile.sh
. "$here/refreshed_profile.sh"
need_strace
SET=("${PROGRAM[@]}" config set browser a-browser)

settings_are_new() {
  grep -q '^  "version": 1' "$SANDBOX/config.json" && grep -q '"client_id": "id"' "$SANDBOX/config.json" &&
    grep -q '"browser": "a-browser"' "$SANDBOX/config.json" && [[ $(tail -n 1 "$SANDBOX/config.json") == "}" ]]
}

is_old_or_new() {
  { settings_are_old || settings_are_new; } && is_old && all_private
}

next_one_works() {
  "${SET[@]}" 2>>"$LOG" && settings_are_new && is_old && all_private && [[ -z $(temporaries) ]]
}

was_killed_between() {
  (($1 == 137)) && is_old_or_new && (($(temporaries | wc -l) <= 1)) && next_one_works
}

was_set_or_failed() {
  case $1 in
    0) settings_are_new ;;
    8) grep -q '^xauth: ' "$LOG" && says_what_is_kept ;;
    *) false ;;
  esac && is_old_or_new && { [[ -z $(temporaries) ]] || was_failed unlink; } && next_one_works
}

says_what_is_kept() {
  if settings_are_new; then ! grep -q 'as they were' "$LOG"; else settings_are_old; fi
}

was_set() {
  (($1 == 0)) && was_set_or_failed "$1"
}

for error in ENOSPC EIO EDQUOT EACCES EROFS; do
  each_syscall "error=$error" token_has_expired was_set_or_failed "${SET[@]}"
done
each_syscall error=EINTR token_has_expired was_set "${SET[@]}"
with_short_writes token_has_expired was_set "${SET[@]}"
SYSCALLS=every
each_syscall signal=KILL token_has_expired was_killed_between "${SET[@]}"
for syscall in openat pwrite64 fsync close flock; do reached "$syscall"; done
reached rename renameat renameat2
finish
