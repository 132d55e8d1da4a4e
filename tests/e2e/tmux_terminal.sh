# shellcheck shell=bash
# A terminal of a test's own, by tmux, and a provider to log in to. To be sourced. `work`
# is a directory that goes with the test, which also is HOME.

. "$(dirname "$(realpath "${BASH_SOURCE[0]}")")/parts.sh"

cleanup() {
  terminal kill-server 2>/dev/null
  [[ -z $served ]] || kill "$served" 2>/dev/null
  rm -rf "$work"
}
terminal() { timeout 20 tmux -S "$work/tmux" -f "$work/tmux.conf" "$@"; }

need tmux curl
work=$(mktemp -d)
served=
trap cleanup EXIT
unset "${!XAUTH_@}" TMUX NO_COLOR
echo 'set -g exit-empty off' >"$work/tmux.conf" # it outlives each login
export HOME=$work LC_ALL=C.UTF-8 XAUTH_CONFIG_DIR=$work/config

give_up() {
  echo "FAILED: $1" >&2
  terminal capture-pane -p >&2
  exit 1
}

# start_provider PROGRAM: PROGRAM's own, until the test ends; the token is printed when its own login is done.
start_provider() {
  exec {provider}< <(XAUTH_CONFIG_DIR=$work/provider exec timeout 100 "$1" demo --serve --approve 2>/dev/null)
  served=$!
  read -r -t 20 -u "$provider" || give_up 'the provider did not start'
}

# A setting of that provider's profile.
setting() { sed -nE "s/.*\"$1\": ?\"([^\"]*)\".*/\1/p" "$work/provider/config.json"; }
