#!/usr/bin/env bash
# lean.sh LEAN FULL: the lean program loads neither the listener's library nor that of C++, nor one that
# draws QR codes. The full one does: so it is seen that they would be found.
set -euo pipefail

loaded_by() { objdump --private-headers "$1" | sed -n 's/ *NEEDED *//p'; }

lean=$(loaded_by "$1") full=$(loaded_by "$2")
for library in libcpp-httplib libqrencode libstdc++; do
  [[ $full == *"$library"* ]]
  [[ $lean != *"$library"* ]] || { echo "$1 loads $library" >&2 && exit 1; }
done
[[ $lean == *libcurl* ]]
