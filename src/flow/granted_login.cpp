#include "flow/granted_login.h"

#include "flow/retry.h"
#include "flow/revoke.h"
#include "system/signals.h"

namespace xauth::flow {

namespace {

std::optional<oauth::Account> look_up_account(const System& system, const oauth::Provider& provider,
                                              const Secret& access_token) {
  const auto asked = oauth::make_account_request(provider, access_token);
  if (!asked) return std::nullopt;
  try {
    const auto [request, response] = send_patiently(
        system, [&] { return *asked; }, kForLookup);
    return oauth::read_account(provider, request, response);
  } catch (const Error& error) {
    SignalsWatched::throw_if_received();  // it was the person who cut this request short
    system.say("warning: cannot tell whose account this is: " + error.message);
    return std::nullopt;
  }
}

// The error of a login whose tokens could not, or must not, be kept.
Error not_kept(const Error& error) {
  Error told = error;
  if (error.code != Code::refused) told.message += "; the new login was not kept";
  return told;
}

// Ends a grant that is not kept, so that nobody has it; a signal that came before must not stop
// this, a second one does.
void drop(const System& system, const oauth::Provider& provider, const oauth::Client& client,
          const oauth::TokenGrant& grant) {
  const int signal = SignalsWatched::take();
  if (!provider.revoke_url.empty()) {
    const auto failure = revoke(system, provider, client, grant.refresh_token, grant.access_token);
    if (failure) system.say("warning: the new grant could not be revoked: " + failure->message);
  }
  if (signal != 0) throw Error::interrupted_by(signal);
}

}  // namespace

void keep_granted(const System& system, const oauth::Provider& provider,
                  const oauth::Client& client, Granted& granted, const Keep& keep) {
  try {
    granted.account = look_up_account(system, provider, granted.grant.access_token);
    keep(granted);
  } catch (const Error& error) {
    drop(system, provider, client, granted.grant);
    throw not_kept(error);
  }
}

}  // namespace xauth::flow
