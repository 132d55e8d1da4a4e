#!/bin/bash
# Our program, first on PATH under the name xauth, does for X11's callers what X11's does alone.
# Usage: x11_xauth_test.sh PROGRAM. Ends with 77 where X11's is not installed (1 if CI is set).
set -u

program=$(realpath "$1")
x11=/usr/bin/xauth
. "$(dirname "$(realpath "$0")")/parts.sh"
need "$x11"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work"/{link,copy,second,front,libexec,alone,theirs,empty}
ln -s "$program" "$work/link/xauth"
cp "$program" "$work/copy/xauth"
cp "$program" "$work/second/xauth"
cp "$program" "$work/alone/xauth"
cp "$program" "$work/libexec/xauth"
printf '#!/bin/sh\nexec "%s" "$@"\n' "$work/libexec/xauth" >"$work/front/xauth"
chmod +x "$work/front/xauth"

cookie=00112233445566778899aabbccddeeff
other=ffeeddccbbaa99887766554433221100

# Writes into the file $1.txt what the function $3 prints and how it ends, with PATH $2 and files
# of its own, always at the same place so that messages are the same.
record() {
  local as=$work/$1.txt path=$2
  shift 2
  rm -rf "$work/files"
  mkdir "$work/files"
  (
    cd "$work/files" || exit 1
    export PATH=$path HOME=$work/files XAUTHORITY=$work/files/default
    "$@"
  ) </dev/null >"$as" 2>&1
  echo "status $?" >>"$as"
}

# The function $1 must do the same through each way of having ours first on PATH.
same() {
  local way path
  record expected /usr/bin:/bin "$1"
  for way in link copy:second front:copy; do
    path=$work/${way//:/:$work/}
    record actual "$path:/usr/bin:/bin" "$1"
    diff -u "$work/expected.txt" "$work/actual.txt" && continue
    echo "FAILED: $1 with $way first on PATH" >&2
    failures=$((failures + 1))
  done
}

add() { xauth -f F add :0 . "$cookie"; }
list_without_a_file() { xauth list; }
list_nothing_of_that_name() { add && xauth -f F list :7; }
add_and_list() { add && xauth -f F list && xauth -nf F list && xauth -f F nlist; }
add_with_a_bad_key() { xauth -f F add :0 . 'not hex; touch x'; }
remove_and_list() { add && xauth -f F remove :0 && xauth -f F list; }
commands_from_a_here_document() {
  xauth -q -f F <<COMMANDS
add :0 . $cookie
add :1 . $other
list
COMMANDS
  xauth -v -f F list
}
commands_behind_a_dash() { echo "add :0 . $cookie" | xauth -q - && xauth list; }
source_from_standard_input() { echo list | xauth -f F source -; }
no_commands_at_all() { xauth -q -; }
merge_through_a_pipe() {
  add
  xauth -f F nlist - 2>left | xauth -f G nmerge -
  cat left
  xauth -f F nlist | xauth -f G nmerge - && xauth -f G list
  xauth -f F nextract - :0 | xauth -f H nmerge - && xauth -f H list
  xauth -f F extract - :0 | xauth -f I merge - && xauth -f I list
}
many_commands_in_turn() { add && xauth -vf F info && xauth -if F list && xauth -bf F list; }
version_and_help() { xauth version && xauth -V && xauth -q help && xauth '?' && xauth - help add; }
a_file_name_is_missing() { xauth -f; }
quit_and_exit() { xauth -f F quit && xauth -f F exit && xauth -q exit; }

for name in list_without_a_file list_nothing_of_that_name add_and_list add_with_a_bad_key \
  remove_and_list commands_from_a_here_document commands_behind_a_dash source_from_standard_input \
  no_commands_at_all merge_through_a_pipe many_commands_in_turn version_and_help \
  a_file_name_is_missing quit_and_exit; do
  same "$name"
done

# The comparison above means something: X11's did list the cookie.
record expected /usr/bin:/bin add_and_list
must "X11's xauth lists what was added" grep -q "$cookie" "$work/expected.txt"

list() { xauth list; }
looks_for() { grep -q 'xauth.x11' "$work/$1.txt" && grep -q '^status 127$' "$work/$1.txt"; }
record alone "$work/alone" list
must "ours alone on PATH ends with 127 and says what was looked for" looks_for alone
record pair "$work/copy:$work/second:$work/copy" list
must "two copies of ours find each other and end" looks_for pair
by_path() { "$work/alone/xauth" list; }
record elsewhere "$work/copy:$work/second:$work/empty" by_path
must "a copy that is not on PATH ends as well" looks_for elsewhere

# A script behind ours that calls xauth again, which is ours, is passed once.
printf '#!/bin/sh\nexec xauth "$@"\n' >"$work/theirs/xauth"
chmod +x "$work/theirs/xauth"
record wrapped "$work/copy:$work/theirs:/usr/bin:/bin" add_and_list
must "a script that calls xauth again does not loop" diff -u "$work/expected.txt" "$work/wrapped.txt"

# Diverted: X11's is xauth.x11, on PATH or beside ours.
ln -s "$x11" "$work/theirs/xauth.x11"
rm "$work/theirs/xauth"
by_name_only() { xauth version; }
record diverted "$work/copy:$work/theirs" by_name_only
must "xauth.x11 on PATH is found" grep -q '^status 0$' "$work/diverted.txt"
ln -s "$x11" "$work/alone/xauth.x11"
record beside "$work/alone" by_name_only
must "xauth.x11 beside ours is found" grep -q '^status 0$' "$work/beside.txt"

((failures == 0)) || exit 1
echo "all the same"
