#!/usr/bin/env bash
# No token or secret is among the arguments of any program that any command starts, nor in what it tells,
# with -v and --trace on: canary_test.sh PROGRAM
set -u

program=$(realpath "$1")
. "$(dirname "$(realpath "$0")")/parts.sh"
need strace curl git jq

work=$(mktemp -d)
server=''
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
unset "${!XAUTH_@}" DISPLAY WAYLAND_DISPLAY
export HOME=$work XAUTH_CONFIG_DIR=$work/config

"$program" demo --serve --approve >"$work/served" 2>&1 &
server=$!
until grep -q 'The provider runs until' "$work/served"; do
  kill -0 "$server" || exit 1
  sleep 0.05
done
cp "$work/config/tokens/demo.json" "$work/first.json"

# Every value that must not be seen, one a line: as they are now, and as they were at first.
canaries() {
  jq -r '.access_token, .refresh_token, .id_token | select(. != null)' "$work/first.json" "$work/config/tokens/demo.json" 2>/dev/null
}

# seen_in FILE WHERE: a failure when a canary is in it.
seen_in() {
  if canaries | grep -qFf - "$1"; then
    echo "FAILED: xauth $call: a token is $2" >&2
    failures=$((failures + 1))
  fi
}

# watch OUTPUT-TOO COMMAND…: runs it under strace; with `out` its standard output is looked at as well.
watch() {
  local output=$1 known
  call=${*:2}
  known=$(canaries | sort -u | wc -l)
  ((known >= 2)) || { echo "FAILED: xauth $call: no canary to look for" >&2; failures=$((failures + 1)); }
  strace --follow-forks --quiet=all --trace=execve,execveat --string-limit=100000 --output="$work/started" \
    "$program" -v --trace "${@:2}" >"$work/out" 2>"$work/err" </dev/null
  status=$?
  grep -q execve "$work/started" || { echo "FAILED: xauth $call: strace saw nothing" >&2; failures=$((failures + 1)); }
  seen_in "$work/started" 'among arguments'
  seen_in "$work/err" 'told on standard error'
  [[ $output != out ]] || seen_in "$work/out" 'told on standard output'
  if ((status != 0)) && [[ $call != doctor* ]]; then
    echo "FAILED: xauth $call: status $status: $(<"$work/err")" >&2
    failures=$((failures + 1))
  fi
}

userinfo=$("$program" config get profile.demo.userinfo_url)
"$program" config set profile.demo.host example.com

watch hidden token demo
watch hidden token demo -o json
watch hidden token demo -o curl
watch out status
watch out status --check demo
watch out whoami demo
watch out inspect demo
watch out inspect demo -o json
watch out doctor demo
watch out refresh demo
watch hidden token demo --force-refresh
watch out exec demo -- sleep 0
watch out curl demo -- --silent "$userinfo"
watch out config list
watch out use demo
watch out credential git demo store
watch hidden credential kubernetes demo
printf 'protocol=https\nhost=example.com\n\n' >"$work/asked"
git -c credential.helper= -c "credential.helper=!$program -v --trace credential git demo" credential fill \
  <"$work/asked" >"$work/out" 2>"$work/err"
call='credential git demo get'
seen_in "$work/err" 'told on standard error'
canaries | grep -qFf - "$work/out" || { echo "FAILED: git got no token" >&2; failures=$((failures + 1)); }
watch out logout demo --no-revoke

# The test itself can see a token.
call='exec, told the wrong way'
cp "$work/first.json" "$work/config/tokens/demo.json"
before=$failures
strace --follow-forks --quiet=all --trace=execve --string-limit=100000 --output="$work/started" \
  true "$(jq -r .access_token "$work/first.json")"
seen_in "$work/started" 'among arguments' 2>/dev/null
((failures == before + 1)) || { echo 'FAILED: a token among arguments is not seen' >&2; exit 1; }
exit $((before > 0))
