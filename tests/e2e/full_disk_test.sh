#!/usr/bin/env bash
# A config directory on a disk, a small tmpfs, that has no room left, or no room for another file:
# nothing is asked for that could not be kept, and nothing is lost. Usage: full_disk_test.sh PROGRAM.
# Ends with 77 where a part is missing (1 if CI is set).
set -u

here=$(dirname "$(realpath "$0")")
. "$here/parts.sh"
need unshare curl

# Mounts of its own.
if [[ -z ${FULL_DISK_TEST_WORK:-} ]]; then
  need_own --map-root-user --mount
  FULL_DISK_TEST_WORK=$(mktemp -d)
  export FULL_DISK_TEST_WORK
  trap 'rm -rf "$FULL_DISK_TEST_WORK"' EXIT
  unshare --map-root-user --mount "$0" "$@"
  exit
fi

program=$(realpath "$1")
work=$FULL_DISK_TEST_WORK
disk=$work/disk
demo=''
trap '[[ -z $demo ]] || kill "$demo" 2>/dev/null; umount "$disk"' EXIT
unset "${!XAUTH_@}"
export HOME=$work XAUTH_CONFIG_DIR=$disk LC_ALL=C.UTF-8 XAUTH_BROWSER=$work/browser
mkdir "$disk"
mount -t tmpfs -o size=256k,nr_inodes=40,mode=700 none "$disk" || exit 1
# shellcheck disable=SC2016
printf '#!/bin/sh\n>>"%s"\nexec "%s" "$1"\n' "$work/opened" "$here/consent.sh" >"$work/browser"
chmod +x "$work/browser"

start_demo "$program"
token_url=$("$program" config get profile.demo.token_url)
log_in() {
  "$program" login "$1" --authorize-url "${token_url%token}authorize" --token-url "$token_url" --client-id xauth-demo \
    --scope 'profile offline_access' --port 0 --trace
}

# All that is kept, but what fills the disk.
kept() { (cd "$disk" && find . -type f ! -name 'fill*' ! -name '.*lock' -exec sha256sum {} + | sort -k 2); }
before=$(kept)

# loses_nothing WHAT COMMAND…: it ends with 8, asks the provider for nothing, and all is as it was.
loses_nothing() {
  expect "$1" 8 '*' "${@:2}"
  must "$1: no request was made: $said" test -z "$(grep '^> ' <<<"$said")"
  must "$1: no browser was started" test ! -e "$work/opened"
  must "$1: all is as it was" test "$(kept)" = "$before"
}

# refuses HOW: what must hold on a disk that is full that way.
refuses() {
  loses_nothing "$1: a first login" log_in work
  loses_nothing "$1: another login" log_in demo
  loses_nothing "$1: a refresh" "$program" refresh demo --trace
  loses_nothing "$1: a token that must be renewed" "$program" token demo --force-refresh --trace
  loses_nothing "$1: a setting" "$program" config set profile.demo.scope profile --trace
  loses_nothing "$1: a setting less" "$program" config unset profile.demo.scope --trace
  expect "$1: a token that is valid" 0 "$first_token" "$program" token demo
  expect "$1: status" 0 '*demo*' "$program" status
}

cat /dev/zero >"$disk/fill" 2>/dev/null
must 'the disk is full' test -z "$( (echo x >"$disk/fill2") 2>/dev/null; cat "$disk/fill2" 2>/dev/null)"
refuses 'no space'
rm "$disk"/fill*

number=0
while (: >"$disk/fill$number") 2>/dev/null; do number=$((number + 1)); done
must 'there is room for bytes, not for files' test "$number" -gt 0
refuses 'no file'
rm "$disk"/fill*

expect 'with room again: a login' 0 '*' log_in work
expect 'with room again: a refresh' 0 '*' "$program" refresh demo
cat /dev/zero >"$disk/fill" 2>/dev/null
expect 'a logout needs no room' 0 '*' "$program" logout demo
must 'the tokens are gone' test ! -e "$disk/tokens/demo.json"
must 'those of others are not' test -e "$disk/tokens/work.json"

((failures == 0)) || exit 1
echo 'a full disk loses nothing'
