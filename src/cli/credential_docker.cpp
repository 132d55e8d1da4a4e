// `xauth credential docker`, also as docker-credential-xauth: be docker's credential helper.
#include <unistd.h>

#include "cli/commands.h"
#include "cli/credential_host.h"
#include "system/input.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kLongestInput = 64 * 1024;  // `store` brings a password

// The registry as docker names it: a URL, or a host alone, which is https; perhaps with a line end.
std::string read_server() {
  const Secret input(read_input(STDIN_FILENO, kLongestInput, "docker's request"));
  const std::string& text = input.reveal();
  return text.substr(0, text.find_last_not_of("\r\n") + 1);
}

void get(const Context& context, const CredentialDockerOptions& options) {
  const std::string server = read_server();
  const bool has_scheme = server.find("://") != std::string::npos;
  const auto host = https_host(has_scheme ? server : "https://" + server);
  const auto profile = host ? profile_for_host(context, options.profile, *host) : std::nullopt;
  if (!profile) return;
  Json json;
  json.set("ServerURL", Json(server));
  json.set("Username", Json(kCredentialUser));
  json.set("Secret", Json(credential_tokens(context, *profile).access_token.reveal()));
  context.out.json_result(json);
}

// The hosts that `get` has an answer for, and the user names.
void list(const Context& context, const CredentialDockerOptions& options) {
  const auto profile = credential_profile(context, options.profile);
  Json json(Json::Object{});
  if (profile && context.store.has_token_file(profile->name)) {
    for (const auto& host : profile->hosts) json.set(host, Json(kCredentialUser));
  }
  context.out.json_result(json);
}

}  // namespace

void credential_docker(const Context& context, const CredentialDockerOptions& options) {
  switch (options.action) {
    case DockerAction::get:
      return get(context, options);
    case DockerAction::list:
      return list(context, options);
    default:
      read_server();  // docker would fail at writing to a helper that has gone
  }
}

}  // namespace xauth::cli
