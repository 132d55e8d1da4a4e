#include "oauth/token.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "oauth/preset.h"
#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest refresh_request(const Client& client = {.id = "c"}) {
  return make_refresh_request(pending_at().provider, client, Secret(std::string("old-refresh")), {},
                              {});
}

HttpResponse json(const std::string& body, int status = 200) {
  return {status, {{"Content-Type", "application/json"}}, body};
}

TokenAnswer answer_to(const HttpResponse& response, const Provider& provider = {}) {
  return check_token_response(provider, refresh_request(), response);
}

TokenGrant granted(const std::string& body) {
  const auto answer = answer_to(json(body));
  REQUIRE(std::holds_alternative<TokenGrant>(answer));
  return std::get<TokenGrant>(answer);
}

// The status that the answer ends with; 0 when it is a grant or a refusal.
int ends_with(const HttpResponse& response) {
  try {
    answer_to(response);
    return 0;
  } catch (const Error& error) {
    return error.exit_status();
  }
}

}  // namespace

TEST_CASE("the code request is what RFC 6749 §4.1.3 and RFC 7636 §4.5 want, TQ-1, TQ-6, TQ-7") {
  const auto pending = pending_at();
  const auto callback = std::get<CheckedCallback>(
      check_callback(pending, "code=a%26b&state=" + pending.state.reveal()));
  const auto request = make_code_request(pending, callback, {{"extra", "1"}}, {});
  CHECK(request.method == "POST");
  CHECK(request.url.text() == "https://as.example/token");
  CHECK(request.authorization.empty());
  CHECK(encode_form(*request.form).reveal() ==
        "grant_type=authorization_code&code=a%26b&redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2F"
        "callback&code_verifier=" +
            pending.code_verifier.reveal() + "&extra=1&client_id=client+1");
}

TEST_CASE("one client authentication a request, TQ-7, TQ-8") {
  const Secret secret(std::string("p:a+s%s w\xC3\xA9"));
  const auto basic = refresh_request({.id = "i:d", .auth = ClientAuth::basic, .secret = secret});
  CHECK(basic.authorization.matches("Basic " + base64("i%3Ad:p%3Aa%2Bs%25s+w%C3%A9")));
  CHECK(encode_form(*basic.form).matches("grant_type=refresh_token&refresh_token=old-refresh"));

  const auto post = refresh_request({.id = "id", .auth = ClientAuth::post, .secret = secret});
  CHECK(post.authorization.empty());
  CHECK(encode_form(*post.form)
            .reveal()
            .ends_with("&client_id=id&client_secret=p%3Aa%2Bs%25s+w%C3%A9"));
}

TEST_CASE("a grant needs an access token and takes what providers leave out, TR-1, TR-2, TR-6") {
  const auto grant = granted(R"({"access_token":"at","token_type":"bEARER","refresh_token":"rt",
      "expires_in":7200,"scope":"a b","id_token":"x.y.z","unknown":{"deep":[1]}})");
  CHECK(grant.access_token.matches("at"));
  CHECK(grant.refresh_token.matches("rt"));
  CHECK(grant.id_token.matches("x.y.z"));
  CHECK(grant.token_type == "Bearer");
  CHECK(grant.expires_in == Seconds(7200));
  CHECK(grant.scope == "a b");
  CHECK(granted(R"({"access_token":"at"})").token_type == "Bearer");
  CHECK_FALSE(granted(R"({"access_token":"at"})").scope.has_value());
  CHECK(granted(R"({"access_token":"at","scope":["a","b"]})").scope == "a b");
}

TEST_CASE("expires_in in every form that providers send, TR-5") {
  const auto expires_in = [](const std::string& value) {
    return granted(R"({"access_token":"at","expires_in":)" + value + "}").expires_in;
  };
  CHECK(expires_in("3600") == Seconds(3600));
  CHECK(expires_in("3600.9") == Seconds(3600));
  CHECK(expires_in("\"3600\"") == Seconds(3600));
  CHECK_FALSE(expires_in("null").has_value());
  CHECK_FALSE(expires_in("0").has_value());
  CHECK_FALSE(expires_in("2147483647").has_value());
  CHECK_FALSE(expires_in("18446744073709551615").has_value());
  for (const char* wrong :
       {"-1", "true", "{}", "[]", "\"\"", "\"soon\"", "\"-1\"", "\"1e3\"", "1e400", "\" 60\""}) {
    CAPTURE(wrong);
    CHECK(ends_with(json(R"({"access_token":"at","expires_in":)" + std::string(wrong) + "}")) == 7);
  }
}

TEST_CASE("an answer that is no token is told apart, TR-1, TR-2, TR-8, TR-9, TR-13, TQ-5") {
  const std::string long_token(64 * 1024 + 1, 'a');
  const std::pair<HttpResponse, int> cases[] = {
      {json(""), 7},
      {json("null"), 7},
      {json("[]"), 7},
      {json("{}"), 7},
      {json(R"({"access_token":""})"), 7},
      {json(R"({"access_token":1})"), 7},
      {json(R"({"access_token":"a","access_token":"b"})"), 7},
      {json(R"({"access_token":"a\nb"})"), 7},
      {json(R"({"access_token":"a\u0000b"})"), 7},
      {json(R"({"access_token":"a\u00e9"})"), 7},
      {json(R"({"access_token":"a","refresh_token":"\u001b[1m"})"), 7},
      {json(R"({"access_token":")" + long_token + "\"}"), 7},
      {json(R"({"access_token":"a","token_type":"mac"})"), 7},
      {json(R"({"access_token":"a","token_type":"DPoP"})"), 7},
      {json(R"({"access_token":"a"})", 201), 7},
      {json(R"({"access_token":"a"} x)"), 7},
      {json(R"({"error":5})"), 7},
      {json(R"({"error":""})"), 7},
      {json("{}", 400), 7},
      {json("", 404), 7},
      {{200, {{"Content-Type", "text/html"}}, "<html>sign in</html>"}, 7},
      {{301, {{"Location", "https://evil.example/"}}, ""}, 7},
      {{307, {{"Location", "http://as.example/"}}, ""}, 7},
      {json(R"({"error":"server_error"})", 500), 6},
      {{502, {{"Content-Type", "text/html"}}, "<html>"}, 6},
      {json(R"({"error":"temporarily_unavailable"})", 503), 6},
      {json(R"({"error":"slow_down"})", 429), 6},
  };
  for (const auto& [response, status] : cases) {
    CAPTURE(response.status);
    CAPTURE(response.body.substr(0, 80));
    CHECK(ends_with(response) == status);
  }
}

