#!/usr/bin/env bash
# A device login in a real terminal: its QR code, as a camera would see it in a dark and in a light
# window, leads to the address that is told; the waiting line leaves nothing behind. Usage:
# device_test.sh PROGRAM. Ends with 77 where a part is missing (1 if CI is set).
set -u

program=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
. "$here/tmux_terminal.sh"
need node pnmtopng zbarimg
echo 'set -g default-terminal tmux-256color' >>"$work/tmux.conf"

start_provider "$program"
token_url=$(setting token_url)
origin=${token_url%/token}

cat >"$work/session" <<END
"$program" login device --device --device-url $origin/device_authorization --token-url $token_url \
  --client-id xauth-demo
echo "ended with \$?"
tmux wait-for -S ended
exec cat
END

screen() { terminal capture-pane -p; }

# Waits until the screen holds $1.
await() {
  local i
  for ((i = 0; i < 200; ++i)); do
    grep -q -e "$1" <(screen) && return
    sleep 0.1
  done
  give_up "the terminal does not show: $1"
}

terminal new-session -d -x 100 -y 50 "bash --norc '$work/session'" || give_up 'tmux did not start'
await 'Waiting, [0-9:]* left'
code=$(screen | sed -nE 's/^  ([A-Z0-9]{4}-[A-Z0-9]{4}) *$/\1/p')
address=$(screen | grep -m 1 '^http')
must 'the code is told as text' test -n "$code"
must 'the address is told as text' test "$address" = "$origin/device"

for theme in dark light; do
  terminal capture-pane -p -e -N | node "$here/pane_image.js" "$theme" | pnmtopng -quiet >"$work/$theme.png"
  read=$(zbarimg --nodbus --quiet --raw "$work/$theme.png")
  must "the QR code in a $theme window leads to the page with the code: $read" \
    test "$read" = "$origin/device?user_code=$code"
done

# The person says yes on the page, as a browser would.
page=$(curl --silent --max-time 10 "$origin/device?user_code=$code" |
  sed -nE 's/.*name="page" value="([^"]*)".*/\1/p')
curl --silent --max-time 10 --output /dev/null --data-urlencode "page=$page" --data decision=allow "$origin/device"
terminal wait-for ended || give_up 'the login does not end'
await 'ended with 0'
must 'the waiting line is gone' test -z "$(screen | grep Waiting)"
must 'the token is stored' grep -q '"access_token"' "$work/config/tokens/device.json"

((failures == 0)) || exit 1
echo 'the QR code is right'
