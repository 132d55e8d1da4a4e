#!/usr/bin/env bash
# Runs the EXAMPLES of the man pages, each in bash: examples_test.sh PROGRAM [PAGE…]
#
# Each page gets a home of its own, where the profile `work` is logged in at the embedded provider, and
# where https://api.example.com/… is that provider's account endpoint. An example is a command behind
# `$ `, or a block that begins with `#!`; it must end with 0. A line `.\" example: KIND` before it in the
# source makes it one of the others:
#   a person logs in           it must print the address to open, and is stopped then
#   another machine is asked   it must end with 6, unreachable; no request leaves this machine
#   needs PROGRAM              only its syntax counts where that program is not installed
#   syntax only, …             only its syntax counts
set -u

# In a network of its own where the system allows that: port 8000 is free there, and nobody is outside.
if [[ -z ${XAUTH_EXAMPLES_ALONE:-} ]] && unshare --net --map-root-user ip link set lo up 2>/dev/null; then
  # shellcheck disable=SC2016  # the inner shell expands it
  XAUTH_EXAMPLES_ALONE=yes exec unshare --net --map-root-user bash -c 'ip link set lo up; exec "$0" "$@"' "$0" "$@"
fi

program=$(realpath "$1")
shift
here=$(dirname "$(realpath "$0")")
pages=("$@")
((${#pages[@]})) || pages=("$here"/../../man/*)

work=$(mktemp -d)
server=''
trap '[[ -z $server ]] || kill "$server"; rm -rf "$work"' EXIT
mkdir "$work"/{bin,server}
ln -s "$program" "$work/bin/xauth"
ln -s "$here/consent.sh" "$work/bin/browser"
unset "${!XAUTH_@}" XDG_CONFIG_HOME DISPLAY WAYLAND_DISPLAY
CURL=$(type -P curl)
export CURL PATH=$work/bin:$PATH TERM=dumb XAUTH_BROWSER=$work/bin/browser
export HTTPS_PROXY=http://127.0.0.1:9 # where nobody is; this machine is reached without it

failures=0
wrong() {
  printf 'FAILED: %s\n' "$*" >&2
  failures=$((failures + 1))
}

# until_true SECONDS COMMAND…: whether it succeeds in time.
until_true() {
  local end=$((SECONDS + $1))
  until "${@:2}"; do
    ((SECONDS < end)) || return 1
    sleep 0.05
  done
}

# curl, for which https://api.example.com/… is the provider's account endpoint, which answers GET alone.
cat >"$work/bin/curl" <<'SCRIPT'
#!/usr/bin/env bash
exec "$CURL" "${@/#https:\/\/api.example.com\/*/$API}" --fail --request GET
SCRIPT
chmod +x "$work/bin/browser" "$work/bin/curl"

serve() {
  "$program" --config-dir "$work/server" demo --serve --approve >"$work/server.log" 2>&1 &
  server=$!
  until_true 20 grep -q 'The provider runs until' "$work/server.log" && return
  cat "$work/server.log" >&2
  exit 1
}

url_of() { "$program" --config-dir "$work/server" config get "profile.demo.$1"; }

# A home with the profile `work`, and a client secret.
new_home() {
  HOME=$(mktemp -d "$work/home.XXXXXX")
  export HOME
  cd "$HOME" || exit 1
  (umask 077 && echo secret >secret.txt)
  "$program" login work --client-id xauth-demo --client-auth none --scope 'profile offline_access' \
    --redirect-uri http://127.0.0.1:0/callback --authorize-url "$(url_of authorize_url)" \
    --token-url "$(url_of token_url)" --revoke-url "$(url_of revoke_url)" \
    --userinfo-url "$(url_of userinfo_url)" >"$work/said" 2>&1 && return
  cat "$work/said" >&2
  exit 1
}

# Writes the examples of the page $1 into the directory $2: NUMBER.kind and NUMBER.text.
extract() {
  awk -v into="$2" '
    function plain(line) {
      gsub(/\\\(dq/, "\"", line); gsub(/\\\(aq/, "\047", line); gsub(/\\&/, "", line)
      gsub(/\\e/, "\\", line)
      return line
    }
    function emit(text) {
      name = into "/" sprintf("%03d", ++count)
      print kind > (name ".kind"); print text > (name ".text")
      close(name ".kind"); close(name ".text")
      kind = ""
    }
    /^\.Sh / { examples = ($2 == "EXAMPLES") }
    !examples { next }
    /^\.\\" example: / { if (kind != "") emit(""); sub(/^[^:]*: /, ""); kind = $0; next }
    /^\.Dl \$ / { emit(plain(substr($0, 7))); next }
    /^\.Bd / { block = ""; is_command = 0; in_block = 1; next }
    /^\.Ed/ { if (is_command) emit(block); in_block = 0; next }
    in_block {
      if (block == "" && /^#!/ || /^\$ /) is_command = 1
      sub(/^\$ /, "")
      block = block plain($0) "\n"
    }
    END { if (kind != "") emit("") }' "$1"
}

has_said_address() { grep -q '^https\?://' "$work/said"; }

# stopped_by_hand COMMAND: prints how it ends when it is stopped once it waits for the person.
stopped_by_hand() {
  bash -c "exec $1" >"$work/said" 2>&1 </dev/null &
  until_true 20 has_said_address || echo 'no address is printed' >>"$work/said"
  kill $! 2>/dev/null
  wait $!
}

# try KIND TEXT: whether the example does what is expected of its kind.
try() {
  bash -n -c "$2" >"$work/said" 2>&1 || return
  case $1 in
    'a person logs in') stopped_by_hand "$2"; (($? == 143)) && has_said_address ;;
    'another machine is asked') bash -e -o pipefail -c "$2" >"$work/said" 2>&1 </dev/null; (($? == 6)) ;;
    'needs '*)
      type -P "${1#needs }" >/dev/null || return 0
      bash -e -o pipefail -c "$2" >"$work/said" 2>&1 </dev/null
      ;;
    'syntax only, '*) ;;
    '') bash -e -o pipefail -c "$2" >"$work/said" 2>&1 </dev/null ;;
    *) echo 'there is no such kind' >"$work/said" && false ;;
  esac
}

# The lines of the page $1 that man breaks in a terminal of 80 columns, so that nobody can copy them.
broken_lines() { sed -n 's/^\.Dl //p' "$1" | sed 's/\\(../"/g' | grep -E '.{68}'; }

run_page() {
  local file kind text examples broken
  broken=$(broken_lines "$1") && wrong "${1##*/}: the manual breaks: $broken"
  examples=$(mktemp -d "$work/examples.XXXXXX")
  extract "$1" "$examples"
  new_home
  for file in "$examples"/*.text; do
    [[ -e $file ]] || continue
    kind=$(<"${file%.text}.kind") text=$(<"$file")
    count=$((count + 1))
    if [[ -z $text ]]; then
      wrong "${1##*/}: behind 'example: $kind' stands no command"
    elif ! try "$kind" "$text"; then
      wrong "${1##*/}${kind:+ ($kind)}: $text"$'\n'"$(<"$work/said")"
    fi
  done
}

count=0
serve
API=$(url_of userinfo_url)
export API
for page in "${pages[@]}"; do run_page "$page"; done
((count > 0)) || wrong 'no page has an example'
((failures == 0)) || exit 1
echo "$count examples are as they should be"
