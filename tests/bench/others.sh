# shellcheck shell=bash
# What else prints a token, as far as it is installed. To be sourced.

agent_pid=
stop_agent() { [[ -z $agent_pid ]] || kill "$agent_pid"; }

# GitHub's client, logged in by a file as it writes it.
row_of_gh() {
  command -v gh >/dev/null || return 0
  mkdir -p "$place/gh"
  printf 'github.com:\n  user: u\n  oauth_token: t\n  git_protocol: https\n' >"$place/gh/hosts.yml"
  export GH_CONFIG_DIR=$place/gh
  row 'gh auth token' 'gh auth token'
}

# oidc-agent with an account at the provider, its token in memory.
row_of_oidc_agent() {
  command -v oidc-agent oidc-gen oidc-token >/dev/null || return 0
  export OIDC_CONFIG_DIR=$place/oidc
  mkdir -m 700 "$OIDC_CONFIG_DIR"
  local said
  said=$(oidc-agent --json)
  OIDC_SOCK=$(jq -r .socket <<<"$said") agent_pid=$(jq -r .dpid <<<"$said")
  export OIDC_SOCK
  OIDC_REFRESH_TOKEN=r OIDC_ENCRYPTION_PW=x oidc-gen --iss="$issuer" --client-id=c --client-secret=s \
    --redirect-uri=http://localhost:8080 --scope='openid offline_access' --rt-env --pw-env --cp="$place/bundle.pem" \
    --confirm-default --prompt=none bench </dev/null >"$place/said" 2>&1 || {
    cat "$place/said" >&2
    return 1
  }
  row 'oidc-token bench (agent running)' 'oidc-token bench'
}
