#include "oauth/introspection.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

namespace {

HttpRequest request() {
  return make_introspection_request({.introspect_url = "https://as.example/introspect"},
                                    {.id = "me"}, Secret("the-token"), {});
}

Introspection answered(int status, const std::string& body) {
  return check_introspection_response(request(), {status, {}, body});
}

Code code_of_answer(int status, const std::string& body) {
  try {
    answered(status, body);
  } catch (const Error& error) {
    CHECK(error.message.find("the-token") == std::string::npos);
    return error.code;
  }
  FAIL("it was believed");
  return {};
}

}  // namespace

TEST_CASE("introspection is a POST with the token and the client's authentication, RV-5") {
  const HttpRequest sent = request();
  CHECK(sent.method == "POST");
  CHECK(sent.url.text() == "https://as.example/introspect");
  CHECK(encode_form(*sent.form).reveal() ==
        "token=the-token&token_type_hint=access_token&client_id=me");
}

TEST_CASE("only a boolean `active` is believed, and of an inactive token nothing else, RV-5") {
  const auto active = answered(200, R"({"active":true,"scope":"read"})");
  CHECK(active.active);
  CHECK(*active.answer.find("scope")->string() == "read");
  const auto inactive = answered(200, R"({"active":false,"scope":"read"})");
  CHECK_FALSE(inactive.active);
  CHECK(inactive.answer.text() == R"({"active":false})");
  for (const char* body : {"{}", R"({"active":"true"})", R"({"active":1})", "[]", "<p>", ""}) {
    CAPTURE(body);
    CHECK(code_of_answer(200, body) == Code::bad_response);
  }
}

TEST_CASE("a refusal to introspect has the code of its error") {
  CHECK(code_of_answer(401, R"({"error":"invalid_client"})") == Code::usage);
  CHECK(code_of_answer(403, R"({"error":"x","error_description":"not the-token"})") ==
        Code::refused);
  CHECK(code_of_answer(200, R"({"error":"invalid_client"})") == Code::usage);
  CHECK(code_of_answer(200, R"({"active":true,"error":"x"})") == Code::refused);
  CHECK_THROWS_WITH_AS(answered(200, R"({"error":"x","error_description":"no"})"),
                       "as.example does not say what the token is (status 200): x: no", Error);
  CHECK(code_of_answer(404, "") == Code::refused);
  CHECK(code_of_answer(503, "") == Code::unreachable);
  CHECK(code_of_answer(302, "") == Code::bad_response);
}
