#!/bin/bash
# Fails `xauth token` at each of its system calls while it refreshes: nothing is asked that could not
# be kept, the status says what happened, and an answer is never lost without a word. RF-7, RF-9, ST-5
# usage: refresh_fail_every_syscall.sh XAUTH PROVIDER_DRIVER [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=refreshed_profile.sh
. "$here/refreshed_profile.sh"
need_strace

# The status, what was printed and what is in the files belong together.
was_saved_or_failed() {
  case $1 in
    0) is_new && [[ $(<"$OUTPUT") == new-access && -z $(temporaries) ]] ;;
    1) is_new && { grep -q 'standard output' "$LOG" || was_failed 'write(2, '; } ;;
    8) [[ ! -s $OUTPUT ]] && grep -q '^xauth: ' "$LOG" && storage_failed ;;
    *) false ;;
  esac && is_private && (($(asked) <= ASKED + 1)) && no_token_told && next_one_works
}

storage_failed() {
  if (($(asked) == ASKED)); then
    is_old && { [[ -z $(temporaries) ]] || was_failed unlink; }
  elif is_new; then
    grep -q 'a power failure may undo that' "$LOG"
  elif answer_is_kept; then
    is_old && grep -q 'its answer is in ' "$LOG"
  else
    is_old && grep -q 'its answer is lost' "$LOG"
  fi
}

was_saved() {
  (($1 == 0)) && was_saved_or_failed "$1"
}

for error in ENOSPC EIO EROFS EDQUOT EACCES; do
  each_syscall "error=$error" token_has_expired was_saved_or_failed "${COMMAND[@]}"
done
each_syscall error=ENOSPC+ token_has_expired was_saved_or_failed "${COMMAND[@]}"
each_syscall error=EINTR token_has_expired was_saved "${COMMAND[@]}"
with_short_writes token_has_expired was_saved "${COMMAND[@]}"
for syscall in openat fallocate pwrite64 ftruncate fsync close flock write; do reached "$syscall"; done
reached rename renameat renameat2
finish
