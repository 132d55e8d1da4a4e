#include "oauth/answer.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("check_answered: a redirect is wrong, 429 and 5xx pass by themselves, TQ-5, TQ-16") {
  for (const int status : {200, 204, 400, 401, 404, 428}) {
    CHECK_NOTHROW(check_answered({status, {}, ""}, "as.example"));
  }
  CHECK_THROWS_AS(check_answered({302, {}, ""}, "as.example"), Error);
  for (const int status : {429, 500, 502, 503, 504}) {
    CHECK_THROWS_AS(check_answered({status, {}, ""}, "as.example"), TryLater);
  }
}

TEST_CASE("Retry-After is kept as it came, unless it is too long or unprintable") {
  const auto kept = [](const std::string& value) {
    return TryLater("as.example", {503, {{"retry-after", value}}, ""}).retry_after;
  };
  CHECK(kept("120") == "120");
  CHECK(kept("Fri, 31 Dec 1999 23:59:59 GMT") == "Fri, 31 Dec 1999 23:59:59 GMT");
  CHECK(kept(std::string(65, '1')).empty());
  CHECK(kept("1\x1b").empty());
  CHECK(TryLater("as.example", {503, {}, ""}).retry_after.empty());
}

TEST_CASE(
    "who asks to come back later is quoted with how long, in either form, and with its words") {
  const auto hint = [](const std::string& value) {
    return TryLater("as.example", {429, {{"Retry-After", value}}, ""}).hint;
  };
  CHECK(hint("90") == "try again in 90 s");
  CHECK(hint("Fri, 31 Dec 1999 23:59:59 GMT") == "try again after Fri, 31 Dec 1999 23:59:59 GMT");
  for (const char* unsound : {"", "soon", "-1", "1.5", "Fri, 99 Dec 1999 23:59:59 GMT"}) {
    CAPTURE(std::string(unsound));
    CHECK(hint(unsound) == "try again later");
  }
  CHECK(TryLater("as.example", {429, {}, ""}, {}, "come back at noon").message ==
        "as.example asks to slow down (status 429): come back at noon");
}

TEST_CASE("read_answer: an object out of JSON or a form, null for anything else") {
  const auto body = [](const char* type, const char* text) {
    return read_answer({}, {200, {{"Content-Type", type}}, text}, "as.example").body.text();
  };
  CHECK(body("Application/JSON; charset=utf-8", R"({"a":1})") == R"({"a":1})");
  CHECK(body("", R"({"a":1})") == R"({"a":1})");
  CHECK(body("application/x-www-form-urlencoded", "a=1&b=%20") == R"({"a":"1","b":" "})");
  CHECK(body("application/json", "[1]") == "null");
  CHECK(body("text/html", R"({"a":1})") == "null");
  CHECK_THROWS_AS(body("application/x-www-form-urlencoded", "a=1&a=2"), Error);
}
