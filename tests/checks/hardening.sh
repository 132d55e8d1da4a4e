#!/usr/bin/env bash
# hardening.sh [--expect-all-missing] PROGRAM: tells which protections PROGRAM was built without.
# Fails if any is missing, or with the option, if any is there.
set -euo pipefail

expected=0
if [[ $1 == --expect-all-missing ]]; then
  expected=5
  shift
fi
header=$(readelf --wide --file-header "$1")
segments=$(readelf --wide --segments "$1")
dynamic=$(readelf --wide --dynamic "$1")
symbols=$(readelf --wide --symbols "$1")

missing=0
lacks() {
  echo "$1"
  missing=$((missing + 1))
}

if ! grep -q 'Type: *DYN' <<<"$header" || ! grep -q 'FLAGS_1.*PIE' <<<"$dynamic"; then
  lacks 'not position-independent'
fi
if ! grep -q GNU_RELRO <<<"$segments" || ! grep -Eq 'BIND_NOW|FLAGS_1.*NOW' <<<"$dynamic"; then
  lacks 'relocations stay writable'
fi
grep -q 'GNU_STACK.* RW ' <<<"$segments" || lacks 'executable stack'
grep -q __stack_chk_fail <<<"$symbols" || lacks 'no stack protector'
grep -Eq '__[a-z]+_chk' <<<"$(grep -v __stack_chk <<<"$symbols")" || lacks 'no fortified functions'

((missing == expected))
