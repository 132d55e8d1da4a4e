#!/usr/bin/env bash
# Hands tokens of all sorts to a shell by its own eval: eval_test.sh bash|zsh|fish PROGRAM
# Ends with 77 where the shell is not installed (1 if CI is set).
set -u

shell=$1
program=$(realpath "$2")
. "$(dirname "$(realpath "$0")")/parts.sh"
need "$shell"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -m 700 "$work/tokens"
cd "$work" || exit 1
export HOME=$work XAUTH_CONFIG_DIR=$work
unset XAUTH_PROFILE XAUTH_TOKEN

# in_shell SCRIPT: runs it without anybody's settings; the program is its $program.
in_shell() {
  case $shell in
    bash) program=$program bash --norc --noprofile -uc "$1" ;;
    zsh) program=$program zsh -fuc "$1" ;;
    fish) program=$program fish --no-config -c "$1" ;;
  esac
}

# Each of these must leave the variable alone in the environment of the shell's children.
# shellcheck disable=SC2016  # the inner shell expands them
case $shell in
  fish) ways=('eval ($program token work -o env --shell fish); printenv XAUTH_TOKEN'
    '$program token work -o env --shell fish | source; printenv XAUTH_TOKEN') ;;
  zsh) ways=('eval "$($program token work -o env)"; printenv XAUTH_TOKEN'
    'setopt rc_quotes; eval "$($program token work -o env --shell zsh)"; printenv XAUTH_TOKEN') ;;
  *) ways=('eval "$("$program" token work -o env)"; printenv XAUTH_TOKEN'
    'set -o posix; eval "$("$program" token work -o env --shell bash)"; printenv XAUTH_TOKEN'
    'source <("$program" token work -o env); printenv XAUTH_TOKEN') ;;
esac

try() {
  local token=$1 escaped way found
  escaped=${token//\\/\\\\}
  escaped=${escaped//\"/\\\"}
  printf '{"version":1,"provider":"custom","access_token":"%s"}' "$escaped" >tokens/work.json
  chmod 600 tokens/work.json
  for way in "${ways[@]}"; do
    found=$(in_shell "$way" 2>&1)
    [[ $found == "$token" ]] && continue
    printf 'FAILED: %s: %s gives «%s» for «%s»\n' "$shell" "$way" "$found" "$token" >&2
    failures=$((failures + 1))
  done
}

# shellcheck disable=SC2016,SC1003  # nothing in these may expand or escape
for token in plain.token-1 "it's" "''" "'" '\' "\\'" "a\\\\'b\\" ' two  spaces ' \
  '$(touch ran) `touch ran` (touch ran)' "'; touch ran; '" "\\'; touch ran; \\'" '"; touch ran; "' \
  '!! $HOME ~ * ? [a] {b,c} <(d) >e & | ; # %' "$(LC_ALL=C awk 'BEGIN { for (i = 32; i < 127; i++) printf "%c", i }')"; do
  try "$token"
done

if [[ -e ran ]]; then
  echo "FAILED: $shell ran what was in a token" >&2
  failures=$((failures + 1))
fi
((failures == 0)) || exit 1
echo "$shell takes every token as it is"
