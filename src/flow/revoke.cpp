#include "flow/revoke.h"

#include "flow/moment.h"
#include "flow/retry.h"
#include "oauth/revocation.h"

namespace xauth::flow {

namespace {

std::optional<Error> revoke_one(const System& system, const oauth::Provider& provider,
                                const oauth::Client& client, const Secret& token,
                                const char* token_type_hint) {
  try {
    const auto make = [&] {
      return oauth::make_revocation_request(provider, client, token, token_type_hint,
                                            moment_of(system));
    };
    const auto [request, response] = send_patiently(system, make, kForRevocation);
    const auto refusal = oauth::check_revocation_response(provider, request, response);
    if (!refusal) return std::nullopt;
    return Error(Code::failure, "the provider refused to revoke: " + oauth::text_of(*refusal), {},
                 refusal->meaning);
  } catch (const Error& error) {
    return error;
  }
}

}  // namespace

std::optional<Error> revoke(const System& system, const oauth::Provider& provider,
                            const oauth::Client& client, const Secret& refresh_token,
                            const Secret& access_token) {
  std::optional<Error> refused;
  const bool has_grant = !refresh_token.empty() && oauth::can_revoke(provider, "refresh_token");
  if (has_grant) {
    refused = revoke_one(system, provider, client, refresh_token, "refresh_token");
    if (refused && refused->code != Code::failure) return refused;  // nobody there to ask again
  }
  if (access_token.empty() || !oauth::can_revoke(provider, "access_token")) return refused;
  auto error = revoke_one(system, provider, client, access_token, "access_token");
  if (refused || !has_grant) return refused ? refused : error;
  const bool went_with_the_grant = error && error->code == Code::failure;
  return went_with_the_grant ? std::nullopt : error;  // some refuse a token that is already gone
}

}  // namespace xauth::flow
