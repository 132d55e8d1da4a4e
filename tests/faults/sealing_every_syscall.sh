#!/bin/bash
# Kills and fails `xauth config set storage sealed` and `file` at each system call that saves: every
# profile's tokens are there in the one form or the other, whole and private, none is lost, and the
# same command again ends it. ST-3, ST-4, ST-5
# usage: sealing_every_syscall.sh XAUTH [ODD_CALLS]
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
need_strace
XAUTH=$1
ODD_CALLS=${2:-}
XAUTH_ENV=(env "HOME=$WORK" "XAUTH_CONFIG_DIR=$SANDBOX")
SEAL=("${XAUTH_ENV[@]}" "$XAUTH" config set storage sealed)
UNSEAL=("${XAUTH_ENV[@]}" "$XAUTH" config set storage file)
SYSCALLS="openat fallocate pwrite64 ftruncate fsync renameat unlinkat flock close"

# Two profiles, a client secret and a damaged file, in plain files and sealed.
make_both_forms() {
  local directory=$WORK/plain_files
  local -a here=(env "HOME=$WORK" "XAUTH_CONFIG_DIR=$directory" "$XAUTH")
  mkdir -m 0700 "$directory" "$directory"/{tokens,secrets}
  (
    umask 077
    echo '{"version":1,"profiles":{"home":{},"work":{}}}' >"$directory/config.json"
    for name in home work; do
      echo '{"version":1,"provider":"custom","client_id":"","access_token":"canary-'$name'"}' \
        >"$directory/tokens/$name.json"
    done
    echo '{"version":1,"client_secret":"canary-secret"}' >"$directory/secrets/work.json"
    echo '{canary-aside' >"$directory/tokens/work.json.corrupt-17"
  )
  "${here[@]}" config set sealed_by "file:$WORK/key" 2>/dev/null || fail "no key"
  cp -r "$directory" "$WORK/sealed_files"
  env "HOME=$WORK" "XAUTH_CONFIG_DIR=$WORK/sealed_files" "$XAUTH" config set storage sealed ||
    fail "no sealed files"
}

files_are_plain() {
  cp -r "$WORK/plain_files/." "$SANDBOX"
}

files_are_sealed() {
  cp -r "$WORK/sealed_files/." "$SANDBOX"
}

is_private() {
  [[ -z $(find "$SANDBOX" \( -type f ! -perm 0600 \) -o \( -mindepth 1 -type d ! -perm 0700 \)) ]]
}

temporaries() {
  find "$SANDBOX" -name '.*.json*.*'
}

each_file() {
  local file
  for file in tokens/home.json tokens/work.json tokens/work.json.corrupt-17 secrets/work.json; do
    "$1" "$file" || return
  done
}

is_plain() {
  cmp -s "$SANDBOX/$1" "$WORK/plain_files/$1"
}

is_sealed() {
  grep -q '"A256GCM"' "$SANDBOX/$1" && [[ $(tail -n 1 "$SANDBOX/$1") == "}" ]] &&
    ! grep -q canary "$SANDBOX/$1"
}

is_whole() {
  is_plain "$1" || is_sealed "$1"
}

tokens_are_there() {
  local name
  for name in home work; do
    [[ $("${XAUTH_ENV[@]}" "$XAUTH" token "$name" 2>>"$LOG") == "canary-$name" ]] || return
  done
}

# The same command again ends what this one began, and the way back gives the old files.
next_one_ends_it() {
  if [[ $PREPARE == files_are_plain ]]; then
    "${SEAL[@]}" 2>>"$LOG" && each_file is_sealed && ! grep -rq canary "$SANDBOX" || return
  fi
  "${UNSEAL[@]}" 2>>"$LOG" && each_file is_plain && [[ -z $(temporaries) ]]
}

was_killed() {
  (($1 == 137)) && each_file is_whole && is_private && tokens_are_there && next_one_ends_it
}

was_done_or_failed() {
  case $1 in
    0) if [[ $PREPARE == files_are_plain ]]; then each_file is_sealed; else each_file is_plain; fi ;;
    8) grep -q '^xauth: ' "$LOG" ;;
    *) false ;;
  esac && ! grep -q canary "$LOG" && each_file is_whole && is_private && tokens_are_there &&
    next_one_ends_it
}

was_converted() {
  (($1 == 0)) && was_done_or_failed "$1"
}

make_both_forms
each_syscall signal=KILL files_are_plain was_killed "${SEAL[@]}"
each_syscall signal=KILL files_are_sealed was_killed "${UNSEAL[@]}"
each_syscall error=ENOSPC files_are_plain was_done_or_failed "${SEAL[@]}"
each_syscall error=EDQUOT files_are_plain was_done_or_failed "${SEAL[@]}"
each_syscall error=EACCES files_are_plain was_done_or_failed "${SEAL[@]}"
each_syscall error=EIO files_are_sealed was_done_or_failed "${UNSEAL[@]}"
each_syscall error=EINTR files_are_plain was_converted "${SEAL[@]}"
with_short_writes files_are_plain was_converted "${SEAL[@]}"
with_short_writes files_are_sealed was_converted "${UNSEAL[@]}"
for syscall in openat pwrite64 fsync close flock; do reached "$syscall"; done
reached rename renameat renameat2
finish
