#include "oauth/account.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "oauth/preset.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

Account account_in(const Provider& provider, const std::string& body, int status = 200) {
  return read_account(provider, {}, {status, {}, body});
}

}  // namespace

TEST_CASE("the account is asked with the token in the header, never in the URL, ST-14") {
  Provider provider;
  CHECK_FALSE(make_account_request(provider, Secret(std::string("at"))).has_value());
  provider.userinfo_url = "https://api.example/me";
  const auto request = make_account_request(provider, Secret(std::string("at")));
  CHECK(request->authorization.matches("Bearer at"));
  CHECK(request->url.text() == "https://api.example/me");
}

TEST_CASE("the account's name: the preset's field, else preferred_username, email, sub") {
  const auto x = *find_preset("x");
  const auto account = account_in(x, R"({"data":{"id":"7","name":"N","username":"u"}})");
  CHECK(account.name == "u");
  CHECK(account.id == "7");
  CHECK(account_in({}, R"({"sub":"s","email":"e","preferred_username":"p"})").name == "p");
  CHECK(account_in({}, R"({"sub":"s","email":"e"})").name == "e");
  CHECK(account_in({}, R"({"sub":"s"})").name == "s");
  CHECK(account_in({}, R"({"sub":"s"})").id == "s");
  CHECK(account_in({}, R"({"id":5})").name.empty());
}

TEST_CASE("an account name cannot steer the terminal, ST-17") {
  CHECK(account_in({}, R"({"sub":"\u001b]0;x\u0007"})").name == "\uFFFD]0;x\uFFFD");
}

TEST_CASE("an answer that is no account is an error, not an empty account") {
  CHECK_THROWS_AS(account_in({}, "<html>"), Error);
  CHECK_THROWS_AS(account_in({}, "{}", 403), Error);
  CHECK_THROWS_AS(account_in({}, "", 302), Error);
}
