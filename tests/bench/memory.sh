# shellcheck shell=bash
# Resident memory. To be sourced.

# peak COMMAND…: how many KiB it has at most.
peak() {
  "$place/peak_memory" "$place/peak" "$@" >/dev/null 2>&1
  cat "$place/peak"
}

bench_memory() {
  title 'Memory'
  printf "KiB at most: \`xauth token\` %s, \`cat\` %s, \`xauth refresh\` %s; a whole login and its provider, \`xauth demo --approve\`, %s.\n" \
    "$(peak "$front" token demo)" "$(peak cat "$tokens/demo.json")" "$(profile bench 1 && peak "$front" refresh bench)" \
    "$(peak "$front" demo --approve)"
}
