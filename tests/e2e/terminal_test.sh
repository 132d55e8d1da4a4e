#!/usr/bin/env bash
# A login in a real terminal, of 80 and of 40 columns: the URL is one line, a long pasted answer is
# taken, the line that counts down spoils neither, and the terminal is left as it was; and the table
# of logins there. Usage: terminal_test.sh PROGRAM. Ends with 77 where a part is missing (1 if
# CI is set).
set -u

program=$(realpath "$1")
. "$(dirname "$(realpath "$0")")/tmux_terminal.sh"

start_provider "$program"
authorize_url=$(setting authorize_url)
token_url=$(setting token_url)
consent_url=${authorize_url%/authorize}/consent

# What runs in the terminal: one login between two looks at the terminal's settings.
cat >"$work/session" <<END
trap : INT
tmux wait-for ready
stty -a >"$work/before"
"$program" login second --authorize-url $authorize_url --token-url $token_url --no-browser \
  --client-id xauth-demo --redirect-uri http://127.0.0.1:0/callback
echo \$? >"$work/status"
tmux capture-pane -p >"$work/last"
stty -a >"$work/after"
tmux wait-for -S ended
END

# Starts the login in a terminal of $1 by 24; all that it shows can then be read from $shown.
start_login() {
  rm -f "$work"/{pipe,before,after,status}
  mkfifo "$work/pipe"
  terminal new-session -d -x "$1" -y 24 "bash --norc '$work/session'" || give_up 'tmux did not start'
  terminal pipe-pane "cat >'$work/pipe'"
  exec {shown}<"$work/pipe"
  terminal wait-for -S ready
}

# Reads what the terminal shows up to the first line that holds $1; leaves that line in $line.
await_line() {
  while IFS= read -r -t 20 -u "$shown" line; do
    line=${line%$'\r'}
    [[ $line != *"$1"* ]] || return 0
  done
  give_up "the terminal does not show: $1"
}

screen() { terminal capture-pane -p; }

# Waits until a row of the screen is all of $1, a regular expression.
await_row() {
  local i
  for ((i = 0; i < 200; ++i)); do
    grep -qx -e "$1" <(screen) && return
    sleep 0.1
  done
  give_up "no row of the terminal is: $1"
}

counting_down='. Waiting, 0[45]:[0-9][0-9] left *'

# Types half a line: the countdown makes way for it, and comes back behind its end.
await_countdown() {
  await_row "$counting_down"
  must 'there is one such line' test "$(grep -c 'Waiting, ' <(screen))" = 1
  terminal send-keys 'half a line'
  await_row 'half a line *'
  must 'the countdown has made way' test -z "$(grep 'Waiting, ' <(screen))"
  terminal send-keys Enter
  await_row "$counting_down"
  must 'what was typed is still there' grep -qx 'half a line *' <(screen)
}

# Types nonsense: its answer means that the program reads, and that the wait goes on.
await_reader() {
  terminal send-keys 'nonsense' Enter
  await_line 'that is not the answer to this login'
  must 'lines may be long while the program reads' is_unbuffered
}
is_unbuffered() { stty -a <"$(terminal display-message -p '#{pane_tty}')" | grep -q -e '-icanon'; }

await_end() {
  terminal wait-for ended || give_up 'the login does not end'
  exec {shown}<&-
  must "the status is $1" test "$(cat "$work/status")" = "$1"
  must 'the terminal is as it was' diff "$work/before" "$work/after"
  must 'the terminal was an ordinary one' grep -q -e ' icanon' "$work/before"
  must 'no countdown is left' test "$(tail -c 1000 "$work/last" | grep -c 'Waiting, ')" = 0
}

# Says yes to the request at $1 and prints where the browser would be sent.
consent() {
  local page
  page=$(curl --silent --max-time 10 "$1" | sed -nE 's/.*name="page" value="([^"]*)".*/\1/p')
  curl --silent --max-time 10 --output /dev/null --write-out '%{redirect_url}' \
    --data-urlencode "page=$page" --data decision=allow "$consent_url"
}

