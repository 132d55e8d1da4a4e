#!/bin/bash
# Fails a login (that of `xauth demo`) at each system call that saves it: settings and tokens are the
# old ones or the new ones, whole and private, the status says which, and the next login works.
# ST-3, ST-5
# usage: login_fail_every_syscall.sh XAUTH [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=demo_login.sh
. "$here/demo_login.sh"
need_strace
# Those that save; the others are all over a program that serves and asks as well.
SYSCALLS="mkdirat fallocate pwrite64 ftruncate fsync renameat unlinkat flock"

was_kept_or_failed() {
  case $1 in
    0) is_whole "$SANDBOX/tokens/demo.json" && is_whole "$SANDBOX/config.json" ;;
    8) [[ ! -s $OUTPUT ]] && grep -q '^xauth: ' "$LOG" ;;
    *) false ;;
  esac && is_old_or_new && is_private && no_token_told &&
    { [[ -z $(temporaries) ]] || grep -q 'unlink.*(INJECTED)' "$TRACE"; } && next_one_works
}

was_kept() {
  (($1 == 0)) && was_kept_or_failed "$1"
}

for error in ENOSPC EIO EDQUOT EACCES; do
  each_syscall "error=$error" there_is_a_login was_kept_or_failed "${LOGIN[@]}"
done
each_syscall error=ENOSPC there_is_nobody was_kept_or_failed "${LOGIN[@]}"
each_syscall error=EINTR there_is_a_login was_kept "${LOGIN[@]}"
with_short_writes there_is_a_login was_kept "${LOGIN[@]}"
for syscall in mkdirat fallocate pwrite64 fsync renameat flock; do reached "$syscall"; done
finish
