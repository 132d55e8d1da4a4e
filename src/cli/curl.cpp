// `xauth curl`: become curl, which reads the header with the token from a file in memory.
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/curl_call.h"
#include "cli/usable_tokens.h"
#include "system/memory_file.h"
#include "system/process.h"

namespace xauth::cli {

namespace {

// Whether the tokens came from a provider on this machine: only such ones may travel by http.
bool is_local(const Context& context, const std::string& name, const store::Tokens& tokens) {
  std::string token_url = tokens.token_url;
  if (token_url.empty()) {
    const auto profile = context.store.config().profile(name);
    if (profile) token_url = provider_of(context, *profile).token_url;
  }
  const auto url = parse_url(token_url);
  return url && is_loopback(*url);
}

}  // namespace

void curl(const Context& context, const CurlOptions& options) {
  check_curl_arguments(options.arguments);
  const std::string program = require_program("curl");
  const std::string profile = choose_profile(context, options.profile);
  const auto tokens = usable_tokens(context, profile, {.min_ttl = options.min_ttl});
  const Secret config = curl_config(tokens.access_token, !is_local(context, profile, tokens));
  const Descriptor file = memory_file("xauth", config.reveal());
  become(program, curl_call(file.get(), options.arguments));
}

}  // namespace xauth::cli
