#!/bin/bash
# The calls of a save, in their order: made private, reserved, filled, flushed, closed, renamed, and
# the directory flushed; no mode is changed or asked for by name. ST-2, ST-3
# usage: save_order.sh SAVE_DRIVER
# shellcheck disable=SC2317  # what prepares is called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
# shellcheck source-path=SCRIPTDIR source=saved_file.sh
. "$here/saved_file.sh"
DRIVER=$1

# The names of the calls from the one that makes the temporary file on.
calls_of_the_save() {
  sed -n '/O_EXCL/,/ exited with /p' "$TRACE" | awk '/\(/ { sub(/\(.*/, "", $2); printf "%s ", $2 }'
}

need_strace
PREPARE=there_is_an_old_one
names="$ALL_SYSCALLS chmod fchmodat access faccessat faccessat2"
traced -e trace="?${names//[[:space:]]/,?}" -- "$DRIVER" "$DIRECTORY"
FAULTED=1
((STATUS == 0)) || fail "the save ended with $STATUS"
grep -q 'O_WRONLY|O_CREAT|O_EXCL|O_NOFOLLOW|O_CLOEXEC, 0600)' "$TRACE" || fail "not made private"
if sed '1,/sandbox/d' "$TRACE" | grep -q -e chmod -e access; then fail "a mode was changed or asked for"; fi
expected="openat fallocate ftruncate pwrite64 fsync close renameat fsync close close "
calls=$(calls_of_the_save)
calls=${calls//renameat2/renameat}
[[ $calls == "$expected" ]] || fail "the calls were: $calls"
finish
