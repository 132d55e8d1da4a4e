#!/bin/bash
# Fails a save at each of its system calls: the file is the old one or the new one, whole and
# private, the exit status says which, and no temporary file is left. ST-3, ST-5, ST-10
# usage: fail_every_syscall.sh SAVE_DRIVER
# shellcheck disable=SC2317  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
# shellcheck source-path=SCRIPTDIR source=saved_file.sh
. "$here/saved_file.sh"
DRIVER=$1

leaves_nothing() {
  is_private && is_tidy && [[ -z $(temporaries) ]]
}

was_not_flushed() {
  is_new && grep -q '^save_driver: cannot flush ' "$LOG"
}

# 8 with the new file in place is right only where the directory was not flushed to the disk.
was_saved_or_failed() {
  case $1 in
    0) is_new ;;
    8) grep -q '^save_driver: cannot ' "$LOG" && { is_old || was_not_flushed; } ;;
    *) false ;;
  esac && leaves_nothing && next_one_saves
}

was_saved() {
  (($1 == 0)) && is_new && leaves_nothing
}

# A temporary file may be left only when unlink itself was the one to fail.
was_discarded_or_failed() {
  (($1 == 0 || $1 == 8)) && is_old && is_private && is_tidy && next_one_saves
}

was_discarded() {
  (($1 == 0)) && is_old && leaves_nothing
}

# A name that is taken is no failure for the temporary file, which takes another one.
was_saved_under_another_name() {
  if grep -q 'O_EXCL.*(INJECTED)' "$TRACE"; then was_saved "$1"; else was_saved_or_failed "$1"; fi
}

was_saved_without_lock() {
  was_saved "$1" && (($(grep -c '^warning: cannot lock ' "$LOG") == 1))
}

need_strace
for error in ENOSPC EIO EDQUOT EACCES EROFS; do
  each_syscall "error=$error" there_is_an_old_one was_saved_or_failed "$DRIVER" "$DIRECTORY"
  each_syscall "error=$error" there_is_nothing was_saved_or_failed "$DRIVER" "$DIRECTORY"
done
each_syscall error=ENOSPC+ there_is_an_old_one was_saved_or_failed "$DRIVER" "$DIRECTORY"
each_syscall error=EIO there_is_an_old_one was_discarded_or_failed "$DRIVER" "$DIRECTORY" discard
for syscall in openat fallocate pwrite64 ftruncate fsync close flock; do reached "$syscall"; done
reached rename renameat renameat2
reached mkdir mkdirat
reached unlink unlinkat

# An interrupted call is made again.
each_syscall error=EINTR there_is_an_old_one was_saved "$DRIVER" "$DIRECTORY"
each_syscall error=EINTR there_is_nothing was_saved "$DRIVER" "$DIRECTORY"
each_syscall error=EINTR there_is_an_old_one was_discarded "$DRIVER" "$DIRECTORY" discard

SYSCALLS=openat
each_syscall error=EEXIST there_is_an_old_one was_saved_under_another_name "$DRIVER" "$DIRECTORY"
each_syscall error=EEXIST+ there_is_an_old_one was_saved_or_failed "$DRIVER" "$DIRECTORY"

# Where space cannot be promised it is taken; where there are no locks it goes on without.
SYSCALLS=fallocate
each_syscall error=EOPNOTSUPP there_is_an_old_one was_saved "$DRIVER" "$DIRECTORY"
SYSCALLS=flock
each_syscall error=ENOLCK there_is_an_old_one was_saved_without_lock "$DRIVER" "$DIRECTORY"
each_syscall error=EOPNOTSUPP there_is_an_old_one was_saved_without_lock "$DRIVER" "$DIRECTORY"
finish
