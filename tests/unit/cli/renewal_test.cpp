#include "cli/renewal.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

oauth::TokenGrant grant_of(const char* access_token) {
  oauth::TokenGrant grant;
  grant.token_type = "Bearer";
  grant.access_token = Secret(std::string(access_token));
  return grant;
}

}  // namespace

TEST_CASE("what the new grant does not name stays as it was, RF-2") {
  auto before = store::tokens_named("old");
  before.id_token = Secret(std::string("id-old"));
  before.scope = "a b";
  before.account = "me";
  before.refused = "invalid_grant";
  const Time now = store::kNow + Seconds(9'000);
  const auto after = tokens_after(before, grant_of("new"), now);
  CHECK(after.access_token.reveal() == "new");
  CHECK(after.refresh_token.reveal() == "refresh-old");
  CHECK(after.id_token.reveal() == "id-old");
  CHECK(after.scope == "a b");
  CHECK(after.account == "me");
  CHECK(after.account_id == "7");
  CHECK(after.issued_at == now);
  CHECK_FALSE(after.expires_at);  // the old end is not the new token's
  CHECK(after.refused.empty());
}

TEST_CASE("what the new grant names replaces the old, RF-2") {
  auto grant = grant_of("new");
  grant.refresh_token = Secret(std::string("next"));
  grant.id_token = Secret(std::string("id-new"));
  grant.scope = "";
  grant.expires_in = Seconds(60);
  const auto after = tokens_after(store::tokens_named("old"), grant, store::kNow);
  CHECK(after.refresh_token.reveal() == "next");
  CHECK(after.id_token.reveal() == "id-new");
  CHECK(after.scope.empty());
  CHECK(after.expires_at == store::kNow + Seconds(60));
}

TEST_CASE("tokens fit the profile that they were made for") {
  const CommandContext command;
  auto tokens = store::tokens_named("a");
  const auto fit = [&](const store::Profile& profile) {
    return fits(command.context, profile, tokens);
  };
  CHECK(fit(store::profile_of_x()));
  CHECK_FALSE(fit({.provider = "x", .client_id = "other"}));
  CHECK_FALSE(fit({.issuer = "https://as.example", .client_id = "client"}));
  auto moved = store::profile_of_x();
  moved.token_url = "https://evil.example/token";
  CHECK(fit(moved));  // not known where they come from
  tokens.token_url = "https://api.x.com/2/oauth2/token";
  CHECK(fit(store::profile_of_x()));
  CHECK_FALSE(fit(moved));
  moved.token_url = "https://api.x.com/3/token";
  CHECK(fit(moved));
}

TEST_CASE("tokens do not fit where the preset itself has moved to another host, DI-6") {
  const CommandContext command;
  auto tokens = store::tokens_named("a");
  tokens.token_url = "https://api.x.example/2/oauth2/token";
  CHECK_FALSE(fits(command.context, store::profile_of_x(), tokens));
}

TEST_CASE("tokens of another client than the profile's are not refreshed, RF-1") {
  const CommandContext command;
  auto tokens = store::tokens_named("a", Seconds(0));
  command.login.log_in("p", tokens);
  tokens.client_id = "other";
  const auto renew = [&] { renew_tokens(command.context, "p", tokens, {}); };
  CHECK(error_of(renew).code == Code::login_needed);
  const auto unknown = [&] { renew_tokens(command.context, "q", tokens, {}); };
  CHECK(error_of(unknown).code == Code::login_needed);
  CHECK(error_of([&] { tokens_of(command.context, "q"); }).code == Code::login_needed);
}
