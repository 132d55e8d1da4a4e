#include "oauth/account.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "oauth/preset.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

Account account_in(const Provider& provider, const std::string& body, int status = 200) {
  return read_account(provider, {}, {status, {}, body}, "");
}

}  // namespace

TEST_CASE("the account is asked with the token in the header, never in the URL, ST-14") {
  Provider provider;
  CHECK_FALSE(make_account_request(provider, Secret(std::string("at")), "c").has_value());
  provider.userinfo_url = "https://api.example/me";
  const auto request = make_account_request(provider, Secret(std::string("at")), "c");
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

TEST_CASE("a preset asks for the account in its own manner") {
  const auto preset = parse_preset("test", R"({"userinfo_url":"https://api.example/graphql",
      "account_method":"POST","account_headers":{"Client-Id":"{client_id}"},
      "account_body":{"query":"{viewer{name}}"},"account_field":"data.0.viewer.name"})");
  const auto request = make_account_request(preset, Secret(std::string("at")), "c 1");
  CHECK(request->method == "POST");
  CHECK(find_header(request->headers, "Client-Id") == "c 1");
  CHECK(request->format == BodyFormat::json);
  CHECK(encode_json(*request->form).matches(R"({"query":"{viewer{name}}"})"));
  CHECK(account_in(preset, R"({"data":[{"viewer":{"name":"N"}}]})").name == "N");
}

TEST_CASE("an account answer that says itself that it is none is an error, also with status 200") {
  const auto preset = parse_preset(
      "test", R"({"success":{"field":"ok","value":true},"account_id_field":"user_id"})");
  CHECK(account_in(preset, R"({"ok":true,"user":"u","user_id":"U1"})").id == "U1");
  CHECK_THROWS_AS(account_in(preset, R"({"ok":false,"user":"u"})"), Error);
}

TEST_CASE("an account name cannot steer the terminal, ST-17") {
  CHECK(account_in({}, R"({"sub":"\u001b]0;x\u0007"})").name == "\uFFFD]0;x\uFFFD");
}

TEST_CASE("an answer that is no account is an error, not an empty account") {
  CHECK_THROWS_AS(account_in({}, "<html>"), Error);
  CHECK_THROWS_AS(account_in({}, "{}", 403), Error);
  CHECK_THROWS_AS(account_in({}, "", 302), Error);
}

TEST_CASE("userinfo of another person than the ID token's is refused whole, ID-15") {
  Provider provider;
  const auto name_by = [&](const std::string& body) {
    return read_account(provider, {}, {200, {}, body}, "person-1").name;
  };
  CHECK(name_by(R"({"sub":"person-1","email":"one@as.example"})") == "one@as.example");
  CHECK_THROWS_WITH_AS(name_by(R"({"sub":"person-2","email":"two@as.example"})"),
                       doctest::Contains("(sub)"), Error);
  CHECK_THROWS_AS(name_by(R"({"email":"two@as.example"})"), Error);
  provider.account_id_field = "id";  // an account endpoint of the provider's own kind has no sub
  CHECK(name_by(R"({"id":7,"email":"one@as.example"})") == "one@as.example");
}
