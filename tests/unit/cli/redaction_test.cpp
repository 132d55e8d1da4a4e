#include "cli/redaction.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::cli;

namespace {

HttpResponse answer(const std::string& body, const std::string& type = "application/json") {
  return {200, {{"Content-Type", type}}, body};
}

// The body as it is shown, when nothing else is known.
std::string shown(const std::string& body, const std::string& type = "application/json") {
  Redaction redaction;
  redaction.learn(answer(body, type));
  return redaction.shown_body(answer(body, type));
}

std::string header(const std::string& name, const std::string& value) {
  return Redaction().shown_header(name, value);
}

}  // namespace

TEST_CASE("a name tells whether a secret stands under it, in any spelling, ST-15") {
  for (const char* name : {"access_token",
                           "refresh_token",
                           "id_token",
                           "device_code",
                           "client_secret",
                           "code",
                           "code_verifier",
                           "client_assertion",
                           "registration_access_token",
                           "subject_token",
                           "token",
                           "accessToken",
                           "Access-Token",
                           "app_access_token",
                           "tokens",
                           "password",
                           "session_key",
                           "state",
                           "nonce",
                           "id_token_hint",
                           "api_key",
                           "key",
                           "assertion",
                           "request_uri",
                           "csrf-token"}) {
    CAPTURE(name);
    const bool hint = std::string_view(name) == "id_token_hint";
    CHECK(is_secret_name(name) == !hint);  // which is a JWT, and blanked as one
  }
  for (const char* name :
       {"token_type", "token_type_hint", "token_endpoint", "expires_in", "scope", "error",
        "error_description", "client_id", "code_challenge", "sub", "user_code", "verification_uri",
        "encoding", "DPoP-Nonce2", "keys", "key_ops"}) {
    CAPTURE(name);
    CHECK_FALSE(is_secret_name(name));
  }
}

TEST_CASE("JSON is shown without its secrets, at any depth, and the same values anywhere, ST-15") {
  CHECK(shown(R"({"access_token":"aaaa","token_type":"Bearer","expires_in":60})") ==
        R"({"access_token":"***","token_type":"Bearer","expires_in":60})");
  CHECK(shown(R"([{"data":{"refresh_token":"rrrr","list":["a",{"id_token":"iiii"}]}}])") ==
        R"([{"data":{"refresh_token":"***","list":["a",{"id_token":"***"}]}}])");
  CHECK(shown(R"({"access_token":"aaaa","note":"it is aaaa now","aaaa":1})") ==
        R"({"access_token":"***","note":"it is *** now","***":1})");
  CHECK(shown(R"({"tokens":["aaaa","bbbb"],"access_token":"","id_token":null})") ==
        R"({"tokens":["***","***"],"access_token":"","id_token":null})");
  CHECK(shown(R"({"anything":"eyJhbGciOiJub25lIn0.e30.sig"})") == R"({"anything":"***"})");
}

TEST_CASE(
    "what is within a secret member is secret, at any depth, and where it stands again, ST-15") {
  CHECK(shown(R"({"access_token":{"value":"aaaa","of":[{"key2":"bbbb"}]},"copy":"aaaabbbb"})") ==
        R"({"access_token":{"value":"***","of":[{"key2":"***"}]},"copy":"******"})");
  CHECK(shown(R"({"list_tokens":["aaaa"],"copy":"aaaa"})") ==
        R"({"list_tokens":["***"],"copy":"***"})");
  CHECK(
      shown(R"({"jwt":"eyJhbGciOiJub25lIn0.e30.sig","copy":"it: eyJhbGciOiJub25lIn0.e30.sig"})") ==
      R"({"jwt":"***","copy":"it: ***"})");
}

TEST_CASE("a number is as secret as a text, but for the code of an error, ST-15") {
  CHECK(shown(R"({"pin":12345,"copy":"is 12345","tokens":[1.5],"expires_in":60})") ==
        R"({"pin":"***","copy":"is ***","tokens":["***"],"expires_in":60})");
  CHECK(shown(R"({"error":{"code":190,"message":"no"},"code":40029,"token":true})") ==
        R"({"error":{"code":190,"message":"no"},"code":40029,"token":true})");
  CHECK(shown(R"({"code":"4/abcd"})") == R"({"code":"***"})");
}

