#!/usr/bin/env bash
# options_documented.sh ROOT PROGRAM: the commands and long options that PROGRAM's help prints are in
# the man page under ROOT and in the completions for every shell, and no others are; the completions
# know each preset. Prints each difference; fails if there is one.
set -euo pipefail

root=$1
program=$2
wrong=0
complain() {
  echo "$*"
  wrong=1
}

# Each of the functions in_* prints `COMMAND`, `COMMAND --option`, and `- --option` for an option
# before any command, one a line.

long_options() { grep -oE -e '^ +(-[a-z],)?--[a-z-]+' | grep -oE -e '--[a-z-]+'; }

commands_of() { "$program" "$@" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'; }

in_help() {
  local command within
  "$program" --help | long_options | sed 's/^/- /'
  for command in $(commands_of); do
    echo "$command"
    "$program" "$command" --help | long_options | sed "s/^/$command /"
    for within in $(commands_of "$command"); do  # what they have counts as the command's
      "$program" "$command" "$within" --help | long_options | sed "s/^/$command /"
    done
  done
}

# of_each: for each command on standard input, the options that every command has.
of_each() {
  local command
  while read -r command; do
    sed -n "s/^- \(--.*\)/$command \1/p" <<<"$help" | grep -v -e ' --version$'
  done
}

# Commands are the subsections of COMMANDS; an option's paragraph begins with `.It`.
in_man() {
  awk '
    /^\.Sh / { section = $2; command = "" }
    /^\.Ss / { command = "" }
    section == "DESCRIPTION" && /^\.Ss Options of every command/ { command = "-" }
    section == "COMMANDS" && /^\.Ss / { command = $2; print command }
    command != "" && /^\.It .*Fl / {
      for (i = 2; i < NF; i++) if ($i == "Fl" && $(i + 1) ~ /^-/) print command, "-" $(i + 1)
    }' "$root/man/xauth.1" | sed 's/ ,$//' |
    while read -r command option; do
      echo "$command${option:+ $option}"
    done
  # The page says once what every command has.
  sed -n '/^\.Sh COMMANDS/,/^\.Sh JSON/s/^\.Ss //p' "$root/man/xauth.1" | of_each
}

# Asks the completion itself, as the shell would.
in_bash() {
  # shellcheck disable=SC2016  # the inner shell expands it
  bash --norc --noprofile -uc '
    source "$1"
    ask() {
      COMP_WORDS=(xauth "$@") COMP_CWORD=$#
      _xauth
      printf "%s\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}
    }
    ask -- | sed "s/^/- /"
    for command in $(ask ""); do
      [[ $command != help ]] || continue
      echo "$command"
      ask "$command" -- | sed "s/^/$command /"
    done' bash "$root/completions/xauth.bash"
}

in_fish() {
  grep -oE 'wants_command -a [a-z]+' "$root/completions/xauth.fish" | sed 's/.* //'
  awk '
    function option(   i) { for (i = 1; i < NF; i++) if ($i == "-l") return "--" $(i + 1) }
    /^set -l in_/ { match($0, /__xauth_command [a-z ]+/); of[$3] = substr($0, RSTART + 16, RLENGTH - 16); next }
    !/^complete / { next }
    $2 ~ /^\$in_/ { print of[substr($2, 2)], option(); next }
    option() == "" { next }
    /__xauth_command/ {
      match($0, /__xauth_command [a-z ]+/)
      count = split(substr($0, RSTART + 16, RLENGTH - 16), commands, " ")
      for (c = 1; c <= count; c++) print commands[c], option()
      next
    }
    { print "-", option() }' "$root/completions/xauth.fish"
  grep -x '[a-z]*' <<<"$help" | of_each
}

# The commands are those of `ours`; what stands in a command's case is its own.
in_zsh() {
  local text=$root/completions/_xauth
  sed -n "/local -a ours=/,/^  )/s/^ *[\"']\([a-z]*\):.*/\1/p" "$text" | grep -vx help
  awk '
    function options(line, of,   count, commands, c, found) {
      count = split(of, commands, "|")
      while (match(line, /--[a-z][a-z-]*[=[,}]/)) {
        found = substr(line, RSTART, RLENGTH - 1)
        line = substr(line, RSTART + RLENGTH)
        for (c = 1; c <= count; c++) print commands[c], found
      }
    }
    function named(line, of,   name) {
      for (name in list) if (line ~ "\\$" name "([^a-z]|$)") options(list[name], of)
    }
    /local -a (everywhere|json|browser)=\(/ { name = substr($3, 1, index($3, "=") - 1); list[name] = $0; if ($0 !~ /\)$/) open = 1; next }
    open && /^  \)/ { open = 0; next }
    open { list[name] = list[name] $0; next }
    /_arguments -C/ { named($0, "-"); options($0, "-") }
    /^    \([a-z|]+\)/ { match($0, /[a-z|]+/); command = substr($0, RSTART, RLENGTH); in_case = 1 }
    in_case && !/^    \(command\)/ { named($0, command); options($0, command) }
    /;;/ { in_case = 0 }' "$text" | grep -v '^command '
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
compare "$help" "$(in_man)" man/xauth.1
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
