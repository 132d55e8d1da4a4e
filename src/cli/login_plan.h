// What a login is to be, from the command line, the environment, the profile and the preset, in
// that order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"
#include "cli/issuer.h"
#include "cli/options.h"
#include "flow/callback_listener.h"
#include "oauth/authorization.h"
#include "oauth/client.h"
#include "oauth/provider.h"
#include "oauth/redirect_uri.h"
#include "oauth/token.h"
#include "store/profile.h"
#include "store/token_file.h"

namespace xauth::cli {

struct LoginPlan {
  std::string name;                      // of the profile
  store::Profile profile;                // the settings to keep once the login has succeeded
  std::optional<store::Profile> former;  // those that they were made from
  oauth::Provider provider;
  oauth::Client client;
  std::optional<Secret> new_secret;  // given now, to be kept; empty: none fits any more
  std::vector<std::string> scope;    // asked for
  std::vector<oauth::RedirectUri> redirect_uris;
  std::optional<flow::ListenAddress> listen;
};

// Decides everything that can be decided before a browser is opened; on a terminal it may ask for
// the client ID; an issuer is asked for its metadata with `discover`. Throws Error: usage, refused
// (the profile holds another provider's login), storage, and what `discover` throws.
LoginPlan plan_login(const Context& context, const LoginOptions& options, const Discover& discover);

// The tokens of a login that `plan` describes, as `grant` gives them; whose they are is not known.
store::Tokens first_tokens(const LoginPlan& plan, const oauth::TokenGrant& grant, Time issued_at);

// `ADDRESS:PORT` with an IP literal (an IPv6 one in brackets). Throws Error (usage).
flow::ListenAddress parse_listen_address(const std::string& text);

// Whether only this machine reaches the IP address `address`.
bool is_loopback_address(const std::string& address);

}  // namespace xauth::cli
