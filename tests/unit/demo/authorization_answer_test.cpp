#include "demo/authorization_answer.h"

#include <doctest/doctest.h>

#include "unit/demo/demo_login.h"

using namespace xauth;
using namespace xauth::demo;

TEST_CASE(
    "an answer by redirect is a query behind the one that the URI has, without empty values") {
  const auto location = [](const std::string& uri) {
    return header(send_back({uri}, {{"code", "a b&c"}, {"state", ""}, {"iss", "i"}}), "Location");
  };
  CHECK(location("http://127.0.0.1:1/cb") == "http://127.0.0.1:1/cb?code=a+b%26c&iss=i");
  CHECK(location("http://127.0.0.1:1/cb?x=1") == "http://127.0.0.1:1/cb?x=1&code=a+b%26c&iss=i");
}

TEST_CASE("an answer by form_post is a page whose form has the same parameters") {
  const auto page = send_back({"http://127.0.0.1:8000/cb", ResponseMode::form_post},
                              {{"code", "a\"<b"}, {"state", std::string(400, 's')}, {"iss", ""}});
  CHECK(page.status == 200);
  CHECK(header(page, "Location").empty());
  const auto holds = [&](const std::string& text) {
    return page.body.find(text) != std::string::npos;
  };
  CHECK(holds("<form method=\"post\" action=\"http://127.0.0.1:8000/cb\">"));
  CHECK(holds("name=\"code\" value=\"a&quot;&lt;b\""));
  CHECK(holds("name=\"state\" value=\"" + std::string(400, 's') + "\""));
  CHECK_FALSE(holds("name=\"iss\""));
  const auto policy = header(page, "Content-Security-Policy");
  CHECK(policy.find("script-src 'sha256-") != std::string::npos);
  CHECK(policy.ends_with("form-action 'self' http://127.0.0.1:8000"));
  CHECK(header(page, "Referrer-Policy") == "origin");
}
