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

TEST_CASE("an error is no account, whatever the status, and is told whole") {
  const auto slack = *find_preset("slack");
  const auto refused = [](const Provider& provider, int status, const std::string& body) {
    HttpRequest request;
    request.url = *parse_url("https://as.example/me");
    request.authorization = Secret("Bearer the-token");
    const HttpResponse response = {status, {{"Content-Type", "application/json"}}, body};
    try {
      read_account(provider, request, response, "");
    } catch (const Error& error) {
      return error;
    }
    FAIL("it was believed");
    return Error(Code::failure, "");
  };
  const std::string no_account = "as.example did not say whose account this is ";
  const auto dead = refused({}, 200, R"({"error":"invalid_token","error_description":"gone"})");
  CHECK(dead.code == Code::login_needed);
  CHECK(dead.message == no_account + "(status 200): invalid_token: gone");
  const auto revoked = refused(slack, 200, R"({"ok":false,"error":"token_revoked"})");
  CHECK(revoked.code == Code::login_needed);
  CHECK(revoked.message == no_account + "(status 200): token_revoked");
  const auto scope = refused(
      {}, 403, R"({"error":"insufficient_scope","error_description":"the-token needs email"})");
  CHECK(scope.code == Code::refused);
  CHECK(scope.message == no_account + "(status 403): insufficient_scope: *** needs email");
  CHECK(scope.provider_error == "insufficient_scope");
  CHECK(refused(slack, 200, R"({"ok":false,"error":"ratelimited"})").code == Code::unreachable);
  const auto busy = refused({}, 429, R"({"message":"at most 10 an hour"})");
  CHECK(busy.code == Code::unreachable);
  CHECK(refused({}, 503, "<p>").code == Code::unreachable);
  CHECK(refused({}, 403, "<p>").message == no_account + "(status 403)");
  CHECK(busy.message == "as.example asks to slow down (status 429): at most 10 an hour");
}

TEST_CASE("an account's answer may hold an error that says that there is none") {
  const auto preset = parse_preset("test", R"({"account_field":"data.name"})");
  CHECK(account_in(preset, R"({"data":{"name":"N"},"error":{"code":"ok"}})").name == "N");
  CHECK(account_in(preset, R"({"data":{"name":"N"},"error":null})").name == "N");
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
