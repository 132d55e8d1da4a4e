#!/usr/bin/env bash
# Keys in the desktop's keyring, as GNOME's daemon keeps them: unlocked, started again, locked, not
# answering, and not there; and all that is kept, sealed by one. Usage: keyring_test.sh DRIVER PROGRAM.
# Ends with 77 where a part is missing (1 if CI is set).
set -u

here=$(dirname "$(realpath "$0")")
. "$here/parts.sh"
need dbus-run-session dbus-send gnome-keyring-daemon unshare curl jq

# A bus of its own, which starts no service by itself: no window asks anybody for a password.
if [[ -z ${KEYRING_TEST_HOME:-} ]]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cat >"$work/bus.conf" <<END_OF_FILE
<busconfig>
  <type>session</type>
  <listen>unix:dir=$work</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
END_OF_FILE
  export KEYRING_TEST_HOME=$work
  dbus-run-session --config-file="$work/bus.conf" -- "$0" "$@"
  exit
fi

driver=$(realpath "$1")
program=$(realpath "$2")
work=$KEYRING_TEST_HOME
unset DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL "${!XDG_@}" "${!XAUTH_@}"
export HOME=$work XDG_RUNTIME_DIR=$work/run LC_ALL=C.UTF-8
mkdir -m 700 "$work/run"
daemon='' demo=''
cleanup() {
  [[ -z $daemon ]] || kill -KILL "$daemon" 2>/dev/null
  [[ -z $demo ]] || kill "$demo" 2>/dev/null
}
trap cleanup EXIT

bus() { dbus-send --session --print-reply "$@"; }
is_served() { bus --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q true; }

# Waits until the Secret Service is there, or, with `not`, gone.
await_service() {
  local i
  for ((i = 0; i < 200; ++i)); do
    if is_served; then [[ -n ${1:-} ]] || return 0; else [[ -z ${1:-} ]] || return 0; fi
    sleep 0.05
  done
  echo 'FAILED: the daemon did not start, or end' >&2
  cat "$work/daemon" >&2
  exit 1
}

