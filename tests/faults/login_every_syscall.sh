#!/bin/bash
# Kills and fails a login (that of `xauth demo`) at each system call that saves it: settings and
# tokens are the old ones or the new ones, whole and private, and the next login works. ST-3 to ST-5
# usage: login_every_syscall.sh XAUTH
# shellcheck disable=SC2317,SC2034  # the checks are called by name
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
need_strace
XAUTH=$1
XAUTH_ENV=(env "HOME=$WORK" "XAUTH_CONFIG_DIR=$SANDBOX")
LOGIN=("${XAUTH_ENV[@]}" "$XAUTH" demo --approve)
# Those that save; the others are all over a program that serves and asks as well.
SYSCALLS="mkdirat fallocate pwrite64 ftruncate fsync renameat unlinkat flock"

there_is_nobody() {
  true
}

there_is_a_login() {
  cp -r "$WORK/login/." "$SANDBOX"
}

is_old_or_new() {
  local file
  for file in config.json tokens/demo.json; do
    if [[ ! -e $SANDBOX/$file ]]; then
      [[ $PREPARE == there_is_nobody ]] || return
    else
      cmp -s "$SANDBOX/$file" "$WORK/login/$file" || is_whole "$SANDBOX/$file" || return
    fi
  done
}

is_whole() {
  [[ $(head -c 1 "$1") == "{" && $(tail -n 1 "$1") == "}" ]] && grep -q '^  "version": 1' "$1"
}

is_private() {
  [[ -z $(find "$SANDBOX" \( -type f ! -perm 0600 \) -o \( -mindepth 1 -type d ! -perm 0700 \)) ]]
}

temporaries() {
  find "$SANDBOX" -name '.*.json.*'
}

# What there is can be read, and the next login makes it whole again and clears what was left.
next_one_works() {
  "${XAUTH_ENV[@]}" "$XAUTH" status >>"$LOG" 2>&1 && "${LOGIN[@]}" >"$WORK/token" 2>>"$LOG" &&
    [[ $("${XAUTH_ENV[@]}" "$XAUTH" token demo 2>>"$LOG") == "$(<"$WORK/token")" ]] && is_private &&
    [[ -z $(temporaries) ]]
}

was_killed() {
  (($1 == 137)) && is_old_or_new && is_private && next_one_works
}

was_kept_or_failed() {
  case $1 in
    0) is_whole "$SANDBOX/tokens/demo.json" && is_whole "$SANDBOX/config.json" ;;
    8) [[ ! -s $OUTPUT ]] && grep -q '^xauth: ' "$LOG" ;;
    *) false ;;
  esac && is_old_or_new && is_private && no_token_told &&
    { [[ -z $(temporaries) ]] || grep -q 'unlink.*(INJECTED)' "$TRACE"; } && next_one_works
}

no_token_told() {
  ! grep -q -e 'demo-access-' -e 'demo-refresh-' "$LOG"
}

mkdir -m 0700 "$WORK/login"
env "HOME=$WORK" "XAUTH_CONFIG_DIR=$WORK/login" "$XAUTH" demo --approve >/dev/null 2>&1 || fail "no login"
for before in there_is_a_login there_is_nobody; do
  each_syscall signal=KILL $before was_killed "${LOGIN[@]}"
  each_syscall error=ENOSPC $before was_kept_or_failed "${LOGIN[@]}"
done
each_syscall error=EIO there_is_a_login was_kept_or_failed "${LOGIN[@]}"
for syscall in mkdirat fallocate pwrite64 fsync renameat flock; do reached "$syscall"; done
finish