TEST_CASE("tokens under names of a preset's own are blanked in JSON, forms and URLs, ST-15") {
  Redaction redaction({"data.value", "list.0.again", "tokens2.0"});
  const auto shown_by = [&](const HttpResponse& response) {
    redaction.learn(response);
    return redaction.shown_body(response);
  };
  CHECK(shown_by(answer(R"({"data":{"value":"aaaa"},"x":"aaaa","tokens2":["bbbb"],"key2":"c"})")) ==
        R"({"data":{"value":"***"},"x":"***","tokens2":["***"],"key2":"c"})");
  CHECK(shown_by(answer("value=v1&again=dddd&x=dddd", "application/x-www-form-urlencoded")) ==
        "value=***&again=***&x=***");
  CHECK(redaction.shown(*parse_url("https://h/?again=1&key=2&data=3")) ==
        "https://h/?again=***&key=***&data=3");
}

TEST_CASE("what was sent is blanked where it is echoed, as it is and escaped, ST-15") {
  HttpRequest request;
  request.url = *parse_url("https://as.example/token?state=sssss");
  request.authorization = Secret("Basic Y2xpZW50OnMlMkYlMjJjcg==");  // client:s/"cr
  request.form = Form{{"refresh_token", Secret("old+one")}, {"client_id", "client"}};
  Redaction redaction;
  redaction.learn(request);
  CHECK(redaction.shown(*request.form) == "refresh_token=***&client_id=client");
  CHECK(redaction.shown(request.url) == "https://as.example/token?state=***");
  const auto body = answer(
      R"({"error_description":"old+one, old%2Bone, s/\"cr, Y2xpZW50OnMlMkYlMjJjcg==, sssss"})");
  CHECK(redaction.shown_body(body) == R"({"error_description":"***, ***, ***, ***, ***"})");
  CHECK(redaction.shown_header("X-Echo", "it was old+one") == "it was ***");
  CHECK(redaction.shown_body(answer("<p>old+one</p>", "text/html")) == "<p>***</p>");
}

TEST_CASE("a form is shown without its secrets, whatever its type says, ST-15") {
  for (const char* type : {"application/x-www-form-urlencoded; charset=utf-8", "text/plain"}) {
    CHECK(shown("access_token=aaaa&scope=a+b&token_type=bearer&refresh_token=", type) ==
          "access_token=***&scope=a+b&token_type=bearer&refresh_token=");
  }
}

TEST_CASE("any other body is cut to 200 characters, or left out where it speaks of secrets") {
  CHECK(shown("<h1>\033[31mSign in</h1>", "text/html") == "<h1>\uFFFD[31mSign in</h1>");
  const auto cut = shown(std::string(1000, 'x'), "text/plain");
  CHECK(cut == std::string(199, 'x') + "…");
  for (const char* body :
       {R"({"access_token":"aaaa")", R"({"access_token":"aaaa","access_token":"b"})",
        "\xEF\xBB\xBF{\"id_token\":\"aaaa\"}", "eyJhbGciOiJub25lIn0.e30.sig",
        "the code is 12345"}) {
    CAPTURE(body);
    CHECK(shown(body, "text/plain").ends_with("bytes that cannot be shown safely)"));
  }
}

TEST_CASE("headers are shown, but for cookies, credentials and the parameters of a Location") {
  CHECK(header("Content-Type", "text/html") == "text/html");
  CHECK(header("Retry-After", "7") == "7");
  CHECK(header("DPoP-Nonce", "n") == "n");
  CHECK(header("WWW-Authenticate", "Bearer error=\"invalid_token\"") ==
        "Bearer error=\"invalid_token\"");
  for (const char* name : {"Set-Cookie", "set-cookie2", "Cookie", "Authorization",
                           "Proxy-Authorization", "X-Access-Token", "X-CSRF-Token"}) {
    CAPTURE(name);
    CHECK(header(name, "value") == "***");
  }
  CHECK(header("X-Other", "eyJhbGciOiJub25lIn0.e30.sig") == "***");
  CHECK(header("Location", "https://h/cb?code=c&error=no&x=y#access_token=t") ==
        "https://h/cb?code=***&error=no&x=***#***");
  CHECK(header("Location", "/next?ticket=t") == "/next?***");
  CHECK(header("Location", "app:/cb#access_token=t") == "app:/cb#***");
  CHECK(header("Location", "https://h/next") == "https://h/next");
  CHECK(header("X-Odd", "a\033b") == "a\uFFFDb");
}

TEST_CASE("what a Location hands over is blanked in the requests that follow") {
  Redaction redaction;
  redaction.learn({302, {{"Location", "https://h/cb?code=the-code&state=the-state"}}, ""});
  CHECK(redaction.shown(*parse_url("https://h/odd?x=the-code")) == "https://h/odd?x=***");
}