# start_daemon [PASSWORD]: with a password its keyring is unlocked, and made if there is none.
start_daemon() {
  if (($# > 0)); then
    gnome-keyring-daemon --foreground --components=secrets --unlock < <(printf %s "$1") >"$work/daemon" 2>&1 &
  else
    gnome-keyring-daemon --foreground --components=secrets </dev/null >"$work/daemon" 2>&1 &
  fi
  daemon=$!
  await_service
}

stop_daemon() {
  kill -KILL "$daemon"
  wait "$daemon" 2>/dev/null
  daemon=''
  await_service not
}

store() { printf %s "$2" | "$driver" store "$1" 20; }
lookup() { "$driver" lookup "$1" 20; }
clear_key() { "$driver" clear "$1" 20; }

# locked WHAT: each call says that the keyring is locked, and does nothing else.
locked() {
  local refusal="$unusable it is locked"$'\n  try: ?*'
  expect "$1: a look-up" 8 "$refusal" lookup work
  expect "$1: a look-up of nothing" 8 "$refusal" lookup other
  expect "$1: keeping" 8 "$refusal" store work changed
  expect "$1: forgetting" 8 "$refusal" clear_key work
}

unusable='keyring_driver: the keyring cannot be used:'
expect 'without a service' 8 "$unusable *org.freedesktop.secrets*"$'\n  try: ?*' lookup work

start_daemon
expect 'no keyring: a look-up' 1 '' lookup work
expect 'no keyring: keeping' 8 "$unusable there is none yet*" store work first
stop_daemon

start_daemon 'the password'
expect 'unlocked: nothing is there' 1 '' lookup work
expect 'unlocked: keeping' 0 '' store work first-key
expect 'unlocked: keeping another' 0 '' store other 'a key, with spaces and ü'
expect 'unlocked: a look-up' 0 first-key lookup work
expect 'unlocked: replacing' 0 '' store work second-key
expect 'unlocked: what replaced it' 0 second-key lookup work
expect 'unlocked: the other one' 0 'a key, with spaces and ü' lookup other
expect 'unlocked: forgetting' 0 '' clear_key other
expect 'unlocked: forgetting nothing' 0 '' clear_key other
expect 'unlocked: what was forgotten' 1 '' lookup other
must 'no key lies on the disk in clear' test -z "$(grep -rl second-key "$work/.local")"

bus --dest=org.freedesktop.secrets /org/freedesktop/secrets org.freedesktop.Secret.Service.Lock \
  array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
locked 'locked by the person'
stop_daemon

start_daemon
locked 'not unlocked at the login'
stop_daemon

start_daemon 'the password'
expect 'unlocked again: a look-up' 0 second-key lookup work

kill -STOP "$daemon"
SECONDS=0
expect 'not answering: a look-up' 8 'keyring_driver: the keyring did not answer within 1 s'* "$driver" lookup work 1
must "it was not waited for longer: $SECONDS s" test "$SECONDS" -le 5
must 'nobody who asks it is left' test -z "$(pgrep -f "^$driver")"
kill -CONT "$daemon"
expect 'answering again: a look-up' 0 second-key lookup work

# As if libsecret were not installed: nothing can be loaded from an empty file.
library=$(ldconfig -p | sed -nE 's/^\s*libsecret-1\.so\.0 .* => //p' | head -n 1)
# shellcheck disable=SC2016  # the inner shell expands it
without_library() { unshare --map-root-user --mount sh -c 'mount --bind /dev/null "$1" && exec "$2" lookup work 20' - "$library" "$driver"; }
if unshare --map-root-user --mount true 2>/dev/null || [[ -n ${CI:-} ]]; then
  expect 'without libsecret' 8 "$unusable libsecret is not installed*" without_library
fi
stop_daemon

# All that is kept, sealed by a key in the keyring.
config=$work/config
export XAUTH_CONFIG_DIR=$config
start_daemon 'the password'
start_demo "$program"
token_url=$("$program" config get profile.demo.token_url)
kept() { (cd "$config" && sha256sum config.json tokens/*.json); }
in_clear() { grep -rlE 'demo-(access|refresh)-' "$config"; }
must 'tokens are kept in clear at first' test -n "$(in_clear)"
expect 'sealing by the keyring' 0 '*' "$program" config set sealed_by keyring
expect 'sealing' 0 '*' "$program" config set storage sealed
must 'no token is kept in clear' test -z "$(in_clear)"
expect 'a sealed token' 0 "$first_token" "$program" token demo
expect 'its refresh' 0 '*' "$program" refresh demo
expect 'another token' 0 'demo-access-*' "$program" token demo
must 'it is a new one' test "$said" != "$first_token"
XAUTH_BROWSER=$here/consent.sh expect 'a login that is sealed' 0 '*' "$program" login work \
  --authorize-url "${token_url%token}authorize" --token-url "$token_url" --client-id xauth-demo \
  --scope 'profile offline_access' --port 0
expect 'its token' 0 'demo-access-*' "$program" token work
expect 'status' 0 '*' "$program" status -o json
must 'status says that both are sealed' test "$(jq -r '.[].storage' <<<"$said" | sort | uniq -c | xargs)" = '2 sealed'
must 'no token is kept in clear after all that' test -z "$(in_clear)"
stop_daemon

before=$(kept)
expect 'without the keyring: a token' 8 '*the keyring cannot be used: *' "$program" token demo
start_daemon
for command in token refresh whoami; do
  expect "locked: $command" 8 '*the keyring cannot be used: it is locked*' "$program" "$command" demo
done
kill -STOP "$daemon"
expect 'not answering: a token' 8 '*the keyring did not answer within *' "$program" token demo
kill -CONT "$daemon"
must 'all is as it was' test "$(kept)" = "$before"
stop_daemon

start_daemon 'the password'
expect 'unlocked again: a token' 0 'demo-access-*' "$program" token demo
expect 'unsealing' 0 '*' "$program" config set storage file
must 'tokens are kept in clear again' test -n "$(in_clear)"
stop_daemon
expect 'unsealed, without the keyring' 0 'demo-access-*' "$program" token demo

((failures == 0)) || exit 1
echo 'the keyring keeps keys'
