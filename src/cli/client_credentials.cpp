#include "cli/client_credentials.h"

#include "cli/connection.h"
#include "flow/client_credentials.h"
#include "store/keep_login.h"

namespace xauth::cli {

namespace {

void check_no_account_expected(const LoginOptions& options) {
  if (options.expect_account.empty()) return;
  throw Error(Code::refused, "an application logs in here, and no account such as " +
                                 options.expect_account + " is known of it");
}

oauth::TokenGrant granted(oauth::TokenAnswer answer, const std::string& provider) {
  if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
    throw Error(oauth::code_of(*refusal),
                provider + " refused the application: " + oauth::text_of(*refusal), {},
                refusal->meaning);
  }
  return std::get<oauth::TokenGrant>(std::move(answer));
}

}  // namespace

oauth::ClientCredentialsOptions client_credentials_options(const store::Profile& profile) {
  oauth::ClientCredentialsOptions options;
  oauth::add_scopes(options.scope, profile.scope);
  options.audience = profile.audience;
  options.resource = profile.resource;
  options.token_params = params_of("token_param", profile.token_param);
  return options;
}

store::Tokens run_client_credentials(const Context& context, const System& system,
                                     const LoginPlan& plan, const LoginOptions& options) {
  check_no_account_expected(options);
  context.store.check_writable(plan.name);
  const auto grant = granted(flow::client_credentials(system, plan.provider, plan.client,
                                                      client_credentials_options(plan.profile)),
                             plan.provider.name);
  const Time now = system.now();
  const store::Tokens tokens = first_tokens(plan, grant, now);
  store::keep_login(context.store, plan.name, {plan.profile, tokens, plan.new_secret, plan.former},
                    now);
  return tokens;
}

}  // namespace xauth::cli
