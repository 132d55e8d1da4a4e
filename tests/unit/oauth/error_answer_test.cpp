#include "oauth/error_answer.h"

#include <doctest/doctest.h>

#include "oauth/preset.h"
#include "oauth/token.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest asking(const std::string& grant_type) {
  HttpRequest request;
  request.url = *parse_url("https://as.example/token");
  request.form = {{"grant_type", grant_type}, {"code", Secret(std::string("the-code"))}};
  return request;
}

// The refusal in an answer, as `meaning/fix: text`; "none" when there is none.
std::string told(const std::string& preset, const HttpResponse& response,
                 const std::string& grant = "authorization_code") {
  const auto provider = parse_preset("test", preset);
  const auto answer = read_answer(provider.grant, response, "as.example");
  const auto refusal = find_refusal(provider, asking(grant), response, answer, grant);
  return refusal ? refusal->meaning + "/" + refusal->fix + ": " + text_of(*refusal) : "none";
}

std::string told(const std::string& preset, int status, const std::string& body,
                 const std::string& grant = "authorization_code") {
  return told(preset, {status, {{"Content-Type", "application/json"}}, body}, grant);
}

Code code_thrown(const std::string& preset, int status, const std::string& body) {
  try {
    told(preset, status, body);
    return Code::failure;
  } catch (const Error& error) {
    return error.code;
  }
}

Error error_thrown(const std::string& preset, const HttpResponse& response) {
  try {
    told(preset, response);
  } catch (const Error& error) {
    return error;
  }
  FAIL("no error");
  return {Code::failure, ""};
}

std::string message_thrown(int status, const std::string& body) {
  return error_thrown("{}", {status, {{"Content-Type", "application/json"}}, body}).message;
}

}  // namespace

TEST_CASE("without a preset an error is as RFC 6749 says, TR-4") {
  CHECK(told("{}", 200, R"({"access_token":"a"})") == "none");
  CHECK(told("{}", 200, R"({"access_token":"a","error":null})") == "none");
  CHECK(told("{}", 400, R"({"error":"invalid_grant","error_description":"gone"})") ==
        "invalid_grant/: invalid_grant: gone");
  CHECK(code_thrown("{}", 200, R"({"error":false,"access_token":"a"})") == Code::bad_response);
  CHECK(code_thrown("{}", 400, R"({"error":{"message":"x"}})") == Code::bad_response);
  CHECK(code_thrown("{}", 400, R"({"error":""})") == Code::bad_response);
}

TEST_CASE("an error that nobody can read is told with the status and the provider's words") {
  CHECK(message_thrown(401, R"({"message":"Unauthorized","error":401})") ==
        "the answer of as.example has an error that is no string (status 401): Unauthorized");
  CHECK(message_thrown(400, R"({"error":{"message":"no the-code","code":5}})") ==
        "the answer of as.example has an error that is no string (status 400): no ***");
  CHECK(message_thrown(400, R"({"error":""})") ==
        "the answer of as.example has an empty error (status 400)");
  CHECK(told(R"({"errors":[{"status":401,"means":"invalid_client"}]})", 401,
             R"({"message":"Unauthorized","error":401})") ==
        "invalid_client/: invalid_client: Unauthorized");
}

TEST_CASE("words in a list of errors, and those of an errcode, are told too") {
  CHECK(told("{}", 400, R"({"errors":[{"message":"m"},{"message":"n"}]})") == "/: status 400: m");
  CHECK(told("{}", 400, R"({"errors":[{"code":1,"detail":"d"}]})") == "/: status 400: d");
  CHECK(told("{}", 400, R"({"errcode":40029,"errmsg":"invalid code"})") ==
        "/: status 400: invalid code");
}

TEST_CASE("an answer without a token that calls itself a success is told with its words") {
  const auto message = [](const std::string& body) {
    const HttpResponse response = {200, {{"Content-Type", "application/json"}}, body};
    CHECK_THROWS_AS(check_token_response({}, asking("authorization_code"), response), Error);
    try {
      check_token_response({}, asking("authorization_code"), response);
      return std::string();
    } catch (const Error& error) {
      return error.message;
    }
  };
  CHECK(message(R"({"errcode":40029,"errmsg":"invalid the-code"})") ==
        "the answer of as.example holds no access_token (status 200): invalid ***");
  CHECK(message("{}") == "the answer of as.example holds no access_token (status 200)");
}

