#!/bin/bash
# Kills a login (that of `xauth demo`) at each system call that somebody else may notice: settings and
# tokens are the old ones or the new ones, whole and private, and the next login works. ST-3, ST-4
# usage: login_kill_every_syscall.sh XAUTH
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=demo_login.sh
. "$here/demo_login.sh"
need_strace

was_killed() {
  (($1 == 137)) && is_old_or_new && is_private && next_one_works
}

# Between two of these no file and no socket changes.
SYSCALLS="$ALL_SYSCALLS sendto shutdown exit_group"
each_syscall signal=KILL there_is_a_login was_killed "${LOGIN[@]}"
SYSCALLS="mkdirat fallocate pwrite64 ftruncate fsync renameat unlinkat flock"
each_syscall signal=KILL there_is_nobody was_killed "${LOGIN[@]}"
for syscall in mkdirat fallocate pwrite64 fsync renameat flock; do reached "$syscall"; done
finish
