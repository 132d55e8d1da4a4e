// `xauth logout`: revoke at the provider, delete here.
#include <algorithm>

#include "cli/commands.h"
#include "cli/connection.h"
#include "cli/renewal.h"
#include "flow/revoke.h"
#include "store/keep_login.h"
#include "store/profile_name.h"

namespace xauth::cli {

namespace {

// What a logout came to, for one profile.
struct Outcome {
  bool revoked = false;
  std::optional<Error> failure;
};

// Revokes what the profile has, if there is something and somebody to ask. The tokens may be
// unreadable and the settings damaged: that is told, and the files are deleted all the same.
Outcome revoke_tokens(const Context& context, const std::string& name) {
  try {
    const auto tokens = context.store.tokens(name);
    if (!tokens) return {};
    const auto profile = context.store.config().profile(name);
    if (!profile) return {};
    if (!fits(context, *profile, *tokens)) {
      context.out.warn(name + ": the settings have changed since the login, so nothing is revoked");
      return {};
    }
    const Connection connection = connection_of(context, name, *profile);
    if (connection.provider.revoke_url.empty()) {
      context.out.note(name + ": the provider offers no revocation; the token ends by itself");
      return {};
    }
    const System system = system_of(context, profile->ca_file, {});
    auto failure = flow::revoke(system, connection.provider, connection.client,
                                tokens->refresh_token, tokens->access_token);
    return {!failure, std::move(failure)};
  } catch (const Error& error) {
    if (error.signal != 0) throw;  // nothing is deleted
    return {false, error};
  }
}

Outcome log_out(const Context& context, const LogoutOptions& options, const std::string& name) {
  Outcome outcome;
  const bool had_tokens = store::delete_tokens(context.store, name, [&] {
    if (!options.no_revoke) outcome = revoke_tokens(context, name);
  });
  if (options.forget) store::forget(context.store, name);
  if (auto& failure = outcome.failure) {
    failure->message =
        name +
        ": the tokens are deleted here, but the provider still honours them: " + failure->message;
    failure->hint = "end the grant in your account's settings at the provider";
    return outcome;
  }
  context.out.note(name + (options.forget ? " is forgotten"
                           : had_tokens   ? " is logged out"
                                          : " was not logged in"));
  return outcome;
}

// Whether there are settings, be they damaged.
bool has_settings(const Context& context, const std::string& name) {
  const auto names = context.store.config().names();
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<std::string> chosen(const Context& context, const LogoutOptions& options) {
  if (options.all && !options.profile.empty()) {
    throw Error(Code::usage, "--all and a PROFILE exclude each other", "xauth logout --all");
  }
  if (options.all) return all_profiles(context, context.store.config());
  const std::string name = choose_profile(context, options.profile);
  if (!context.store.has_token_file(name) && !has_settings(context, name)) {
    throw not_logged_in(context, name);
  }
  return {name};
}

}  // namespace

void logout(const Context& context, const LogoutOptions& options) {
  std::optional<Error> first;
  Json::Array done;
  for (const std::string& name : chosen(context, options)) {
    Outcome outcome;
    try {
      outcome = log_out(context, options, name);
    } catch (const Error& error) {
      if (error.signal != 0) throw;
      outcome.failure = error;
    }
    if (outcome.failure && first) context.out.warn(outcome.failure->message);
    if (outcome.failure && !first) first = outcome.failure;
    Json entry;
    entry.set("profile", Json(name));
    entry.set("revoked", Json(outcome.revoked));
    done.push_back(std::move(entry));
  }
  if (context.out.json()) context.out.json_result(Json(std::move(done)));
  if (first) throw *first;
}

}  // namespace xauth::cli
