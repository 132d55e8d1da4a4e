// `xauth login`: log in through the browser and keep what comes of it.
#include "cli/client_credentials.h"
#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/login_plan.h"
#include "cli/login_report.h"
#include "cli/run_login.h"
#include "flow/discover.h"
#include "system/proxy.h"
#include "system/terminal.h"
#include "system/trust_store.h"

namespace xauth::cli {

namespace {

// Opens the browser; where none starts, says how to go on.
void open_or_explain(const std::function<void(const Url&)>& open, const Url& url) {
  try {
    open(url);
  } catch (const Error& error) {
    const char* how = input_is_ours()
                          ? "; open the address above yourself"
                          : "; open the address above in one on this machine, or run the login in "
                            "a terminal and paste the address that the browser ends at";
    throw Error(error.code, error.message + how);
  }
}

std::function<void(const Url&)> opener(const System& system, bool opens) {
  if (!opens) return [](const Url&) {};
  return [open = system.open_browser](const Url& url) { open_or_explain(open, url); };
}

// What every request needs, told before a person is sent anywhere. Throws Error (usage).
void check_network_settings(const LoginPlan& plan) {
  const auto token_url = parse_url(plan.provider.token_url);
  if (token_url) find_proxy(*token_url);
  const bool uses_tls = token_url && token_url->scheme == "https";
  if (uses_tls || !plan.profile.ca_file.empty()) check_trust_store(plan.profile.ca_file);
}

}  // namespace

void login(const Context& context, const LoginOptions& options) {
  const auto discover = [&context](const std::string& issuer, const std::string& ca_file) {
    return flow::discover(system_of(context, ca_file, {}), issuer);
  };
  const LoginPlan plan = plan_login(context, options, discover);
  check_network_settings(plan);
  if (plan.listen && !is_loopback_address(plan.listen->address)) {
    context.out.warn("listening on " + plan.listen->address +
                     ", where other machines may reach it");
  }
  System system = system_of(context, plan.profile.ca_file,
                            options.browser.empty() ? kept_browser(context) : options.browser);
  if (plan.profile.client_credentials) {
    tell_done(context, plan, run_client_credentials(context, system, plan, options));
    return;
  }
  system.open_browser = opener(system, opens_browser(options));
  tell_done(context, plan, run_login(context, system, plan, options));
}

}  // namespace xauth::cli
