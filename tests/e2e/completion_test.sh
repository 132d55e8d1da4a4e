#!/usr/bin/env bash
# Asks a shell's own engine what it would complete: completion_test.sh bash|zsh|fish PROGRAM
# Ends with 77 where the shell is not installed (1 if CI is set).
set -u

shell=$1
program=$(realpath "$2")
here=$(dirname "$(realpath "$0")")
completions=$(realpath "$here/../../completions")
. "$here/parts.sh"
need "$shell"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work"/{bin,home,config,other,empty}
ln -s "$program" "$work/bin/xauth"
touch "$work/home/secret-file"
mkdir "$work/home/secret-directory"
# One profile that is logged in nowhere, one whose text looks like a third.
cat >"$work/config/config.json" <<'END'
{"version": 1, "default": "work", "settings": {}, "profiles": {
  "work": {"client_id": "{\"profile\":\"forged\"}", "scope": "{\"profile\":\"forged\""}, "x": {"provider": "x"}}}
END
echo '{"version": 1, "profiles": {"elsewhere": {}}}' >"$work/other/config.json"
echo '{' >"$work/empty/config.json" # a damaged one: nothing to offer, and nothing to say
cd "$work/home" || exit 1
export PATH=$work/bin:/usr/bin:/bin HOME=$work/home XAUTH_CONFIG_DIR=$work/config TERM=xterm
unset XAUTH_PROFILE XAUTH_TOKEN XDG_CONFIG_HOME DISPLAY

# Each candidates_SHELL prints what SHELL offers for the line $1, one a line.

