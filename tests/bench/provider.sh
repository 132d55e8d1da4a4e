# shellcheck shell=bash
# A provider over TLS, whose authority is trusted beside the system's own. To be sourced.

provider_pid=
stop_provider() { [[ -z $provider_pid ]] || kill "$provider_pid"; }

# key_and FILE OPENSSL_ARGUMENT…: a key FILE.key and what openssl makes of it, FILE.pem.
key_and() {
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" "${@:2}" 2>/dev/null
}

# The authority in a hashed directory and in a bundle, and a certificate of its for localhost.
make_certificates() {
  key_and "$place/authority" -x509 -days 1 -subj /CN=bench
  key_and "$place/request" -subj /CN=localhost
  openssl x509 -req -in "$place/request.pem" -CA "$place/authority.pem" -CAkey "$place/authority.key" -days 1 \
    -extfile <(echo subjectAltName=DNS:localhost) -out "$place/server.pem" 2>/dev/null
  cp -rL /etc/ssl/certs "$place/certs"
  cp "$place/authority.pem" "$place/certs/$(openssl x509 -hash -noout -in "$place/authority.pem").0"
  cat /etc/ssl/certs/ca-certificates.crt "$place/authority.pem" >"$place/bundle.pem"
}

# Sets `issuer`; `xauth` finds the authority in SSL_CERT_DIR.
start_provider() {
  local port
  make_certificates
  coproc node "$here/provider.js" "$place/server.pem" "$place/request.key"
  provider_pid=$COPROC_PID
  read -r port <&"${COPROC[0]}"
  issuer=https://localhost:$port
  export SSL_CERT_DIR=$place/certs
}

# ask PAGE: of the provider.
ask() { curl --silent --fail --cacert "$place/authority.pem" "$issuer/$1"; }

# profile NAME EXPIRES_AT: a profile of the provider's that has a refresh token.
profile() {
  jq --arg name "$1" --arg url "$issuer/token" \
    '.profiles[$name] = {client_id: "c", client_auth: "none", token_url: $url, authorize_url: $url}' \
    "$XAUTH_CONFIG_DIR/config.json" >"$place/config.json"
  cat "$place/config.json" >"$XAUTH_CONFIG_DIR/config.json"
  (umask 077 && printf '{"version":1,"provider":"custom","client_id":"c","access_token":"a","refresh_token":"r","expires_at":%s}' \
    "$2" >"$tokens/$1.json")
}
