#!/usr/bin/env bash
# options_documented.sh ROOT PROGRAM: the commands and long options that PROGRAM's help prints are in
# the man pages under ROOT, each in its command's page, and in the completions for every shell, and no
# others are; the completions know each preset. Prints each difference; fails if there is one.
set -euo pipefail

root=$1
program=$2
wrong=0
complain() {
  echo "$*"
  wrong=1
}

# Each of the functions in_* prints `COMMAND:`, `COMMAND: --option`, and `: --option` for an option
# before any command, one a line. COMMAND is all its words, as `provider show`.

# in_help COMMAND-WORD…
in_help() {
  local text within
  text=$("$program" "$@" --help)
  echo "$*:"
  grep -oE -e '^ +(-[a-z],)?--[a-z-]+' <<<"$text" | grep -oE -e '--[a-z-]+' | sed "s/^/$*: /"
  while read -r within; do
    [[ $within == help ]] || in_help "$@" "$within"
  done < <(sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' <<<"$text")
}

# The options of the page $1: their paragraphs begin with `.It`; those that every command has it only
# names, after `.Ss Options of every command`.
in_page() {
  awk '
    /^\.S[hs] / { everywhere = 0 }
    /^\.Ss Options of every command/ { everywhere = 1 }
    /^\.It .*Fl / || (everywhere && /^\.Fl /) {
      for (i = 1; i < NF; i++) if ($i ~ /Fl$/ && $(i + 1) ~ /^-/) print "-" $(i + 1)
    }' "$1"
}

# The function that knows what the commands have is asked itself.
in_bash() {
  # shellcheck disable=SC2016  # the inner shell expands it
  bash --norc --noprofile -uc '
    source "$1"
    ask() {
      local everywhere commands options arguments word
      _xauth_has "$1"
      echo "$1:"
      for word in $everywhere $options; do
        [[ $word != --* ]] || echo "$1: ${word%%=*}"
      done
      for word in $commands; do
        [[ $word == help ]] || ask "$1${1:+ }$word"
      done
    }
    ask ""' bash "$root/completions/xauth.bash"
}

# of_each: for each command on standard input, the options that every command has.
of_each() {
  local command
  while read -r command; do
    sed -n "s/^: \(--.*\)/$command \1/p" <<<"$help" | grep -v -e ' --version$'
  done
}

in_fish() {
  local text=$root/completions/xauth.fish names='s/.* -l \([a-z-]*\) .*/--\1/p'
  echo :
  sed -n "s/^complete -c xauth -n '__xauth_at 1 *\([a-z ]*\)' -a \([a-z]*\) .*/\1 \2:/p" "$text" |
    sed 's/^ //' | grep -vE '^help[ :]' | tee >(of_each)
  sed -n "s/^complete -c xauth -n '__xauth_in \([a-z ]*\)'.* -l \([a-z-]*\) .*/\1: --\2/p" "$text"
  sed -n "/^complete -c xauth \(-n '__xauth_at 1' \)*-[sl] /$names" "$text" | sed 's/^/: /'
}

# The commands are those of `subcommands`; what stands in a command's case is its own.
in_zsh() {
  awk '
    function options(line) {
      while (match(line, /--[a-z][a-z-]*[=[,}]/)) {
        print command ": " substr(line, RSTART, RLENGTH - 1)
        line = substr(line, RSTART + RLENGTH)
      }
    }
    /^_xauth_has\(\)/ { known = 1 }
    known && /^    \(\047/ { command = $0; gsub(/^ *\(\047|\047\)$/, "", command) }
    /^      subcommands=/ { naming = 1; next }
    /^  local -a everywhere=/ { known = 1; command = "" }
    /^ *\)$/ { naming = 0 }
    naming { name = $0; gsub(/^ *\047|:.*/, "", name); print command (command == "" ? "" : " ") name ":" }
    known && !naming { options($0) }' "$root/completions/_xauth" | grep -vE '^help[ :]'
  echo :
  grep -x '[a-z ]\+:' <<<"$help" | of_each
}

# Reports what only one of the two has.
compare() {
  local here=$1 there=$2 file=$3
  local lines
  lines=$(comm -23 <(sort -u <<<"$here") <(sort -u <<<"$there"))
  [[ -z $lines ]] || complain "$file lacks: ${lines//$'\n'/, }"
  lines=$(comm -13 <(sort -u <<<"$here") <(sort -u <<<"$there"))
  [[ -z $lines ]] || complain "$file has what the program does not: ${lines//$'\n'/, }"
}

help=$(in_help)
(($(wc -l <<<"$help") > 20)) || complain "the help cannot be read: $help"

# The main page names the others; a command's page has the options of those within it too.
commands=$(sed -n 's/^\([a-z]\+\):$/\1/p' <<<"$help")
compare "$commands" "$(sed -n '/^\.Sh COMMANDS/,/^\.Sh /s/^\.It Xr xauth-\([a-z]*\) 1$/\1/p' "$root/man/xauth.1")" \
  'man/xauth.1, in COMMANDS,'
compare "$commands" "$(find "$root/man" -name 'xauth-*.1' | sed 's|.*/xauth-||; s/\.1$//')" man/xauth-COMMAND.1
compare "$(sed -n 's/^: //p' <<<"$help")" "$(in_page "$root/man/xauth.1")" man/xauth.1
for command in $commands; do
  page=man/xauth-$command.1
  [[ -e $root/$page ]] || continue
  compare "$(sed -n "s/^$command\( [^:]*\)\?: //p" <<<"$help")" "$(in_page "$root/$page")" "$page"
done

compare "$help" "$(in_bash)" completions/xauth.bash
compare "$help" "$(in_fish)" completions/xauth.fish
compare "$help" "$(in_zsh)" completions/_xauth

# The presets, which the completions have from the program.
presets=$(find "$root/src/providers" -name '*.json' -printf '%f\n' | sed 's/\.json$//')
# shellcheck disable=SC2016  # the inner shell expands it
listed=$(XAUTH_CONFIG_DIR=/nonexistent bash --norc --noprofile -uc '
  source "$1"
  COMP_WORDS=("$2" login --provider "") COMP_CWORD=3
  _xauth
  printf "%s\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}' bash "$root/completions/xauth.bash" "$program")
compare "$presets" "$listed" 'completions/xauth.bash, behind --provider,'
for file in xauth.fish _xauth; do
  grep -q 'provider list' "$root/completions/$file" || complain "completions/$file does not ask for the presets"
done

((wrong == 0))
