// `xauth inspect`: what is in the tokens, decoded; never a token itself.
#include <unistd.h>

#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/decoded_token.h"
#include "cli/renewal.h"
#include "flow/issuer_keys.h"
#include "flow/moment.h"
#include "flow/retry.h"
#include "oauth/introspection.h"
#include "system/clock.h"
#include "system/input.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kLongestToken = 64 * 1024;  // as in a token answer

// The keys of the profile's issuer; nothing, and why, when they cannot be had.
SignatureKeys keys_of(const Context& context, const store::Profile& profile) {
  const oauth::Provider provider = provider_of(context, profile);
  if (provider.issuer.empty() && provider.jwks_url.empty()) {
    return {{}, "where the provider has its keys is not known"};
  }
  try {
    const System system = system_of(context, profile.ca_file, {});
    const auto source = flow::key_source(system, provider);
    return {flow::fetch_keys(system, source.jwks_url), {}};
  } catch (const Error& error) {
    return {{}, error.message};
  }
}

Json introspected(const Context& context, const std::string& name, const store::Profile& profile,
                  const store::Tokens& tokens) {
  const Connection connection = connection_of(context, name, profile);
  if (connection.provider.introspect_url.empty()) {
    throw Error(Code::usage, name + ": the provider has no introspection endpoint",
                "xauth config set profile." + name + ".introspect_url URL");
  }
  const System system = system_of(context, profile.ca_file, {});
  const auto make = [&] {
    return oauth::make_introspection_request(connection.provider, connection.client,
                                             tokens.access_token, flow::moment_of(system));
  };
  const auto [request, response] = flow::send_patiently(system, make, flow::kForQuestion);
  return oauth::check_introspection_response(request, response).answer;
}

void print(const Context& context, const Json& result) {
  if (context.out.json()) {
    context.out.json_result(result);
  } else {
    context.out.result(text_of_inspection(result, wall_clock()));
  }
}

// A token from elsewhere: nobody is asked about it, since only the token says who made it.
void inspect_input(const Context& context) {
  std::string text = read_input(STDIN_FILENO, kLongestToken, "standard input");
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  if (text.find_first_of(" \t\r\n") != std::string::npos) {
    wipe(text);
    throw Error(Code::usage, "standard input holds more than one token (one line is expected)");
  }
  const Secret token(std::move(text));
  if (token.empty() || token.reveal().size() > kLongestToken) {
    throw Error(Code::usage, "there is no token on standard input (one line, 64 KiB at most)");
  }
  const SignatureKeys none{{}, "whose token this is, only the token itself says"};
  Json result;
  result.set("token", decoded(token, none));
  print(context, result);
}

}  // namespace

void inspect(const Context& context, const InspectOptions& options) {
  if (options.profile == "-") {
    if (options.introspect) {
      throw Error(Code::usage, "--introspect needs a profile, whose provider is asked",
                  "xauth inspect PROFILE --introspect");
    }
    return inspect_input(context);
  }
  const std::string name = choose_profile(context, options.profile);
  const store::Tokens tokens = tokens_of(context, name);
  const auto profile = context.store.config().profile(name);
  require_fit(context, name, profile, tokens);
  const bool signed_one = is_signed_jwt(tokens.access_token) || is_signed_jwt(tokens.id_token);
  const SignatureKeys keys = signed_one ? keys_of(context, *profile) : SignatureKeys{};
  Json result;
  result.set("profile", Json(name));
  result.set("access_token", decoded(tokens.access_token, keys));
  if (!tokens.id_token.empty()) result.set("id_token", decoded(tokens.id_token, keys));
  if (options.introspect) {
    result.set("introspection", introspected(context, name, *profile, tokens));
  }
  print(context, result);
}

}  // namespace xauth::cli
