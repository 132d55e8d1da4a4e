# shellcheck shell=bash
# Ten thousand profiles. To be sourced.

# config_of COUNT: makes a config directory, $place/COUNT, with so many valid profiles.
config_of() {
  local root=$place/$1 expires_at=$((EPOCHSECONDS + 86400)) i
  mkdir -m 700 "$root" "$root/tokens"
  jq --null-input --argjson count "$1" '{version: 1, default: "p\($count - 1)", settings: {}, profiles: ([range($count) |
    {key: "p\(.)", value: {provider: "x", client_id: "c", scope: "tweet.read users.read offline.access"}}] | from_entries)}' \
    >"$root/config.json"
  for ((i = 0; i < $1; i++)); do
    printf '{"version":1,"provider":"x","client_id":"c","token_type":"Bearer","access_token":"%090d","refresh_token":"%090d","scope":"tweet.read users.read offline.access","issued_at":%s,"expires_at":%s,"account":"ada","account_id":"12"}' \
      "$i" "$i" "$EPOCHSECONDS" "$expires_at" >"$root/tokens/p$i.json"
  done
  chmod 600 "$root/config.json"
  find "$root/tokens" -type f -exec chmod 600 {} +
}

bench_many() {
  title 'Ten thousand profiles'
  config_of 1
  config_of 10000
  row 'xauth token (one profile)' "$front --config-dir $place/1 token"
  row 'xauth token (10000 profiles)' "$front --config-dir $place/10000 token"
  row 'xauth token p5000 (10000 profiles)' "$front --config-dir $place/10000 token p5000"
  measure "${RUNS:-300}"
  printf '\n'
  row 'xauth status (one profile)' "$front --config-dir $place/1 status"
  row 'xauth status (10000 profiles)' "$front --config-dir $place/10000 status"
  measure 20
}
