// `xauth provider discover`: what an issuer says of itself.
#include <algorithm>
#include <array>
#include <string_view>

#include "base/terminal_text.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/labelled_line.h"
#include "flow/discover.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

// The members that are shown, by the wire's names. RFC 8414 §2, OpenID Connect Discovery §3
constexpr std::array<std::string_view, 24> kMembers = {
    "issuer",
    "authorization_endpoint",
    "token_endpoint",
    "device_authorization_endpoint",
    "revocation_endpoint",
    "introspection_endpoint",
    "userinfo_endpoint",
    "end_session_endpoint",
    "registration_endpoint",
    "pushed_authorization_request_endpoint",
    "jwks_uri",
    "scopes_supported",
    "response_types_supported",
    "response_modes_supported",
    "grant_types_supported",
    "token_endpoint_auth_methods_supported",
    "token_endpoint_auth_signing_alg_values_supported",
    "id_token_signing_alg_values_supported",
    "code_challenge_methods_supported",
    "dpop_signing_alg_values_supported",
    "authorization_response_iss_parameter_supported",
    "tls_client_certificate_bound_access_tokens",
    "mtls_endpoint_aliases",
    "service_documentation",
};

constexpr std::size_t kLongestValue = 2'000;  // characters; a list of scopes may be long

// A value as a person reads it: texts bare, those of a list with spaces between.
std::string in_words(const Json& value) {
  if (const auto* text = value.string()) return *text;
  const auto* items = value.array();
  if (items == nullptr) return value.text();
  std::string out;
  for (const Json& item : *items) out += (out.empty() ? "" : " ") + in_words(item);
  return out;
}

// The host of an endpoint in `value` when it is not `home`; empty otherwise.
std::string other_host(std::string_view name, const Json& value, const std::string& home) {
  const bool is_place = name.ends_with("_endpoint") || name.ends_with("_uri");
  const auto url =
      is_place && value.string() != nullptr ? parse_url(*value.string()) : std::nullopt;
  return url && url->host != home ? url->host : std::string();
}

std::string as_text(const Json& shown, const std::string& home, std::optional<int> columns) {
  std::size_t width = 0;
  for (const auto& [name, value] : *shown.object()) width = std::max(width, name.size());
  std::string text;
  for (const auto& [name, value] : *shown.object()) {
    const std::string host = other_host(name, value, home);
    text += labelled_line(name,
                          for_terminal(in_words(value), kLongestValue) +
                              (host.empty() ? "" : "  (another host: " + host + ")"),
                          width + 2, columns);
  }
  return text;
}

// The issuer's metadata. The hint of an error is for this command, which takes no --issuer.
oauth::Metadata ask(const System& system, const std::string& issuer) {
  constexpr std::string_view kOption = "--issuer ";
  try {
    return flow::discover(system, issuer);
  } catch (const Error& error) {
    if (!error.hint.starts_with(kOption)) throw;
    throw Error(error.code, error.message,
                "xauth provider discover " + error.hint.substr(kOption.size()));
  }
}

}  // namespace

void provider_discover(const Context& context, const ProviderDiscoverOptions& options) {
  const System system = system_of(context, options.ca_file, {});
  const oauth::Metadata metadata = ask(system, options.issuer);
  Json shown((Json::Object()));
  for (const auto name : kMembers) {
    if (const Json* value = metadata.document.find(name)) shown.set(name, *value);
  }
  if (context.out.json()) return context.out.json_result(shown);
  context.out.result(as_text(shown, oauth::issuer_url(metadata.issuer).host, output_columns()));
}

}  // namespace xauth::cli
