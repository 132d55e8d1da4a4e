# shellcheck shell=bash
# A login, from the browser's arrival on. To be sourced.

bench_callback() {
  title 'A login, from the callback on'
  node "$here/callback.js" "$issuer" "$place/authority.pem" "$front" "${RUNS:-30}"
}
