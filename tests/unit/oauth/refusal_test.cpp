#include "oauth/refusal.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

TEST_CASE("a provider's texts are cut to what may be shown, and secrets blanked, CB-12, ST-15") {
  const std::vector<Secret> sent = {Secret(std::string("canary/1"))};
  const auto refusal = make_refusal("in\x1bvalid\"_\\grant", "got canary/1 and canary%2F1\n",
                                    "https://as.example/\xC3\xA9" + std::string(600, 'x'), sent);
  CHECK(refusal.error == "invalid_grant");
  CHECK(refusal.meaning == "invalid_grant");
  CHECK(refusal.error_description == "got *** and ***");
  CHECK(refusal.error_uri.size() == 512);
  CHECK(refusal.error_uri.starts_with("https://as.example/x"));
}

TEST_CASE("a secret that is cut in two by what may not be shown is blanked as well, ST-15") {
  const std::vector<Secret> sent = {Secret(std::string("canary"))};
  CHECK(make_refusal("can\x1b"
                     "ary",
                     "a can\\ary", "", sent)
            .error == "***");
  CHECK(make_refusal("e", "a can\\ary", "", sent).error_description == "a ***");
  CHECK(make_refusal("e", "a ca\"nary", "", {Secret(std::string("ca\"nary"))}).error_description ==
        "a ***");
}

TEST_CASE("a refusal as text tells what it holds") {
  CHECK(text_of(make_refusal("e", "", "", {})) == "e");
  CHECK(text_of(make_refusal("e", "why", "", {})) == "e: why");
  CHECK(text_of(make_refusal("e", "why", "https://u", {})) == "e: why (https://u)");
}

TEST_CASE("a refusal ends with the status of what it means") {
  const std::pair<const char*, Code> cases[] = {
      {"access_denied", Code::refused},
      {"invalid_scope", Code::refused},
      {"something_new", Code::refused},
      {"", Code::refused},
      {"invalid_client", Code::usage},
      {"unauthorized_client", Code::usage},
      {"redirect_uri_mismatch", Code::usage},
      {"server_error", Code::unreachable},
      {"temporarily_unavailable", Code::unreachable},
  };
  for (const auto& [error, code] : cases) {
    CAPTURE(error);
    CHECK(code_of(make_refusal(error, "", "", {})) == code);
  }
  auto renamed = make_refusal("own_name", "", "", {});
  renamed.meaning = "invalid_client";
  CHECK(code_of(renamed) == Code::usage);
}

TEST_CASE("a refusal that a setting causes is usage, and never says that the grant is dead") {
  auto refusal = make_refusal("invalid_grant", "", "", {});
  CHECK(is_dead_grant(refusal));
  CHECK(code_of(refusal) == Code::refused);
  refusal.fix = "redirect_uri";
  CHECK_FALSE(is_dead_grant(refusal));
  CHECK(code_of(refusal) == Code::usage);
  CHECK_FALSE(is_dead_grant(make_refusal("invalid_client", "", "", {})));
}
