#include "base/http_message.h"

#include <doctest/doctest.h>

using namespace xauth;

namespace {

Secret secret(const char* text) { return Secret(std::string(text)); }

std::string blanked(const std::string& text, const char* hidden) {
  return blank_secrets(text, {secret(hidden)});
}

}  // namespace

TEST_CASE("the first header of a name is found without regard to case") {
  const Headers headers = {{"Content-Type", "a"}, {"X-Y", ""}, {"content-type", "b"}};
  CHECK(find_header(headers, "CONTENT-TYPE") == "a");
  CHECK(find_header(headers, "x-y") == "");
  CHECK_FALSE(find_header(headers, "X"));
  CHECK_FALSE(find_header(headers, "X-Y-Z"));
  CHECK_FALSE(find_header({}, ""));
  CHECK_FALSE(find_header({{"@", "a"}}, "`"));  // only letters have a case
}

TEST_CASE("a form is encoded field by field, in order, TQ-1") {
  const Form form = {{"a b", std::string("1&2")}, {"empty", std::string()}, {"s", secret("=+%")}};
  CHECK(encode_form(form).reveal() == "a+b=1%262&empty=&s=%3D%2B%25");
  CHECK(encode_form({}).empty());
}

TEST_CASE("a form as JSON is an object of strings") {
  const Form form = {{"a", std::string("\"\n")}, {"s", secret("=+%")}};
  CHECK(encode_json(form).matches(R"({"a":"\"\n","s":"=+%"})"));
  CHECK(encode_json({}).matches("{}"));
}

TEST_CASE("the secrets of a request are its credentials and its secret fields, ST-15") {
  HttpRequest request;
  CHECK(secrets_of(request).empty());
  request.authorization = secret("Bearer canary");
  request.form = {{"plain", std::string("p")}, {"code", secret("c0de")}};
  const auto secrets = secrets_of(request);
  REQUIRE(secrets.size() == 3);
  CHECK(secrets[0].reveal() == "Bearer canary");
  CHECK(secrets[1].reveal() == "canary");
  CHECK(secrets[2].reveal() == "c0de");
}

TEST_CASE("the secret in Basic credentials is a secret of its own, ST-15") {
  HttpRequest request;
  request.authorization = secret("Basic Y2xpZW50OmElMkZiK2M=");  // client:a%2Fb+c
  const auto secrets = secrets_of(request);
  REQUIRE(secrets.size() == 3);
  CHECK(secrets[2].reveal() == "a/b c");
}

TEST_CASE("secrets are blanked wherever they are echoed, raw or encoded, ST-15") {
  CHECK(blanked("x can/ary y can/ary", "can/ary") == "x *** y ***");
  CHECK(blanked("?a=can%2Fary&", "can/ary") == "?a=***&");
  CHECK(blanked("?a=a+b%2Fc&b=a%20b%2Fc", "a b/c") == "?a=***&b=***");
  CHECK(blanked("***1", "***1") == "***");
  CHECK(blanked("aaaaaaaaa", "aaaa") == "******a");
  CHECK(blanked("ordinary", "") == "ordinary");
  CHECK(blanked("a cat", "cat") == "a cat");  // too short to be a secret
}
