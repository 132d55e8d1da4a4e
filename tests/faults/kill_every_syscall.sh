#!/bin/bash
# Kills a save at each of its system calls: the file is the old one or the new one, whole and
# private, and the next save works. ST-3, ST-4
# usage: kill_every_syscall.sh SAVE_DRIVER
# shellcheck disable=SC2317  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
# shellcheck source-path=SCRIPTDIR source=saved_file.sh
. "$here/saved_file.sh"
DRIVER=$1

was_killed_between() {
  (($1 == 137)) && { is_old || is_new; } && is_private && is_tidy &&
    (($(temporaries | wc -l) <= 1)) && next_one_saves
}

was_killed_while_discarding() {
  (($1 == 137)) && is_old && is_private && is_tidy && next_one_saves
}

need_strace
each_syscall signal=KILL there_is_an_old_one was_killed_between "$DRIVER" "$DIRECTORY"
each_syscall signal=KILL there_is_nothing was_killed_between "$DRIVER" "$DIRECTORY"
each_syscall signal=KILL there_is_an_old_one was_killed_while_discarding "$DRIVER" "$DIRECTORY" discard
for syscall in openat fallocate pwrite64 ftruncate fsync close flock; do reached "$syscall"; done
reached rename renameat renameat2
reached mkdir mkdirat
reached unlink unlinkat
finish
