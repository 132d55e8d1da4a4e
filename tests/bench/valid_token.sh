# shellcheck shell=bash
# A token that is valid, from its file; and a command that is run with it. To be sourced.

bench_valid_token() {
  title 'A valid token'
  local file=$tokens/demo.json
  row cat "cat $file"
  row 'a static C program' "$place/copy $file"
  row 'xauth token demo' "$front token demo"
  row 'xauth token' "$front token"
  row 'xauth token demo -o header' "$front token demo -o header"
  row 'xauth token demo -o json' "$front token demo -o json"
  row 'xauth token demo --min-ttl 300' "$front token demo --min-ttl 300"
  row 'the lean program: token demo' "$lean token demo"
  row 'the full program (links everything): token demo' "$full token demo"
  row 'jq -r .access_token' "jq -r .access_token $file"
  row 'curl --version' 'curl --version'
  row_of_gh
  row_of_oidc_agent
  measure "${RUNS:-500}"
  printf '\n'
  row cat "cat $file"
  row 'XAUTH_PROFILE=demo xauth token' "$front token"
  XAUTH_PROFILE=demo measure "${RUNS:-500}"
  printf "\n\`cat\` takes %s instructions, \`xauth token demo\` %s, \`xauth token\` %s, the lean program %s, the full one %s.\n" \
    "$(instructions cat "$file")" "$(instructions "$front" token demo)" "$(instructions "$front" token)" \
    "$(instructions "$lean" token demo)" "$(instructions "$full" token demo)"
}

bench_exec() {
  title 'A command with a token'
  row true /bin/true
  row 'xauth exec demo -- true' "$front exec demo -- /bin/true"
  row 'the lean program: exec demo -- true' "$lean exec demo -- /bin/true"
  measure "${RUNS:-500}"
  printf "\n\`xauth exec\` adds %s ms.\n" "$(awk "BEGIN { print $(median_of 2) - $(median_of 1) }")"
}
