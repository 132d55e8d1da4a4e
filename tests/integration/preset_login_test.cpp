// Every preset logs in, prints its token, refreshes it and logs out, against the embedded provider
// in that preset's manner.
#include <doctest/doctest.h>

#include "base/joined.h"
#include "oauth/preset.h"
#include "support/dry_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

void check_login(const DryLogin& login) {
  const auto finished = login.log_in();
  REQUIRE_MESSAGE(finished.status == 0, finished.err);
  CHECK_FALSE(login.kept("access_token").empty());
  CHECK(login.kept("scope") == joined(login.preset.scope, " "));
  CHECK(login.kept("provider") == login.id);
  if (!login.preset.userinfo_url.empty()) CHECK(login.kept("account") == PresetDialect::kAccount);
}

void check_tokens(const DryLogin& login) {
  const std::string first = login.kept("access_token");
  CHECK(login.run("token").out == first + "\n");
  const auto refreshed = login.run("refresh");
  CHECK_MESSAGE(refreshed.status == 0, refreshed.err);
  CHECK(login.run("token").out == login.kept("access_token") + "\n");
  CHECK(login.kept("access_token") != first);
}

void check_logout(const DryLogin& login) {
  const auto finished = login.run("logout");
  CHECK_MESSAGE(finished.status == 0, finished.err);
  CHECK_FALSE(login.here.has(login.token_file()));
  const int revocations = login.here.provider->server().count("/revoke");
  CHECK((revocations > 0) == !login.preset.revoke_url.empty());
}

// The presets whose IDs begin with one of `first` to `last`.
void check_presets(char first, char last) {
  int count = 0;
  for (const auto& id : oauth::preset_ids()) {
    if (id.front() < first || id.front() > last) continue;
    CAPTURE(id);
    ++count;
    const DryLogin login(id);
    check_login(login);
    check_tokens(login);
    check_logout(login);
    CHECK(login.dialect->complaints() == "");
  }
  CHECK(count > 0);
}

}  // namespace

TEST_CASE("every preset passes a dry login in its own manner: a to b") { check_presets('a', 'b'); }
TEST_CASE("every preset passes a dry login in its own manner: c to e") { check_presets('c', 'e'); }
TEST_CASE("every preset passes a dry login in its own manner: f to h") { check_presets('f', 'h'); }
TEST_CASE("every preset passes a dry login in its own manner: i to l") { check_presets('i', 'l'); }
TEST_CASE("every preset passes a dry login in its own manner: m to n") { check_presets('m', 'n'); }
TEST_CASE("every preset passes a dry login in its own manner: o to r") { check_presets('o', 'r'); }
TEST_CASE("every preset passes a dry login in its own manner: s") { check_presets('s', 's'); }
TEST_CASE("every preset passes a dry login in its own manner: t to z") { check_presets('t', 'z'); }
