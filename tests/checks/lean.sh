#!/usr/bin/env bash
# lean.sh LEAN FULL: the lean program loads neither the listener's library nor that of C++, nor one that
# draws QR codes. The full one does: so it is seen that they would be found.
set -euo pipefail

loaded=$(objdump --private-headers "$1" | sed -n 's/ *NEEDED *//p')
[[ -n $loaded ]]
for library in libcpp-httplib libqrencode libstdc++; do
  if grep -F "$library" <<<"$loaded"; then
    echo "$1 loads $library" >&2
    exit 1
  fi
  objdump --private-headers "$2" | grep -qF "NEEDED               $library"
done
