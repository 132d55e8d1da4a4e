#include "store/token_text.h"

#include <doctest/doctest.h>

#include "unit/store/logged_in.h"

using namespace xauth;
using namespace xauth::store;

namespace {

std::string text(TokenFormat format, const char* token, Quoting quoting = Quoting::posix) {
  return token_text(format, Secret(std::string(token)), quoting).reveal();
}

}  // namespace

TEST_CASE("a token is printed as scripts take it") {
  CHECK(text(TokenFormat::token, "a.b") == "a.b");
  CHECK(text(TokenFormat::header, "a.b") == "Authorization: Bearer a.b");
  CHECK(text(TokenFormat::curl, "a.b") == R"(header = "Authorization: Bearer a.b")");
  CHECK(text(TokenFormat::env, "a.b") == "export XAUTH_TOKEN='a.b'");
}

TEST_CASE("nothing in a token leaves its quotes") {
  CHECK(text(TokenFormat::env, "a'; rm -rf $(x) `y`\\") ==
        R"(export XAUTH_TOKEN='a'\''; rm -rf $(x) `y`\')");
  CHECK(text(TokenFormat::env, "a'; rm -rf (x) \\", Quoting::fish) ==
        R"(set -gx XAUTH_TOKEN 'a\'; rm -rf (x) \\')");
  CHECK(text(TokenFormat::curl, R"(a"b\c)") == R"(header = "Authorization: Bearer a\"b\\c")");
}

TEST_CASE("JSON tells what is known, and the refresh token only when asked for") {
  auto tokens = tokens_named("1");
  tokens.scope = "a b";
  tokens.account = "me";
  CHECK(token_json("work", tokens, kNow + Seconds(200), false).text() ==
        R"({"profile":"work","provider":"x","account":"me","token_type":"Bearer",)"
        R"("access_token":"access-1","scope":"a b","issued_at":1700000000,)"
        R"("expires_at":1700007200,"expires_in":7000})");
  const auto with = token_json("work", tokens, kNow, true);
  CHECK(*with.find("refresh_token")->string() == "refresh-1");
}

TEST_CASE("what is not known is left out, and what has expired has no time left") {
  Tokens least;
  least.access_token = Secret(std::string("a"));
  CHECK(token_json("", least, kNow, true).text() ==
        R"({"token_type":"Bearer","access_token":"a"})");
  const auto tokens = tokens_named("1");
  const auto late = token_json("x", tokens, kNow + Seconds(1'000'000), false);
  CHECK(late.find("expires_in")->integer() == 0);
}
