#include "cli/token_check.h"

#include "cli/client.h"
#include "cli/connection.h"
#include "flow/moment.h"
#include "oauth/account.h"
#include "oauth/introspection.h"

namespace xauth::cli {

namespace {

TokenCheck revoked(const std::string& name) {
  return {Verdict::revoked,
          Error(Code::login_needed, name + ": the provider does not take this token any more",
                "xauth login " + name)};
}

// A token that may not read the account is one that the provider knows. RFC 6750 §3.1
TokenCheck ask_for_account(const System& system, const std::string& name,
                           const oauth::Provider& provider, const HttpRequest& request) {
  const HttpResponse response = system.send(request);
  if (response.status == 401) return revoked(name);
  if (response.status != 403) oauth::read_account(provider, request, response, {});
  return {Verdict::accepted, {}};
}

TokenCheck introspect(const System& system, const std::string& name, const Connection& connection,
                      const store::Tokens& tokens) {
  const auto request = oauth::make_introspection_request(
      connection.provider, connection.client, tokens.access_token, flow::moment_of(system));
  const auto answer = oauth::check_introspection_response(request, system.send(request));
  return answer.active ? TokenCheck{Verdict::accepted, {}} : revoked(name);
}

TokenCheck ask(const Context& context, const System& system, const std::string& name,
               const store::Profile& profile, const store::Tokens& tokens) {
  const oauth::Provider provider = provider_of(context, profile);
  auto request = oauth::make_account_request(provider, tokens.access_token, tokens.client_id);
  if (request) {
    request->certificate = certificate_of(profile);
    return ask_for_account(system, name, provider, *request);
  }
  if (provider.introspect_url.empty()) return {};
  return introspect(system, name, connection_of(context, name, profile), tokens);
}

}  // namespace

const char* name_of(Verdict verdict) {
  constexpr const char* kNames[] = {"accepted", "revoked", "unreachable", "unknown", "not_asked"};
  return kNames[static_cast<int>(verdict)];
}

TokenCheck check_token(const Context& context, const System& system, const std::string& name,
                       const store::Profile& profile, const store::Tokens& tokens) {
  try {
    return ask(context, system, name, profile, tokens);
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    if (error.code == Code::login_needed) return revoked(name);
    const bool away = error.code == Code::unreachable;
    Error named = error;
    named.message = name + ": " + error.message;
    return {away ? Verdict::unreachable : Verdict::unknown, std::move(named)};
  }
}

}  // namespace xauth::cli
