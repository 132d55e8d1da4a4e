# shellcheck shell=bash disable=SC2154,SC2034
# A profile with an expired token, and what the tests of commands that change it expect. To be
# sourced, with $here set, by a script that is called with XAUTH PROVIDER_DRIVER [ODD_CALLS].

# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
XAUTH=$1
PROVIDER=$2
ODD_CALLS=${3:-}
REQUESTS=$WORK/requests
mkfifo "$WORK/stdin"
"$PROVIDER" <"$WORK/stdin" >"$REQUESTS" &
exec 9>"$WORK/stdin" # its end ends the provider
until [[ -s $REQUESTS ]]; do kill -0 $! || exit 1; sleep 0.05; done
URL=$(head -n 1 "$REQUESTS")

TOKENS=$SANDBOX/tokens
PROGRAM=(env "HOME=$WORK" "XAUTH_CONFIG_DIR=$SANDBOX" "$XAUTH")
COMMAND=("${PROGRAM[@]}" token work)

asked() {
  wc -l <"$REQUESTS"
}

# There is one expired token.
token_has_expired() {
  mkdir -m 0700 "$TOKENS"
  (
    umask 077
    echo '{"version":1,"default":"work","profiles":{"work":{"token_url":"'"$URL"'/token",
      "revoke_url":"'"$URL"'/revoke","client_id":"id","client_auth":"none"}}}' >"$SANDBOX/config.json"
    echo '{"version":1,"provider":"custom","client_id":"id","access_token":"old-access",
      "refresh_token":"old-refresh","issued_at":1700000000,"expires_at":1700003600}' >"$TOKENS/work.json"
  )
  cp "$SANDBOX/config.json" "$WORK/config"
  cp "$TOKENS/work.json" "$WORK/old"
  ASKED=$(asked)
}

is_old() {
  cmp -s "$TOKENS/work.json" "$WORK/old"
}

# is_whole FILE: it holds all of the new tokens.
is_whole() {
  grep -q '"access_token": "new-access"' "$1" && grep -q '"refresh_token": "new-refresh"' "$1" &&
    grep -q '"expires_at": [0-9]*$' "$1" && [[ $(tail -c 2 "$1") == "}" ]]
}

is_new() {
  is_whole "$TOKENS/work.json"
}

all_private() {
  [[ -z $(find "$SANDBOX" \( -type f ! -perm 0600 \) -o \( -type d ! -perm 0700 \)) ]]
}

settings_are_old() {
  cmp -s "$SANDBOX/config.json" "$WORK/config"
}

is_private() {
  all_private && settings_are_old
}

temporaries() {
  find "$SANDBOX" -name '.*.json.*'
}

no_token_told() {
  ! grep -q -e 'new-access' -e 'new-refresh' -e 'old-access' -e 'old-refresh' "$LOG"
}

# Whether strace made a call of that name fail.
was_failed() {
  grep -q "$1.*(INJECTED)" "$TRACE"
}

# Whether a temporary file holds the provider's whole answer.
answer_is_kept() {
  local file
  for file in $(temporaries); do
    if is_whole "$file"; then return; fi
  done
  return 1
}

# The next command prints the new token and clears what was left; it asks only when the answer of
# the last one is in no file.
next_one_works() {
  local before expected=1
  before=$(asked)
  if answer_is_kept || is_new; then expected=0; fi
  [[ $("${COMMAND[@]}" 2>>"$LOG") == new-access ]] && is_new && is_private &&
    [[ -z $(temporaries) ]] && (($(asked) == before + expected))
}
