#!/usr/bin/env bash
# Another user of the same machine: what they may read, what they may put in our way, and what they may
# send to a login that waits. Usage: other_user_test.sh PROGRAM. Ends with 77 where a part is missing, or
# who runs it may not become others (1 if CI is set).
set -u

here=$(dirname "$(realpath "$0")")
. "$here/parts.sh"
need setpriv curl ss perl
if ((EUID != 0)); then
  sudo -n true 2>/dev/null && exec sudo -n env CI="${CI:-}" "$0" "$@"
  echo 'only root may become other users' >&2
  [[ -n ${CI:-} ]] && exit 1
  exit 77
fi

work=$(mktemp -d)
demo=''
process=''
cleanup() {
  [[ -z $process ]] || kill "$process" 2>/dev/null
  [[ -z $demo ]] || kill "$demo" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
unset "${!XAUTH_@}" DISPLAY WAYLAND_DISPLAY
export LC_ALL=C.UTF-8
umask 022
chmod 755 "$work"
cp "$1" "$work/xauth" # both may run it, wherever it was built
program=$work/xauth
mkdir "$work"/{ours,theirs}
chown 61001:61001 "$work/ours"
chown 61002:61002 "$work/theirs"

# Each runs a command as that user, at home. Nobody needs to have that name.
as() { (cd "$work/$2" && HOME=$work/$2 exec setpriv --reuid "$1" --regid "$1" --clear-groups -- "${@:3}"); }
we() { as 61001 ours "$@"; }
they() { as 61002 theirs "$@"; }

config=$work/ours/.config/xauth
printf '#!/bin/bash\numask 000\nexec setpriv --reuid 61001 --regid 61001 --clear-groups -- "%s" "$@"\n' "$program" >"$work/our_xauth"
chmod 755 "$work/our_xauth"
HOME=$work/ours start_demo "$work/our_xauth"

# What is kept.
for file in "$config" "$config/config.json" "$config/tokens" "$config/tokens/demo.json"; do
  must "we can read $file" we test -r "$file"
  expect "they cannot read $file" 1 '' they test -r "$file"
  must "$file is for us alone, whatever the umask: $(stat -c %a "$file")" test "$(stat -c %a "$file" | tail -c 3)" = 00
done
expect 'our tokens, asked for by them' 8 "*${config}*" they "$program" --config-dir "$config" token demo
must 'they get none' test -z "$(grep -F "$first_token" <<<"$said")"
expect 'a setting of ours, changed by them' 8 "*${config}*" they "$program" --config-dir "$config" config set browser evil

# What they put in our way.
they mkdir -m 777 "$work/theirs/open"
they mkdir -m 755 "$work/theirs/planted" "$work/theirs/planted/tokens"
expect 'a directory of theirs' 8 '*belongs to another user*' we "$program" --config-dir "$work/theirs/open" config set browser firefox
expect 'a directory of theirs, for tokens' 8 '*belongs to another user*' we "$program" --config-dir "$work/theirs/planted" token demo
must 'nothing of ours is in it' test -z "$(ls -A "$work/theirs/open")"
mkdir -m 1777 "$work/shared"
expect 'a directory that all share' 8 '*' we "$program" --config-dir "$work/shared" config set browser firefox
must 'nothing of ours is there' test -z "$(ls -A "$work/shared")"
cp -p "$config/tokens/demo.json" "$work/kept.json"
chown 61002 "$config/tokens/demo.json"
chmod 644 "$config/tokens/demo.json"
expect 'a token file of theirs' 8 '*belongs to another user*' we "$program" token demo
cp -p "$work/kept.json" "$config/tokens/demo.json"
expect 'our own again' 0 "$first_token" we "$program" token demo

# start_login AS UID PORT: a login that waits, as that user; its URL becomes $url, its process $process.
token_url=$(we "$program" config get profile.demo.token_url)
client=(--authorize-url "${token_url%token}authorize" --token-url "$token_url" --client-id xauth-demo
  --scope 'profile offline_access' --no-browser)
start_login() {
  : >"$work/told"
  "$1" "$program" login work "${client[@]}" --port "$3" 2>"$work/told" </dev/null &
  login=$!
  local i
  for ((i = 0; i < 400; ++i)); do
    url=$(grep '^http://.*state=' "$work/told") && process=$(pgrep -u "$2" -f "^$program login") && return
    sleep 0.05
  done
  echo 'FAILED: the login does not wait' >&2
  cat "$work/told" >&2
  exit 1
}
callback() { sed -nE 's/.*redirect_uri=([^&]*).*/\1/p' <<<"$url" | sed 's/%3A/:/g; s/%2F/\//g'; }
nobody_listens() { [[ -z $(ss --no-header --listening --tcp --numeric "sport = :$1") ]]; }

# A port that they have.
start_login they 61002 0
port=$(callback | sed -E 's,.*:([0-9]+)/.*,\1,')
expect 'their port' 1 "*$port*in use*" timeout 20 setpriv --reuid 61001 --regid 61001 --clear-groups \
  env HOME="$work/ours" "$program" login work "${client[@]}" --port "$port"
must 'their login goes on' kill -0 "$login"
kill "$process"
wait "$login" 2>/dev/null

# A login of ours that waits at that port, now that it is free again.
must 'nobody listens any more' nobody_listens "$port"
start_login we 61001 "$port"
address=$(callback)
knock() { they curl --silent --output /dev/null --write-out '%{http_code}' --max-time 10 "$@"; }
for query in 'code=stolen' 'code=stolen&state=wrong' 'error=access_denied' 'error=access_denied&state=wrong' ''; do
  expect "their request '$query'" 0 '4??' knock "$address?$query"
done
expect 'their form' 0 '4??' knock --data 'code=stolen&state=wrong' "$address"
expect 'their other request' 0 '4??' knock --request DELETE "$address"
must 'our login goes on' kill -0 "$login"

# Our process, which has secrets in its memory.
# shellcheck disable=SC2016  # the inner shell expands it
readable() { "$1" bash -c ': <"$1"' - "/proc/$process/$2"; }
for file in environ mem maps auxv; do
  expect "they cannot read its $file" 1 '*' readable they "$file"
  expect "nor can any program of ours read its $file" 1 '*' readable we "$file"
done
expect 'they cannot stop it' 1 '*' they kill -TERM "$process"

"$here/consent.sh" "$url"
wait "$login"
must 'our login has succeeded' test $? = 0
process=''
must 'its port is free' nobody_listens "$port"
must 'the person is told of what they sent' grep -q '^ignored a reply that is not the answer to this login' "$work/told"

# core COMMAND…: whether its end by SIGABRT leaves a core; the signal comes once it waits for its input.
# shellcheck disable=SC2016
core() {
  we bash -c 'ulimit -c "$(ulimit -H -c)"; exec perl -e '\''
    pipe(my $in, my $out); my $id = fork();
    if (!$id) { open(STDIN, "<&", $in); open(STDOUT, ">/dev/null"); open(STDERR, ">/dev/null"); exec(@ARGV); exit 9 }
    my $state = ""; my $end = time + 20;
    while ($state !~ /^State:\s+S/m && time < $end) {
      select(undef, undef, undef, 0.05); open(my $f, "<", "/proc/$id/status"); local $/; $state = <$f>;
    }
    kill("ABRT", $id); waitpid($id, 0); exit($? & 128 ? 0 : ($? & 127) == 6 ? 1 : 2)'\'' "$@"' - "$@"
}
if core cat; then # the system keeps cores
  rm -f "$work"/ours/core*
  expect 'no core of ours is left' 1 '' core "$program" login work "${client[@]}" --port 0
  must 'nor is there a file' test -z "$(find "$work/ours" -name 'core*')"
fi

((failures == 0)) || exit 1
echo 'another user gets nothing'
