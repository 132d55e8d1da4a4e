#!/usr/bin/env bash
# completions_current.sh ROOT PROGRAM: the files in completions/ hold what PROGRAM prints. Prints each
# difference; fails if there is one.
set -euo pipefail

root=$1
program=$2
wrong=0
while read -r shell file; do
  diff -u "$root/completions/$file" <("$program" completion "$shell") || wrong=1
done <<'END_OF_LIST'
bash xauth.bash
zsh _xauth
fish xauth.fish
END_OF_LIST
((wrong == 0)) || echo 'write them anew: ./dev completions'
((wrong == 0))
