# shellcheck shell=bash
# What tests with real parts share. To be sourced.

# need PART…: ends the test with 77 where one is missing (1 if CI is set).
need() {
  local part
  for part in "$@"; do
    type -P "$part" >/dev/null && continue
    echo "$part is not installed; ./dev setup installs it" >&2
    [[ -n ${CI:-} ]] && exit 1
    exit 77
  done
}

# need_own OPTION…: the same where `unshare` is not allowed to do this.
need_own() {
  unshare "$@" true 2>/dev/null && return
  echo "unshare $* is not allowed here" >&2
  [[ -n ${CI:-} ]] && exit 1
  exit 77
}

failures=0

# must WHAT COMMAND…: counts a failure, named WHAT, where the command fails.
must() {
  "${@:2}" && return
  echo "FAILED: $1" >&2
  failures=$((failures + 1))
}

# expect WHAT STATUS PATTERN COMMAND…: counts a failure where the command ends with another status, or
# what it says on both streams, kept in $said, does not match the pattern of bash.
expect() {
  local status
  said=$("${@:4}" 2>&1 </dev/null)
  status=$?
  # shellcheck disable=SC2053  # a pattern
  [[ $status == "$2" && $said == $3 ]] && return
  echo "FAILED: $1: status $2 and \"$3\" were expected, not $status and \"$said\"" >&2
  failures=$((failures + 1))
}

# start_demo PROGRAM: a provider, for 100 s at most, with a login to it in the profile demo. Its process
# is $demo, its first token $first_token. What it tells is in the directory $work.
# shellcheck disable=SC2034,SC2154
start_demo() {
  exec {demo_output}< <(exec timeout 100 "$1" demo --serve --approve 2>"$work/served")
  demo=$!
  read -r -t 20 -u "$demo_output" first_token && return
  echo 'FAILED: the provider did not start' >&2
  cat "$work/served" >&2
  exit 1
}

# certify NAMES: makes, in the working directory, an authority of the test's own, authority.pem, and by it
# server.key and server.pem, for NAMES as a certificate has them (DNS:localhost,IP:127.0.0.1).
certify() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Test Authority' \
    -addext keyUsage=critical,keyCertSign -keyout authority.key -out authority.pem 2>/dev/null &&
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=server' -keyout server.key \
      -out server.csr 2>/dev/null &&
    openssl x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -out server.pem \
      -extfile <(echo "subjectAltName=$1") 2>/dev/null && return
  echo 'FAILED: there is no certificate' >&2
  exit 1
}
