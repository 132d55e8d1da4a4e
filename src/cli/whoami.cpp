// `xauth whoami`: ask the provider who the token is.
#include "base/terminal_text.h"
#include "cli/client.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/renewal.h"
#include "cli/usable_tokens.h"
#include "flow/retry.h"
#include "oauth/account.h"

namespace xauth::cli {

namespace {

[[noreturn]] void no_account_endpoint(const std::string& name) {
  throw Error(Code::usage, name + ": the provider has no account endpoint that xauth knows",
              "xauth login " + name + " --userinfo-url URL");
}

// A token that the provider itself does not take any more ends like one that has expired.
oauth::Account ask(const System& system, const oauth::Provider& provider, const std::string& name,
                   const store::Profile& profile, const store::Tokens& tokens) {
  auto request = oauth::make_account_request(provider, tokens.access_token, tokens.client_id);
  if (!request) no_account_endpoint(name);
  request->certificate = certificate_of(profile);
  const HttpResponse response = flow::send_patiently(
                                    system, [&] { return *request; }, flow::kForQuestion)
                                    .response;
  if (response.status == 401) {
    throw Error(Code::login_needed, name + ": the provider does not take this token any more",
                "xauth login " + name);
  }
  oauth::Account account =
      oauth::read_account(provider, *request, response, id_token_subject(tokens));
  const bool both_known = !account.id.empty() && !tokens.account_id.empty();
  if (both_known && account.id != tokens.account_id) {
    throw Error(Code::bad_response, name + ": the provider's answer is about another account");
  }
  return account;
}

// The same, with the profile's name where only a new login helps.
oauth::Account asked(const System& system, const oauth::Provider& provider, const std::string& name,
                     const store::Profile& profile, const store::Tokens& tokens) {
  try {
    return ask(system, provider, name, profile, tokens);
  } catch (const Error& error) {
    if (error.code != Code::login_needed || !error.hint.empty()) throw;
    throw Error(error.code, name + ": " + error.message, "xauth login " + name,
                error.provider_error);
  }
}

}  // namespace

void whoami(const Context& context, const WhoamiOptions& options) {
  const std::string name = choose_profile(context, options.profile);
  const store::Tokens tokens = valid_tokens(context, name);
  const auto profile = context.store.config().profile(name);
  require_fit(context, name, profile, tokens);
  const oauth::Provider provider = provider_of(context, *profile);
  const System system = system_of(context, profile->ca_file, {});
  const oauth::Account account = asked(system, provider, name, *profile, tokens);
  if (!context.out.json()) {
    const std::string& who = account.name.empty() ? account.id : account.name;
    if (who.empty()) {
      throw Error(Code::bad_response, name + ": the provider's answer names no account",
                  "xauth whoami " + name + " -o json");
    }
    context.out.result(who + "\n");
    return;
  }
  Json json;
  json.set("profile", Json(name));
  json.set("provider", Json(tokens.provider));
  if (!account.name.empty()) json.set("account", Json(account.name));
  json.set("claims", account.claims);
  context.out.json_result(json);
}

}  // namespace xauth::cli