TEST_CASE("a form-encoded answer is read when that is its type, TR-3") {
  const HttpResponse response{
      200,
      {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
      "access_token=a%2Bt&expires_in=60&scope=a+b&token_type=bearer"};
  const auto answer = answer_to(response);
  REQUIRE(std::holds_alternative<TokenGrant>(answer));
  const auto& grant = std::get<TokenGrant>(answer);
  CHECK(grant.access_token.matches("a+t"));
  CHECK(grant.expires_in == Seconds(60));
  CHECK(grant.scope == "a b");
}

TEST_CASE("an error counts also with status 200, and echoes no secret, TR-4, ST-15") {
  const auto answer =
      answer_to(json(R"({"error":"invalid_grant","error_description":"token old-refresh is bad",
                "access_token":"x"})"));
  REQUIRE(std::holds_alternative<Refusal>(answer));
  CHECK(std::get<Refusal>(answer).error_description == "token *** is bad");
  CHECK(std::get<Refusal>(answer).meaning == "invalid_grant");
}

TEST_CASE("the preset x knows what its errors mean, RF-10") {
  const auto x = *find_preset("x");
  const auto meaning = [&](const char* description) {
    const auto answer = answer_to(json(R"({"error":"invalid_request","error_description":")" +
                                           std::string(description) + "\"}",
                                       400),
                                  x);
    return std::get<Refusal>(answer).meaning;
  };
  CHECK(meaning("Value passed for the token was invalid.") == "invalid_grant");
  CHECK(meaning("Value passed for the authorization code was invalid.") == "invalid_grant");
  CHECK(meaning("Missing required parameter [client_id].") == "invalid_request");
  CHECK(meaning("Value passed for the redirect uri did not match the uri of the authorization "
                "code.") == "invalid_grant");
}

TEST_CASE("a token request is written as the preset says") {
  const auto preset = parse_preset("test", R"({"token_url":"https://as.example/token",
      "refresh_url":"https://as.example/refresh","token_request":"json",
      "client_id_parameter":"client_key","token_params":{"type":"web","action":"ask"},
      "refresh_params":{"type":"refresh"}})");
  const auto refresh = make_refresh_request(preset, {.id = "c"}, Secret(std::string("rt")),
                                            {{"action", "mine"}}, {});
  CHECK(refresh.url.text() == "https://as.example/refresh");
  CHECK(refresh.format == BodyFormat::json);
  CHECK(encode_json(*refresh.form)
            .matches(R"({"grant_type":"refresh_token","refresh_token":"rt","type":"refresh",)"
                     R"("action":"mine","client_key":"c"})"));
  const auto in_query =
      parse_preset("test", R"({"token_url":"https://as.example/token","token_request":"query"})");
  CHECK(make_refresh_request(in_query, {.id = "c"}, Secret(std::string("rt")), {}, {}).method ==
        "GET");
}

TEST_CASE("an answer of a type that only some presets send, TR-3") {
  const HttpResponse plain = {200, {{"Content-Type", "text/plain"}}, R"({"access_token":"at"})"};
  CHECK(ends_with(plain) == 7);
  const auto preset = parse_preset("test", R"({"answer_types":["text/plain"]})");
  CHECK(std::holds_alternative<TokenGrant>(answer_to(plain, preset)));
  const HttpResponse typed = {
      200, {{"Content-Type", "application/vnd.api+json"}}, R"({"access_token":"at"})"};
  CHECK(ends_with(typed) == 0);
}

TEST_CASE("429 and 5xx keep what the provider means and when to come back, TQ-16") {
  try {
    answer_to({429,
               {{"Content-Type", "application/json"}, {"Retry-After", "7"}},
               R"({"error":"too_many_requests"})"});
    FAIL("no error");
  } catch (const TryLater& later) {
    CHECK(later.code == Code::unreachable);
    CHECK(later.provider_error == "temporarily_unavailable");
    CHECK(later.retry_after == "7");
    CHECK(later.status == 429);
  }
}

TEST_CASE("code_of: what a refusal means for the exit status") {
  const auto code = [](const char* error) { return code_of(make_refusal(error, "", "", {})); };
  CHECK(code("invalid_client") == Code::usage);
  CHECK(code("unauthorized_client") == Code::usage);
  CHECK(code("redirect_uri_mismatch") == Code::usage);
  CHECK(code("access_denied") == Code::refused);
  CHECK(code("invalid_scope") == Code::refused);
  CHECK(code("temporarily_unavailable") == Code::unreachable);
}

TEST_CASE("a field that a form answer repeats is named without what steers a terminal, ST-17") {
  const HttpResponse response = {
      200, {{"Content-Type", "application/x-www-form-urlencoded"}}, "%1b%5b2J=1&%1b%5b2J=2"};
  try {
    answer_to(response);
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code == Code::bad_response);
    CHECK_FALSE(has_control(error.message));
  }
}
