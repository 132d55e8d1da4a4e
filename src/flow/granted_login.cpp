#include "flow/granted_login.h"

#include <charconv>

#include "flow/retry.h"
#include "flow/revoke.h"
#include "system/signals.h"

namespace xauth::flow {

namespace {

std::optional<oauth::Account> look_up_account(const System& system, const oauth::Provider& provider,
                                              const oauth::Client& client,
                                              const Secret& access_token, const std::string& sub) {
  auto asked = oauth::make_account_request(provider, access_token, client.id);
  if (!asked) return std::nullopt;
  asked->certificate = client.certificate;  // the token may be bound to it. RFC 8705 §3
  try {
    const auto [request, response] = send_patiently(
        system, [&] { return *asked; }, kForLookup);
    return oauth::read_account(provider, request, response, sub);
  } catch (const Error& error) {
    SignalsWatched::throw_if_received();  // it was the person who cut this request short
    system.say("warning: cannot tell whose account this is: " + error.message);
    return std::nullopt;
  }
}

// Whose the grant is: by the account endpoint, else by the ID token, once that has been checked.
std::optional<oauth::Account> account_of(const System& system, const oauth::Provider& provider,
                                         const oauth::Client& client, const Granted& granted) {
  std::optional<oauth::IdToken> id_token;
  if (granted.id_token_asked) {
    id_token = check_id_token(system, provider, client, *granted.id_token_asked, granted.grant);
  }
  const std::string sub = id_token ? id_token->sub : std::string();
  auto account = look_up_account(system, provider, client, granted.grant.access_token, sub);
  const bool unnamed = account && account->name.empty();
  if (id_token && (!account || unnamed)) account = oauth::account_of(*id_token);
  if (unnamed && account->name.empty()) {
    system.say("warning: the provider does not say whose account this is");
  }
  return account;
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

std::optional<Seconds> max_age_of(const std::string& text) {
  Seconds::rep seconds = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, seconds);
  if (error != std::errc() || stop != end) return std::nullopt;
  return Seconds(seconds);
}

void keep_granted(const System& system, const oauth::Provider& provider,
                  const oauth::Client& client, Granted& granted, const Keep& keep) {
  try {
    granted.account = account_of(system, provider, client, granted);
    keep(granted);
  } catch (const Error& error) {
    drop(system, provider, client, granted.grant);
    throw not_kept(error);
  }
}

}  // namespace xauth::flow
