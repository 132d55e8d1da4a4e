#!/bin/bash
# Fails `xauth config set sealed_by keyring` at each flush: whichever key the settings name then,
# the desktop's keyring has it, and the token is there. ST-4
# usage: rewrap_every_flush.sh XAUTH
set -u
here=$(dirname "$0")
# shellcheck source-path=SCRIPTDIR source=../e2e/parts.sh
. "$here/../e2e/parts.sh"
need strace dbus-run-session gnome-keyring-daemon

if [[ -z ${IN_SESSION:-} ]]; then
  IN_SESSION=$(mktemp -d)
  export IN_SESSION HOME=$IN_SESSION XDG_DATA_HOME=$IN_SESSION/data XDG_RUNTIME_DIR=$IN_SESSION
  trap 'rm -rf "$IN_SESSION"' EXIT
  timeout 120 dbus-run-session -- "$0" "$@"
  exit
fi

xauth=$1
export XAUTH_CONFIG_DIR=$HOME/config ASAN_OPTIONS=detect_leaks=0
printf 'any' | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1

token_is_there() {
  [[ $("$xauth" token work 2>"$HOME/log") == canary ]] || { cat "$HOME/log"; return 1; }
}

# Rewraps while flush number $1 fails, if there are so many.
rewrap() {
  strace -o "$HOME/trace" -e trace=fsync -e "inject=fsync:error=EIO:when=$1" \
    "$xauth" config set sealed_by keyring 2>"$HOME/log"
}

(
  umask 077
  mkdir -p "$XAUTH_CONFIG_DIR/tokens"
  echo '{"version":1,"profiles":{"work":{}}}' >"$XAUTH_CONFIG_DIR/config.json"
  echo '{"version":1,"provider":"custom","client_id":"","access_token":"canary"}' \
    >"$XAUTH_CONFIG_DIR/tokens/work.json"
)
must "sealing by the keyring" "$xauth" config set storage sealed
must "the token, sealed" token_is_there
flush=1
until rewrap "$flush"; do
  must "the token after flush $flush has failed" token_is_there
  flush=$((flush + 1))
  ((flush < 20)) || break
done
must "at least the file's flush and the directory's" [ "$flush" -gt 2 ]
((failures == 0))
