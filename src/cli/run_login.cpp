#include "cli/run_login.h"

#include <algorithm>

#include "cli/connection.h"
#include "cli/device_report.h"
#include "cli/login_report.h"
#include "cli/renewal.h"
#include "cli/waiting_line.h"
#include "flow/device_login.h"
#include "store/keep_login.h"
#include "system/terminal.h"
#include "system/tls_preparation.h"

namespace xauth::cli {

namespace {

// The tokens that the profile has so far; nothing when there are none or they are damaged.
std::optional<store::Tokens> former_tokens(const Context& context, const std::string& profile) {
  try {
    return context.store.tokens(profile);
  } catch (const Error& error) {
    context.out.warn(error.message + "; it will be kept aside");
    return std::nullopt;
  }
}

store::Tokens tokens_of_login(const LoginPlan& plan, const flow::Granted& granted) {
  store::Tokens tokens = first_tokens(plan, granted.grant, granted.issued_at);
  if (granted.account) {
    tokens.account = granted.account->name;
    tokens.account_id = granted.account->id;
  }
  return tokens;
}

// Throws Error (refused) when the login is not the one that the profile, or --expect-account, is
// about.
void check_account(const LoginPlan& plan, const LoginOptions& options, const store::Tokens& tokens,
                   const std::optional<store::Tokens>& former) {
  const std::string who = tokens.account.empty() ? "an unknown account" : tokens.account;
  if (!options.expect_account.empty() && tokens.account != options.expect_account) {
    throw Error(Code::refused, "this is " + who + ", not " + options.expect_account,
                "sign out in the browser, then: xauth login " + plan.name);
  }
  if (!former || options.force) return;
  const bool known = !former->account_id.empty() && !tokens.account_id.empty();
  const bool same_account = !known || former->account_id == tokens.account_id;
  if (same_account && former->provider == tokens.provider) return;
  throw Error(Code::refused, plan.name + " belongs to " + former->account + ", and this is " + who,
              "xauth login ANOTHER-NAME, or --force to replace it");
}

// A refresh token of an OpenID provider is given with consent only; presets say for themselves what
// their provider wants. OpenID Connect Core §11
std::string prompt_of(const LoginPlan& plan, const LoginOptions& options) {
  const auto asks = [&](const char* scope) {
    return std::find(plan.scope.begin(), plan.scope.end(), scope) != plan.scope.end();
  };
  const bool said = std::any_of(plan.profile.param.begin(), plan.profile.param.end(),
                                [](const auto& text) { return text.starts_with("prompt="); });
  if (!options.prompt.empty() || said || !plan.profile.provider.empty()) return options.prompt;
  return asks("openid") && asks("offline_access") ? "consent" : "";
}

oauth::AuthorizationOptions request_of(const LoginPlan& plan, const LoginOptions& options) {
  return {.scope = plan.scope,
          .audience = plan.profile.audience,
          .resource = plan.profile.resource,
          .params = params_of("--param", plan.profile.param),
          .prompt = prompt_of(plan, options),
          .login_hint = options.login_hint,
          .max_age = options.max_age};
}

// How the wait is shown on a terminal; elsewhere the line before it has said how long it is.
flow::WaitSigns signs_of(WaitingLine& line) {
  if (!line.lives()) return {};
  return {.show = [&line](Seconds left) { line.show(left); }, .clear = [&line] { line.clear(); }};
}

// `system`, whose lines are told in place of `line`.
System around(const System& system, WaitingLine& line) {
  System around_line = system;
  around_line.say = [&line](const std::string& text) { line.say(text); };
  return around_line;
}

flow::BrowserLogin walk_of(const Context& context, const LoginPlan& plan,
                           const LoginOptions& options, WaitingLine& line) {
  constexpr Seconds kUsualTimeout{300};
  const bool takes_paste = options.paste || input_is_ours();
  const Seconds timeout = options.timeout.value_or(kUsualTimeout);
  return {.provider = plan.provider,
          .client = plan.client,
          .options = request_of(plan, options),
          .token_params = params_of("--token-param", plan.profile.token_param),
          .redirect_uris = plan.redirect_uris,
          .listen = plan.listen,
          .paste_only = options.paste,
          .read_input = takes_paste,
          .timeout = timeout,
          .on_authorize_url =
              [&context, &plan, &options](const Url& url, const std::string&) {
                tell_authorize_url(context, plan.provider.name, url, opens_browser(options));
              },
          .on_waiting =
              [&context, &options, takes_paste, timeout](const std::string& redirect_uri) {
                tell_waiting(context, redirect_uri, timeout, takes_paste, !options.paste);
                prepare_tls();  // the person is on the way
              },
          .on_detail = [&context](const std::string& text) { context.out.detail(text); },
          .signs = signs_of(line)};
}

void log_in_by_device(const Context& context, const System& system, const LoginPlan& plan,
                      const LoginOptions& options, const flow::Keep& keep) {
  WaitingLine line(context);
  const flow::DeviceLogin walk{
      .provider = plan.provider,
      .client = plan.client,
      .options = request_of(plan, options),
      .token_params = params_of("--token-param", plan.profile.token_param),
      .timeout = options.timeout,
      .on_code = [&](const oauth::DeviceAuthorization& code,
                     Seconds left) { tell_device_code(context, plan.provider.name, code, left); },
      .on_waiting = [&](Seconds left) { line.show(left); }};
  flow::device_login(around(system, line), walk, [&](const flow::Granted& granted) {
    line.clear();
    keep(granted);
  });
}

}  // namespace

bool opens_browser(const LoginOptions& options) {
  return !options.no_browser && (!options.paste || input_is_ours());
}

store::Tokens run_login(const Context& context, const System& system, const LoginPlan& plan,
                        const LoginOptions& options) {
  context.store.check_writable(plan.name);
  const auto former = former_tokens(context, plan.name);
  store::Tokens tokens;
  const auto keep = [&](const flow::Granted& granted) {
    tokens = tokens_of_login(plan, granted);
    check_account(plan, options, tokens, former);
    store::keep_login(context.store, plan.name,
                      {plan.profile, tokens, plan.new_secret, plan.former}, granted.issued_at);
  };
  if (options.device) {
    log_in_by_device(context, system, plan, options, keep);
  } else {
    WaitingLine line(context);
    flow::browser_login(around(system, line), walk_of(context, plan, options, line), keep);
  }
  return tokens;
}

}  // namespace xauth::cli
