#!/usr/bin/env bash
# options_documented_can_fail.sh CHECK ROOT PROGRAM: CHECK must refuse a tree with one thing wrong.
set -euo pipefail

check=$1
root=$2
program=$3
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# refuses FILE SED-SCRIPT: after that edit of FILE the check fails, and names FILE.
refuses() {
  local said
  rm -rf "${scratch:?}"/*
  mkdir "$scratch/src"
  cp -r "$root/man" "$root/completions" "$scratch"
  cp -r "$root/src/providers" "$scratch/src"
  sed -i "$2" "$scratch/$1"
  if cmp -s "$root/$1" "$scratch/$1"; then
    echo "the edit '$2' changes nothing in $1"
    failed=1
  elif said=$("$check" "$scratch" "$program"); then
    echo "accepts $1 after '$2'"
    failed=1
  elif grep -qvF "$1" <<<"$said"; then
    printf "after '%s' of %s it says:\n%s\n" "$2" "$1" "$said"
    failed=1
  fi
}

refuses man/xauth-token.1 '/^\.It Fl -min-ttl/d'
refuses man/xauth-token.1 's/^\.It Fl -min-ttl/.It Fl -min-age/;'
refuses man/xauth-token.1 's/^\.It Fl -no-newline/&\n.It Fl -nonsense/'
refuses man/xauth-token.1 '/^\.Fl -trace ,/d'
refuses man/xauth-provider.1 '/^\.It Fl -ca-file/d'
refuses man/xauth.1 's/^\.It Fl -version/.It Fl -versions/'
refuses man/xauth.1 's/^\.It Fl q , Fl -quiet/.It Fl q/'
refuses man/xauth.1 '/^\.It Xr xauth-use 1$/d'
refuses completions/xauth.bash 's/^ *--no-newline$//'
refuses completions/xauth.bash 's/^ *--no-newline$/& --nonsense/'
refuses completions/xauth.bash 's/^ *--version//'
refuses completions/xauth.bash 's/ use exec / exec /'
refuses completions/xauth.bash "s/'provider discover'/'provider find'/"
refuses completions/xauth.bash 's/provider list/providers/'
refuses completions/xauth.fish '/ -l no-newline /d'
refuses completions/xauth.fish 's/ -l no-newline / -l nonsense /'
refuses completions/xauth.fish '/ -l quiet /d'
refuses completions/xauth.fish '/ -l version /d'
refuses completions/xauth.fish "s/__xauth_in demo' -l serve/__xauth_in login' -l serve/"
refuses completions/xauth.fish "/__xauth_at 1' -a use /d"
refuses completions/xauth.fish 's/provider list/providers/'
refuses completions/_xauth '/--no-newline/d'
refuses completions/_xauth 's/--no-newline/--nonsense/'
refuses completions/_xauth '/--verbose/d'
refuses completions/_xauth '/--version/d'
refuses completions/_xauth "s/('demo')/('dem')/"
refuses completions/_xauth '/use:Set/d'
refuses completions/_xauth 's/provider list/providers/'
((failed == 0))
