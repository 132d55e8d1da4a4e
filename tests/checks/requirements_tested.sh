#!/usr/bin/env bash
# requirements_tested.sh ROOT: in ROOT/tests/REQUIREMENTS.md each number of a section is there, in
# order, with a test that exists or a reason; no test has a number that is not there, and each
# incident (IN) is in the name of a test. Prints each fault; fails if there is one.
set -euo pipefail

cd "$1/tests"
wrong=0
complain() {
  echo "$*"
  wrong=1
}

# FILE:NAME of each test case, one a line.
all_cases() {
  local name='"\K(\\.|[^"\\])*'
  {
    grep -rHozP --include='*_test.cpp' 'TEST_CASE(_FIXTURE)?\(\s*(\w+,\s*)?'"$name" unit integration
    grep -HozP '\btest\((['"'"'`])\K.*?(?=\1,)' e2e/*.js
  } | tr '\0' '\n'
}

declare -A case_exists=() number_exists=()
while IFS= read -r line; do
  case_exists[$line]=yes
done < <(all_cases)
((${#case_exists[@]} > 500)) || complain "the test cases cannot be read: ${#case_exists[@]} were found"

# Of the section that is read: its letters, its last number, the number so far, and whether that one
# has a test or a reason.
letters='' last=0 at=0 answered=yes

end_entry() { [[ $answered == yes ]] || complain "$letters-$at has neither a test nor a reason"; }

end_section() {
  end_entry
  answered=yes
  ((at == last)) || complain "$letters-$((at + 1)) to $letters-$last are missing"
}

begin_entry() {
  end_entry
  at=$((at + 1))
  answered=no
  number_exists[$1]=yes
  [[ $1 == "$letters-$at" ]] || complain "$1 stands where $letters-$at should"
}

# check_test FILE NAME; NAME is empty for a script.
check_test() {
  answered=yes
  if [[ -z $2 ]]; then
    [[ $1 == *.sh && -x $1 ]] || complain "$letters-$at: $1 is no script"
  elif [[ -z ${case_exists[$1:$2]:-} ]]; then
    complain "$letters-$at: $1 has no case '$2'"
  fi
}

section='^## .*, ([A-Z][A-Z])-1 to ([A-Z][A-Z])-([0-9]+)$'
entry='^- \*\*([A-Z][A-Z]-[0-9]+)\*\* .+'
# shellcheck disable=SC2016  # the backticks are Markdown's
case_of='^  - `([^`]+)`(: (.+))?$'
reason='^  - (does not apply|not yet): .+'
sections=''
while IFS= read -r line; do
  if [[ $line =~ $section ]]; then
    end_section
    letters=${BASH_REMATCH[1]} last=${BASH_REMATCH[3]} at=0
    sections+="${sections:+|}$letters"
  elif [[ $line =~ $entry ]]; then
    begin_entry "${BASH_REMATCH[1]}"
  elif [[ $line =~ $case_of ]]; then
    check_test "${BASH_REMATCH[1]}" "${BASH_REMATCH[3]:-}"
  elif [[ $line =~ $reason ]]; then
    answered=yes
  elif [[ $line == '#'*-* || $line == -* || $line == '  -'* ]]; then
    complain "what does this mean: $line"
  fi
done <REQUIREMENTS.md
end_section
[[ -n $sections ]] || complain 'there is no section'

declare -A named=()
while IFS= read -r number; do
  named[$number]=yes
  [[ -n ${number_exists[$number]:-} ]] || complain "$number is in the name of a test only"
done < <(printf '%s\n' "${!case_exists[@]}" | grep -oE "\b($sections)-[0-9]+\b" | sort -u)
for number in "${!number_exists[@]}"; do
  [[ $number != IN-* || -n ${named[$number]:-} ]] || complain "$number is in the name of no test"
done

((wrong == 0))
