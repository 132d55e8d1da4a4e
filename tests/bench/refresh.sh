# shellcheck shell=bash
# A refresh over TLS. To be sourced.

bench_refresh() {
  title 'A refresh over TLS'
  profile bench 1
  local call="curl --silent --fail --output /dev/null --data grant_type=refresh_token&refresh_token=r&client_id=c $issuer/token"
  row 'curl' "$call --cacert $place/bundle.pem"
  row 'curl --capath' "$call --capath $place/certs"
  row 'curl --capath without the bundle' "$call --capath $place/certs --cacert $place/authority.pem"
  row 'xauth refresh' "$front --quiet refresh bench"
  row 'xauth --version' "$front --version"
  row 'curl --version' 'curl --version'
  measure "${RUNS:-100}"
}