# Logs in by pasting an answer that is $1 characters long, in a terminal of $2 columns.
log_in_by_pasting() {
  local url answer padding
  start_login "$2"
  await_line "$authorize_url"
  url=$line
  must 'the URL stands alone on its line' test "${url:0:${#authorize_url}}" = "$authorize_url"
  must 'the URL is whole' grep -qE '[?&]code_challenge=[^& ]{43}(&|$)' <<<"$url"
  await_line 'paste the address that it ends at'
  must 'the URL is longer than a row' test "${#url}" -gt "$2"
  must 'the screen shows the URL in one piece' grep -qxF -e "$url" <(terminal capture-pane -p -J)
  await_countdown
  await_reader

  answer="$(consent "$url")&padding="
  must 'the provider sent us back' grep -q '^http://127\.0\.0\.1:[0-9]*/callback?code=' <<<"$answer"
  printf -v padding '%*s' $(($1 - ${#answer})) ''
  answer+=${padding// /x}
  must "the answer has $1 characters" test "${#answer}" = "$1"
  rm -f "$work/config/tokens/second.json"
  terminal load-buffer - <<<"$answer" # with the line end
  terminal paste-buffer
  await_line 'Logged in to'
  await_end 0
  must 'the token is stored' grep -q '"access_token"' "$work/config/tokens/second.json"
}

log_in_by_pasting 3000 80
log_in_by_pasting 6000 80 # more than the kernel keeps of a line
log_in_by_pasting 3000 40

start_login 80
await_line 'paste the address that it ends at'
await_reader
terminal send-keys C-c
await_end 130

# A login in the background leaves the shell's line alone, until it is in the foreground.
terminal new-session -d -x 80 -y 24 "env PS1='> ' bash --norc --noprofile" || give_up 'tmux did not start'
terminal send-keys "'$program' login second --no-browser &" Enter
await_row 'Waiting at http.*'
terminal send-keys 'echo the line is whole'
await_row '\(> \)\?echo the line is whole *'
must 'no countdown is over the line' test -z "$(grep 'Waiting, ' <(screen))"
terminal send-keys Enter 'fg' Enter
await_row "$counting_down"
terminal kill-session

# What is told while a login waits stands on a line of its own.
terminal new-session -d -x 80 -y 50 "BROWSER=/nowhere/browser '$program' demo; tmux wait-for -S shown; exec cat" ||
  give_up 'tmux did not start'
terminal wait-for shown
must 'no countdown is before what is told' test -z "$(grep 'Waiting, ' <(screen))"
must 'it is told who consents' grep -q '^no browser could be started' <(screen)
terminal kill-session

# Runs $2 in a terminal of $1 columns, which then has rows like each of $3…, and none that is longer
# than that, so none that the terminal has broken.
show() {
  local row
  terminal new-session -d -x "$1" -y 50 "'$program' $2; tmux wait-for -S shown; exec cat" ||
    give_up 'tmux did not start'
  terminal wait-for shown
  must "$2 fits $1 columns" test -z "$(terminal capture-pane -p -J | grep -E ".{$(($1 + 1))}")"
  for row in "${@:3}"; do
    must "$2 has a row like $row" grep -q -e "$row" <(screen)
  done
  terminal kill-session
}

show 80 status '^\* second' '^  PROFILE  PROVIDER  ACCOUNT '
show 40 status '^\* second' '^    token     [0-9]* '
show 80 'provider show x' '^X *$' '^scope  *tweet\.read' '^- A new login'
show 40 'provider list zo' '^zoho  *Zoho'
show 40 'provider list organizations' '^microsoft-organizations Microsoft (work *$' '^  *and school)'

((failures == 0)) || exit 1
echo 'the terminal is well'
