#!/usr/bin/env bash
# requirements_tested_can_fail.sh CHECK ROOT: CHECK must refuse a list with one thing wrong.
# shellcheck disable=SC2016  # the backticks are Markdown's
set -euo pipefail

check=$1
root=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0
mkdir "$scratch/tests"
ln -s "$root"/tests/{unit,integration,e2e,faults} "$scratch/tests"

# refuses SED-SCRIPT SAYING: after that edit of the list the check fails, and says so.
refuses() {
  local said list=$scratch/tests/REQUIREMENTS.md
  sed -E "$1" "$root/tests/REQUIREMENTS.md" >"$list"
  if cmp -s "$root/tests/REQUIREMENTS.md" "$list"; then
    echo "the edit '$1' changes nothing"
    failed=1
  elif said=$("$check" "$scratch"); then
    echo "accepts the list after '$1'"
    failed=1
  elif ! grep -qF "$2" <<<"$said"; then
    printf "after '%s' it says:\n%s\n" "$1" "$said"
    failed=1
  fi
}

refuses '/^- \*\*TQ-5\*\*/,/^- \*\*TQ-6\*\*/{/TQ-6/!d}' 'TQ-6 stands where TQ-5 should'
refuses '/^- \*\*TQ-16\*\*/,/^## /{/^## /!d}' 'TQ-16 to TQ-16 are missing'
refuses 's/^(## .*, DV-1 to DV)-9$/\1-10/' 'DV-10 to DV-10 are missing'
refuses '/^- \*\*AZ-4\*\*/,/^- \*\*AZ-5\*\*/{/^  - /d}' 'AZ-4 has neither a test nor a reason'
refuses '/^- \*\*AD-1\*\*/,/^- \*\*AD-2\*\*/s/(does not apply):.*/\1:/' 'AD-1 has neither a test nor a reason'
refuses 's/, AZ-4$/, AZ-5/' "AZ-4: integration/login_request_test.cpp has no case"
refuses 's|integration/login_request_test.cpp|integration/login_requests_test.cpp|' 'has no case'
refuses 's|`faults/save_order.sh`|`faults/saved_order.sh`|' 'faults/saved_order.sh is no script'
refuses 's|`faults/save_order.sh`|`faults/CMakeLists.txt`|' 'faults/CMakeLists.txt is no script'
refuses 's|^(  - `integration/login_test.cpp`): .*|\1|' 'integration/login_test.cpp is no script'
refuses 's/^(- \*\*LI-2)\*\*/\1/' 'what does this mean'
refuses 's/^## /### /' 'there is no section'
refuses 's/^(## .*, LI-1 to LI)-18$/\1-17/; /^- \*\*LI-18\*\*/,/^## /{/^## /!d}' 'LI-18 is in the name of a test only'
refuses '/^## .*, IN-1 to IN-22$/s/22$/23/; /^## Known/{x;s/.*/- **IN-23** A\n  - `faults\/save_order.sh`\n/;p;x}' \
  'IN-23 is in the name of no test'
((failed == 0))
