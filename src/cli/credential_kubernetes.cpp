// `xauth credential kubernetes`: be the credential plugin of kubectl and its kin.
#include <algorithm>

#include "cli/commands.h"
#include "cli/credential_host.h"
#include "cli/exec_credential.h"
#include "cli/usable_tokens.h"

namespace xauth::cli {

namespace {

// Whether the cluster that the client names, if it does, is one that the profile's tokens are for.
bool is_for(const CredentialProfile& profile, const ExecInfo& info) {
  if (info.server.empty()) return true;
  const auto host = https_host(info.server);
  return host &&
         std::find(profile.hosts.begin(), profile.hosts.end(), *host) != profile.hosts.end();
}

}  // namespace

void credential_kubernetes(const Context& context, const CredentialKubernetesOptions& options) {
  const ExecInfo info = read_exec_info(environment("KUBERNETES_EXEC_INFO"));
  const auto profile = credential_profile(context, options.profile);
  if (!profile) throw not_logged_in(context, choose_profile(context, options.profile));
  if (!is_for(*profile, info)) {
    context.out.warn("the cluster is no host of " + profile->name + ": xauth config set profile." +
                     profile->name + ".host HOST:PORT");
    return;
  }
  const auto tokens = credential_tokens(context, *profile, options.id_token);
  const auto end = options.id_token ? id_token_end(tokens) : tokens.expires_at;
  const Secret& token = options.id_token ? tokens.id_token : tokens.access_token;
  context.out.json_result(exec_credential(info.api_version, token, end));
}

}  // namespace xauth::cli
