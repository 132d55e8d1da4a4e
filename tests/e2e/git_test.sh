#!/usr/bin/env bash
# Clones a private repository over https with the token as the password: git_test.sh PROGRAM
# Ends with 77 where a part is missing (1 if CI is set).
set -u

program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
. "$here/parts.sh"
need git node openssl

work=$(mktemp -d)
children=()
cleanup() {
  ((${#children[@]} == 0)) || kill "${children[@]}" 2>/dev/null
  rm -rf "$work"
}
trap cleanup EXIT
unset "${!XAUTH_@}" "${!GIT_@}"
mkdir "$work/bin"
ln -s "$program" "$work/bin/xauth"
export HOME=$work XAUTH_CONFIG_DIR=$work/config PATH=$work/bin:$PATH
export GIT_CONFIG_NOSYSTEM=1 GIT_TERMINAL_PROMPT=0 GIT_SSL_CAINFO=$work/authority.pem
cd "$work" || exit 1

give_up() {
  echo "FAILED: $1" >&2
  cat "$work/told" >&2
  exit 1
}

start_demo xauth
children+=("$demo")
account_url=$(xauth config get profile.demo.userinfo_url)

certify DNS:localhost,IP:127.0.0.1

git init --quiet --bare repositories/private.git
git init --quiet source
git -C source -c user.name=t -c user.email=t@t.example commit --quiet --allow-empty --message 'the commit'
git -C source push --quiet ../repositories/private.git HEAD:refs/heads/main
git -C repositories/private.git symbolic-ref HEAD refs/heads/main

exec {server}< <(exec timeout 100 node "$here/git_server.js" server.key server.pem repositories "$account_url" \
  "$work/requests" 2>"$work/told")
children+=($!)
read -r -t 20 -u "$server" port || give_up 'the server did not start'

xauth config set profile.demo.host "localhost:$port"
git config --file "$work/.gitconfig" credential.helper '!xauth credential git demo'

# as_kept MEMBER VALUE: changes the file of tokens.
as_kept() { sed -i -E "s/(\"$1\": ?)(\"[^\"]*\"|[0-9]+)/\1$2/" "$XAUTH_CONFIG_DIR/tokens/demo.json"; }
token() { sed -nE 's/.*"access_token": ?"([^"]*)".*/\1/p' "$XAUTH_CONFIG_DIR/tokens/demo.json"; }
clone() { git clone --quiet "https://$1:$port/private.git" "$2" 2>"$work/told"; }
was_sent() { grep -qxF "$1:$port $2" "$work/requests"; }
was_not_sent() { ! was_sent "$@"; }
asked_host_gave_nothing() { [[ $(grep "^$1:" "$work/requests" | sort -u) == "$1:$port -" ]]; }
no_clone() { ! clone "$@"; }

as_kept expires_at 1700000000
must 'a clone with an expired token succeeds' clone localhost first
must 'the commit is there' test "$(git -C first log --format=%s)" = 'the commit'
must 'the token was renewed' test "$(token)" != "$first_token"
must 'the new token was the password' was_sent localhost "$(token)"
must 'the expired one was not' was_not_sent localhost "$first_token"

as_kept access_token '"taken-back"'
must 'a token that the server refuses fails the clone' no_clone localhost second
must 'it was the password' was_sent localhost taken-back
must 'git says so, and the token is renewed' test "$(token)" != taken-back
must 'the next clone succeeds' clone localhost second

must 'another host of the same server is given nothing' no_clone 127.0.0.1 third
must 'not even tried' asked_host_gave_nothing 127.0.0.1
git -C second -c user.name=t -c user.email=t@t.example commit --quiet --allow-empty --message 'pushed'
git -C repositories/private.git config http.receivepack true
must 'a push goes the same way' git -C second push --quiet
must 'and arrives' test "$(git -C repositories/private.git log -1 --format=%s main)" = pushed

((failures == 0)) || {
  cat "$work/told" >&2
  exit 1
}
echo 'git has what is its'