# Without the package bash-completion, under set -u, and with the words cut as readline cuts them.
candidates_bash() {
  # shellcheck disable=SC2016  # the inner shell expands it
  bash --norc --noprofile -uc '
    source "$1" || exit
    [[ $(complete -p xauth) =~ -F\ ([^ ]+) ]] || exit
    COMP_LINE=$2 COMP_POINT=${#2}
    read -ra COMP_WORDS <<<"${2//=/ = }"
    [[ $2 != *" " && $2 != *= ]] || COMP_WORDS+=("")
    [[ $2 != *= ]] || unset "COMP_WORDS[-1]"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    "${BASH_REMATCH[1]}" xauth "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
    printf "%s\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}' bash "$completions/xauth.bash" "$1"
}

candidates_zsh() { timeout 20 zsh -f "$here/zsh_candidates.zsh" "${how:-autoload}" "$completions" "$1"; }

candidates_fish() {
  # shellcheck disable=SC2016  # the inner shell expands it
  fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$completions/xauth.fish" "$1" |
    sed 's/\t.*//; s/^--[a-z-]*=//'
}

wrong() {
  printf 'FAILED: %s: «%s» %s; it offers: %s\n' "$shell" "$line" "$1" "${found//$'\n'/ }" >&2
  failures=$((failures + 1))
}

# on LINE offers WORD… [never WORD…]
on() {
  local line=$1 found word must=yes
  found=$("candidates_$shell" "$line" 2>"$work/said") || wrong 'ends with a failure'
  [[ ! -s $work/said ]] || wrong "says $(<"$work/said")"
  for word in "${@:3}"; do
    if [[ $word == never ]]; then
      must=no
    elif grep -qxF -- "$word" <<<"$found"; then
      [[ $must == yes ]] || wrong "offers $word"
    else
      [[ $must == no ]] || wrong "does not offer $word"
    fi
  done
}

on 'xauth ' offers login token refresh status logout use provider demo help never work secret-file
on 'xauth lo' offers login logout never token
on "xauth --verbose --config-dir $work to" offers token
on 'xauth --' offers --config-dir --quiet --verbose --color --help --version never --scope
on 'xauth help ' offers token never secret-file help
on 'xauth help provider ' offers list show discover never token work x
on 'xauth help token ' offers never work list secret-file
on 'xauth --color ' offers auto always never
on 'xauth status --color=' offers auto always
on 'xauth login --' offers --provider --client-secret-file --redirect-uri --paste --output never --serve
on 'xauth token --' offers --min-ttl --no-refresh --with-refresh-token --color never --all --version
on 'xauth logout --' offers --all --no-revoke --forget never --scope
on 'xauth demo --' offers --serve --approve --browser never --all
on 'xauth login --client-auth ' offers none basic post never work
on 'xauth login --provider ' offers x github never work
on 'xauth provider ' offers list show never work
on 'xauth provider show ' offers x keycloak never work
on 'xauth provider list ' offers never x work
on 'xauth login --client-secret-file sec' offers secret-file
on 'xauth login --ca-file=sec' offers secret-file
on 'xauth login --client-id ' offers never secret-file work
on 'xauth token -o ' offers token header json env curl never work
on 'xauth login -o ' offers json never header
on 'xauth status --output=' offers json never header
for command in login token refresh status logout use; do
  on "xauth $command " offers work x never forged secret-file
done
# Who logs in, or looks why it fails, may name a provider too.
for command in login doctor; do
  on "xauth $command gith" offers github never work
  on "xauth $command " offers work x github never forged secret-file
done
on 'xauth token gith' offers never github
on 'xauth credential git ' offers work never github
on 'xauth credential git work ' offers get store erase never list work
on 'xauth credential docker work ' offers get store erase list never work
on 'xauth credential kubernetes work ' offers never get
on 'xauth token --min-ttl 60 w' offers work never x
on 'xauth token work ' offers never x secret-file
on 'xauth demo ' offers never work secret-file
on 'xauth completion ' offers bash zsh fish never work
on 'xauth config ' offers list get set unset path never default
on 'xauth config get ' offers default browser profile.work. profile.x. never list work
on 'xauth config set pro' offers profile.work. never default work profile.work.scope
on 'xauth config set storage ' offers file sealed never keyring secret-file
on 'xauth config set profile.work.storage ' offers file sealed never keyring
on 'xauth config set sealed_by ' offers keyring command passphrase never sealed
on 'xauth config set default ' offers work x never sealed
on 'xauth config set browser ' offers never sealed work
on 'xauth config get profile.work.' offers profile.work.scope profile.work.redirect_uri never profile.work. profile.x.
on 'xauth config unset profile.work.client_' offers profile.work.client_id never profile.work.scope
on 'xauth config get profile.none.' offers never profile.none.scope profile.work.scope
on "xauth config get --config-dir $work/empty " offers default never profile.work.

# What stands behind `--` is another program's.
on 'xauth exec ' offers work x never secret-file mkdir
on 'xauth exec work -- mkdi' offers mkdir never work
on 'xauth exec -- mkdi' offers mkdir never work
on 'xauth exec work -- cat sec' offers secret-file never work
on 'xauth exec work -- cat -- sec' offers secret-file
on 'xauth curl ' offers work x never secret-file
on 'xauth curl work -- -T sec' offers secret-file never work mkdir
on "xauth --config-dir $work/other status " offers elsewhere never work
on "xauth status --config-dir=$work/other " offers elsewhere never work
on "xauth status --config-dir $work/empty " offers never work elsewhere
on "xauth status --config-dir $work/" offers never config.json

# Asking changes nothing: a directory that others use stays open to them.
mkdir "$work/shared" && chmod 1777 "$work/shared"
line="xauth status --config-dir $work/shared " found=''
on "$line" offers never work
on "xauth status --config-dir=$work/shared " offers never work
[[ $(stat -c %a "$work/shared") == 1777 ]] || wrong 'closes a directory to others'

if [[ $shell == zsh ]]; then
  how=source
  on 'xauth lo' offers login logout
  how=autoload
  on 'xauth ' offers add merge nlist source
  if [[ -e /usr/share/zsh/functions/Completion/X/_xauth ]]; then
    on 'xauth extract ' offers secret-file never work
    on 'xauth -f secret-file ne' offers nextract never login
    on 'xauth add :0 MIT' offers MIT-MAGIC-COOKIE-1
  fi
fi

((failures == 0)) || exit 1
echo "$shell completes as it should"
