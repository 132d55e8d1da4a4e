#!/usr/bin/env bash
# Where ours is first on PATH, an X server lets in whom it lets in with X11's xauth alone: those that
# have the cookie, and nobody else. Called by startx, by xvfb-run and as sshd does:
#   x11_server_test.sh PROGRAM
# Ends with 77 where a part is missing (1 if CI is set).
set -u

program=$(realpath "$1")
. "$(dirname "$(realpath "$0")")/parts.sh"
need xauth Xvfb xvfb-run startx xdpyinfo

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/ours"
ln -s "$program" "$work/ours/xauth"
unset DISPLAY XAUTHORITY

# Runs with a server at DISPLAY, and tells who gets in: with the cookie that lies in XAUTHORITY, without
# one, with one that the server makes for it, and with one that came through a pipe, as sshd sends it.
cat >"$work/client" <<'END'
#!/bin/bash
exec 2>&1
gets_in() { XAUTHORITY=$2 xdpyinfo >/dev/null 2>&1 && echo "$1 gets in" || echo "$1 stays out"; }
xauth list "$DISPLAY"
cookie=$(xauth list "$DISPLAY" | sed -n '1s/.* //p')
gets_in 'who has the cookie' "$XAUTHORITY"
gets_in 'who has none' /dev/null
echo "add $DISPLAY . ${cookie//[0-9a-f]/0}" | xauth -q -f wrong
gets_in 'who has another' wrong
cp "$XAUTHORITY" made
xauth -f made generate "$DISPLAY" . trusted timeout 60
cmp -s made "$XAUTHORITY" && echo 'nothing was made'
gets_in 'who has one that was made' made
printf 'remove %s\nadd %s MIT-MAGIC-COOKIE-1 %s\n' "$DISPLAY" "$DISPLAY" "$cookie" | XAUTHORITY=sent xauth -q -
gets_in 'who was sent one' sent
xauth nlist "$DISPLAY" | xauth -f merged nmerge -
gets_in 'who merged one' merged
END
chmod +x "$work/client"

# Names of hosts and displays, and cookies, differ from one run to the next.
same_everywhere() { sed -E 's/[0-9a-f]{32}/COOKIE/g; s/:[0-9]+/:N/g'; }

by_startx() {
  startx "$work/client" -- "$(type -P Xvfb)" 2>"$work/startx.said"
  echo "startx: $?"
  xauth list
}
by_xvfb_run() {
  xvfb-run --auto-servernum --server-args=-noreset "$work/client" # what it made outlives its clients
  echo "xvfb-run: $?"
}

# Writes into the file $1.txt what the function $3 prints, with PATH $2 and a home of its own.
record() {
  rm -rf "${work:?}/home"
  mkdir "$work/home"
  (
    cd "$work/home" || exit 1
    export PATH=$2 HOME=$work/home TMPDIR=$work/home
    "$3"
  ) </dev/null 2>&1 | same_everywhere >"$work/$1.txt"
}

for call in by_startx by_xvfb_run; do
  record expected /usr/bin:/bin "$call"
  record actual "$work/ours:/usr/bin:/bin" "$call"
  must "$call: as with X11's alone" diff -u "$work/expected.txt" "$work/actual.txt"
  for who in 'has the cookie gets in' 'has none stays out' 'has another stays out' \
    'has one that was made gets in' 'was sent one gets in' 'merged one gets in'; do
    must "$call: who $who" grep -qx "who $who" "$work/actual.txt"
  done
done

((failures == 0)) || exit 1
echo 'an X server takes those that have the cookie'
