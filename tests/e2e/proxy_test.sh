#!/usr/bin/env bash
# Requests over TLS through a real proxy, tinyproxy: which go through it, what it is told, and what is
# told of one that refuses. Usage: proxy_test.sh PROGRAM. Ends with 77 where a part is missing (1 if CI
# is set).
set -u

here=$(dirname "$(realpath "$0")")
. "$here/parts.sh"
need tinyproxy node openssl unshare ip jq curl

# A network of its own, where 192.0.2.1 is this machine and provider.test has that address.
if [[ -z ${PROXY_TEST_WORK:-} ]]; then
  need_own --map-root-user --net --mount
  PROXY_TEST_WORK=$(mktemp -d)
  export PROXY_TEST_WORK
  trap 'rm -rf "$PROXY_TEST_WORK"' EXIT
  unshare --map-root-user --net --mount "$0" "$@"
  exit
fi

program=$(realpath "$1")
work=$PROXY_TEST_WORK
cd "$work" || exit 1
children=()
cleanup() { ((${#children[@]} == 0)) || kill "${children[@]}" 2>/dev/null; }
trap cleanup EXIT
unset "${!XAUTH_@}" http_proxy https_proxy HTTPS_PROXY no_proxy NO_PROXY ALL_PROXY all_proxy
export HOME=$work XAUTH_CONFIG_DIR=$work/config LC_ALL=C.UTF-8
printf '127.0.0.1 localhost\n192.0.2.1 provider.test\n' >hosts
ip link set lo up && ip address add 192.0.2.1/32 dev lo && mount --bind hosts /etc/hosts || exit 1

start_demo "$program"
children+=("$demo")
certify DNS:provider.test,DNS:localhost
token_url=$("$program" config get profile.demo.token_url)
origin=${token_url%/token}
account_url=$("$program" config get profile.demo.userinfo_url)
exec {front_output}< <(exec timeout 100 node "$here/tls_front.js" server.key server.pem "${origin##*:}" sent)
children+=($!)
read -r -t 20 -u "$front_output" port || exit 1

# log_in PROFILE HOST: the provider's token endpoint is reached at HOST, over TLS.
log_in() {
  XAUTH_BROWSER=$here/consent.sh "$program" login "$1" --authorize-url "$origin/authorize" \
    --token-url "https://$2:$port/token" --userinfo-url "https://$2:$port/${account_url##*/}" --client-id xauth-demo \
    --scope 'profile offline_access' --ca-file authority.pem --port 0 "${@:3}"
}

# start_proxy LINE…: a proxy at 127.0.0.1:$proxy_port that logs to the file `proxied`.
start_proxy() {
  printf '%s\n' 'Listen 127.0.0.1' "Port $proxy_port" 'Timeout 20' 'LogLevel Connect' "LogFile \"$work/proxied\"" "$@" >proxy.conf
  : >proxied
  tinyproxy -d -c proxy.conf >proxy.told 2>&1 &
  proxy=$!
  children+=("$proxy")
  local i
  for ((i = 0; i < 200; ++i)); do
    [[ -n $(ss --no-header --listening --tcp --numeric "sport = :$proxy_port") ]] && return
    sleep 0.05
  done
  cat proxy.told proxied >&2
  exit 1
}
stop_proxy() {
  kill "$proxy"
  wait "$proxy" 2>/dev/null
}
count_requests() { grep -c 'Request' proxied; }

# trusted WHAT: neither the proxy's password nor our token is where it does not belong.
password=pass-of-the-proxy
hidden=$(printf 'person:%s' "$password" | base64)
trusted() {
  must "$1: the password of the proxy is not told" test -z "$(grep -F -e "$password" -e "$hidden" <<<"$said")"
  must "$1: the provider does not get it" test -z "$(grep -F -e "$password" -e "$hidden" -e Proxy- sent)"
  must "$1: the proxy gets no token" test -z "$(grep -F -f <(jq -r '.access_token, .refresh_token' config/tokens/work.json) proxied)"
}

proxy_port=3128
address=person:$password@127.0.0.1:$proxy_port
export HTTPS_PROXY=http://$address
start_proxy "BasicAuth person $password"

# through NUMBER WHAT COMMAND…: it succeeds, by so many requests through the proxy, each a CONNECT.
through() {
  local before
  before=$(count_requests)
  expect "$2" 0 '*' "${@:3}"
  must "$2: $1 requests through the proxy" test $(($(count_requests) - before)) = "$1"
  must "$2: none but CONNECT" test "$(grep -c "CONNECT provider.test:$port " proxied)" = "$(count_requests)"
  trusted "$2"
}
through 2 'a login (code, account)' log_in work provider.test -v --trace
must 'the provider saw the request' grep -q '^POST /token ' sent
must 'the trace names the proxy' grep -qF "127.0.0.1:$proxy_port" <<<"$said"
through 1 'a refresh' "$program" refresh work -v --trace
through 1 'whoami' "$program" whoami work -v --trace
through 1 'doctor' "$program" doctor work -v --trace
NO_PROXY=provider.test through 0 'NO_PROXY with the host' "$program" refresh work
NO_PROXY=example.com,.test through 0 'NO_PROXY with its domain' "$program" refresh work
NO_PROXY='*' through 0 'NO_PROXY with everything' "$program" refresh work
NO_PROXY=other.test through 1 'NO_PROXY with another host' "$program" refresh work
through 0 'a loopback address' "$program" refresh demo
through 0 'a loopback name, over TLS' log_in here localhost

# refused WHAT STATUS: a refresh ends with 6, says the proxy's status and loses nothing.
refused() {
  local kept
  kept=$(<config/tokens/work.json)
  : >sent
  expect "$1" 6 "*$2*HTTPS_PROXY*" "$program" refresh work -v --trace
  must "$1: the provider was sent nothing" test ! -s sent
  must "$1: the tokens are as they were" test "$(<config/tokens/work.json)" = "$kept"
  trusted "$1"
  expect "$1, as JSON" 6 '*"code":"unreachable"*' "$program" refresh work -o json
  trusted "$1, as JSON"
  expect "$1: a token that is still valid is printed" 0 '*' "$program" token work
}
HTTPS_PROXY=http://person:wrong-$password@127.0.0.1:$proxy_port refused 'a wrong password' 'the proxy answered with status 401'
stop_proxy
refused 'a proxy that is not there' ''
start_proxy 'ConnectPort 443' "BasicAuth person $password"
refused 'a port that the proxy does not allow' 'the proxy answered with status 403'
stop_proxy
start_proxy "BasicAuth person $password"
echo '127.0.0.1 localhost' >hosts
refused 'a host that the proxy does not find' 'the proxy answered with status 5'
stop_proxy

((failures == 0)) || exit 1
echo 'the proxy is told what it needs'