TEST_CASE("an error that nobody knows is told with the provider's own words and the status") {
  CHECK(told("{}", 418, R"({"message":"I am a teapot"})") == "/: status 418: I am a teapot");
  CHECK(told("{}", 400, R"({"errors":[{"detail":"x"}],"detail":"no \u001b[2J the-code"})") ==
        "/: status 400: no [2J ***");
  CHECK(code_thrown("{}", 400, R"({"errors":[]})") == Code::bad_response);
  CHECK(code_thrown("{}", 201, R"({"access_token":"a","message":"made"})") == Code::bad_response);
}

TEST_CASE("the first rule that fits says what an error means") {
  const std::string preset = R"({"errors":[
      {"grant":"refresh_token","error":"nope","means":"invalid_grant"},
      {"error":"nope","description":"Redirect","means":"invalid_grant","fix":"redirect_uri"},
      {"status":401,"means":"invalid_client"},
      {"field":"codes","contains":"7","means":"access_denied"},
      {"field":"sub.code","value":9,"means":"expired_token"},
      {"type":"text/html","description":"blocked","means":"server_error","fix":"application"}]})";
  const std::string nope = R"({"error":"nope","error_description":"bad redirect URI"})";
  CHECK(told(preset, 400, nope, "refresh_token") == "invalid_grant/: nope: bad redirect URI");
  CHECK(told(preset, 400, nope) == "invalid_grant/redirect_uri: nope: bad redirect URI");
  CHECK(told(preset, 401, R"({"error":"other"})") == "invalid_client/: other");
  CHECK(told(preset, 400, R"({"error":"other"})") == "other/: other");
  CHECK(told(preset, 400, R"({"error":"x","codes":[6,7]})") == "access_denied/: x");
  CHECK(told(preset, 400, R"({"error":"x","codes":[77]})") == "x/: x");
  CHECK(told(preset, 400, R"({"error":"x","sub":{"code":9}})") == "expired_token/: x");
  CHECK(told(preset, {403, {{"Content-Type", "text/html; charset=UTF-8"}}, "<p>Blocked</p>"}) ==
        "server_error/application: server_error");
}

TEST_CASE("errors stand where the preset says, and may be numbers") {
  const std::string preset = R"({"error_fields":["code","error.type"],
      "description_fields":["error.text"],"errors":[{"error":"5","means":"invalid_client"}]})";
  CHECK(told(preset, 400, R"({"code":5})") == "invalid_client/: 5");
  CHECK(told(preset, 400, R"({"error":{"type":"T","text":"words"}})") == "T/: T: words");
  CHECK(told(preset, 400, R"({"error":"invalid_grant"})") == "invalid_grant/: invalid_grant");
  CHECK(told(preset, 200, R"({"code":5})") == "invalid_client/: 5");
  CHECK(told(preset, 200, R"({"code":5,"access_token":"a"})") == "none");
  CHECK(told(preset, 200, R"({"error":{"text":"words"},"access_token":"a"})") ==
        "/: status 200: words");
}

TEST_CASE("a flag decides whether an answer is a success, where the preset names one") {
  const std::string preset = R"({"success":{"field":"ok","value":true}})";
  CHECK(told(preset, 200, R"({"ok":true,"access_token":"a"})") == "none");
  CHECK(told(preset, 200, R"({"ok":false,"error":"bad"})") == "bad/: bad");
  CHECK(told(preset, 200, R"({"ok":false,"access_token":"a","message":"m"})") ==
        "/: status 200: m");
  CHECK(code_thrown(preset, 200, R"({"ok":false,"access_token":"a"})") == Code::bad_response);
  CHECK(told(preset, 200, R"({"access_token":"a"})") == "none");
}

TEST_CASE("a server that cannot answer stays unreachable, whatever it writes") {
  for (const char* body : {"", "<html>", R"({"error":"invalid_grant"})", R"({"error":5})"}) {
    CAPTURE(body);
    CHECK(code_thrown("{}", 500, body) == Code::unreachable);
    CHECK(code_thrown("{}", 429, body) == Code::unreachable);
  }
  const std::string pending = R"({"error":"slow_down"})";
  CHECK(told("{}", 429, pending, "device_code") == "slow_down/: slow_down");
  const std::string preset = R"({"errors":[{"status":429,"grant":"device_code",
      "means":"slow_down"},{"status":500,"error":"dead","means":"invalid_grant"}]})";
  CHECK(told(preset, 429, "", "device_code") == "slow_down/: slow_down");
  CHECK(told(preset, 500, R"({"error":"dead"})") == "invalid_grant/: dead");
  CHECK(code_thrown(preset, 500, R"({"error":"other"})") == Code::unreachable);
}

TEST_CASE("a server that asks to come back later is quoted, but for what was sent") {
  const auto later = error_thrown(
      "{}", {429,
             {{"Content-Type", "application/json"}, {"Retry-After", "90"}},
             R"({"error":"rate_limited","error_description":"the-code: come back at noon"})"});
  CHECK(later.message ==
        "as.example asks to slow down (status 429): rate_limited: ***: come back at noon");
  CHECK(later.hint == "try again in 90 s");
  CHECK(message_thrown(503, R"({"message":"being mended"})") ==
        "as.example has a problem of its own (status 503): being mended");
  CHECK(message_thrown(503, "<html>") == "as.example has a problem of its own (status 503)");
}

TEST_CASE("an error that came by the redirect has only the meaning that is written for it") {
  const auto provider = parse_preset("test", R"({"errors":[{"error":"gone","means":"invalid_grant"},
      {"grant":"authorize","error":"went_away","means":"access_denied"}]})");
  auto refusal = make_refusal("went_away", "", "", {});
  interpret_callback(provider, refusal);
  CHECK(refusal.meaning == "access_denied");
  refusal = make_refusal("gone", "", "", {});
  interpret_callback(provider, refusal);
  CHECK(refusal.meaning == "gone");
}

TEST_CASE("what was asked for is the last word of grant_type, or the preset's word for a device") {
  CHECK(grant_of({}, asking("refresh_token")) == "refresh_token");
  CHECK(grant_of({}, asking("urn:ietf:params:oauth:grant-type:device_code")) == "device_code");
  CHECK(grant_of(parse_preset("test", R"({"device":{"grant_type":"device"}})"), asking("device")) ==
        "device_code");
  CHECK(grant_of({}, {}).empty());
}
