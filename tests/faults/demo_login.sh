# shellcheck shell=bash disable=SC2154,SC2034
# What the tests of a login (that of `xauth demo`) prepare and expect. To be sourced, with $here set,
# by a script that is called with XAUTH [ODD_CALLS].

# shellcheck source-path=SCRIPTDIR source=each_syscall.sh
. "$here/each_syscall.sh"
XAUTH=$1
ODD_CALLS=${2:-}
XAUTH_ENV=(env "HOME=$WORK" "XAUTH_CONFIG_DIR=$SANDBOX")
LOGIN=("${XAUTH_ENV[@]}" "$XAUTH" demo --approve)

mkdir -m 0700 "$WORK/login"
env "HOME=$WORK" "XAUTH_CONFIG_DIR=$WORK/login" "$XAUTH" demo --approve >/dev/null 2>&1 || fail "no login"

there_is_nobody() {
  true
}

there_is_a_login() {
  cp -r "$WORK/login/." "$SANDBOX"
}

is_old_or_new() {
  local file
  for file in config.json tokens/demo.json; do
    if [[ ! -e $SANDBOX/$file ]]; then
      [[ $PREPARE == there_is_nobody ]] || return
    else
      cmp -s "$SANDBOX/$file" "$WORK/login/$file" || is_whole "$SANDBOX/$file" || return
    fi
  done
}

is_whole() {
  [[ $(head -c 1 "$1") == "{" && $(tail -n 1 "$1") == "}" ]] && grep -q '^  "version": 1' "$1"
}

is_private() {
  [[ -z $(find "$SANDBOX" \( -type f ! -perm 0600 \) -o \( -mindepth 1 -type d ! -perm 0700 \)) ]]
}

temporaries() {
  find "$SANDBOX" -name '.*.json.*'
}

# What there is can be read, and the next login makes it whole again and clears what was left.
next_one_works() {
  "${XAUTH_ENV[@]}" "$XAUTH" status >>"$LOG" 2>&1 && "${LOGIN[@]}" >"$WORK/token" 2>>"$LOG" &&
    [[ $("${XAUTH_ENV[@]}" "$XAUTH" token demo 2>>"$LOG") == "$(<"$WORK/token")" ]] && is_private &&
    [[ -z $(temporaries) ]]
}

no_token_told() {
  ! grep -q -e 'demo-access-' -e 'demo-refresh-' "$LOG"
}
