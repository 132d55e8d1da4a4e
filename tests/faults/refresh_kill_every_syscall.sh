#!/bin/bash
# Kills `xauth token` at each of its system calls while it refreshes: the file is the old one or the
# new one, whole and private, the next command works and clears what was left, and takes up an
# answer that was written. RF-8, RF-9, ST-4
# usage: refresh_kill_every_syscall.sh XAUTH PROVIDER_DRIVER
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=refreshed_profile.sh
. "$here/refreshed_profile.sh"
need_strace

was_killed_between() {
  (($1 == 137)) && { is_old || is_new; } && is_private && (($(temporaries | wc -l) <= 1)) &&
    (($(asked) <= ASKED + 1)) && kept_what_was_written && next_one_works
}

# From the fsync on the answer is in a file.
kept_what_was_written() {
  case $(tail -n 2 "$TRACE" | head -n 1) in
    *" fsync("* | *" rename"*) answer_is_kept || is_new ;;
  esac
}

SYSCALLS=every
each_syscall signal=KILL token_has_expired was_killed_between "${COMMAND[@]}"
for syscall in openat fallocate pwrite64 ftruncate fsync close flock; do reached "$syscall"; done
reached rename renameat renameat2
finish
