#include "oauth/provider.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::oauth;

namespace {

std::string refusal_of(const std::string& json) {
  try {
    parse_preset("test", json);
    return "accepted";
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message;
  }
}

}  // namespace

TEST_CASE("every embedded preset is sound and has what a login needs") {
  REQUIRE_FALSE(preset_ids().empty());
  for (const auto& id : preset_ids()) {
    CAPTURE(id);
    const auto provider = find_preset(id);
    REQUIRE(provider);
    CHECK_FALSE(provider->name.empty());
    CHECK_NOTHROW(endpoint("authorize_url", provider->authorize_url));
    CHECK_NOTHROW(endpoint("token_url", provider->token_url));
  }
}

TEST_CASE("the preset x holds what X documents") {
  const auto x = *find_preset("x");
  CHECK(x.authorize_url == "https://x.com/i/oauth2/authorize");
  CHECK(x.token_url == "https://api.x.com/2/oauth2/token");
  CHECK(x.revoke_url == "https://api.x.com/2/oauth2/revoke");
  CHECK(x.scope == std::vector<std::string>{"tweet.read", "users.read", "offline.access"});
  CHECK_FALSE(x.any_port);
  CHECK(choose_client_auth(x.client_auth, std::nullopt, false) == ClientAuth::none);
  CHECK(choose_client_auth(x.client_auth, std::nullopt, true) == ClientAuth::basic);
}

TEST_CASE("a preset file with a fault is refused by the field's name") {
  CHECK(refusal_of("[]") == "preset test: is not a JSON object");
  CHECK(refusal_of(R"({"nmae":"x"})") == "preset test: nmae is not a field");
  CHECK(refusal_of(R"({"name":1})") == "preset test: name needs a string");
  CHECK(refusal_of(R"({"any_port":"yes"})") == "preset test: any_port needs true or false");
  CHECK(refusal_of(R"({"scope":[1]})") == "preset test: scope needs an array of strings");
  CHECK(refusal_of(R"({"token_url":"http://as.example/"})") ==
        "preset test: token_url must be https (http is for this machine only)");
  CHECK(refusal_of(R"({"client_auth":["magic"]})") ==
        "preset test: magic is not a client authentication method");
}

TEST_CASE("endpoint refuses what is not absolute, not https, or has a fragment, TQ-2") {
  for (const char* url :
       {"", "/token", "http://as.example/", "https://as.example/#f", "ftp://a/"}) {
    CAPTURE(url);
    CHECK_THROWS_AS(endpoint("token_url", url), Error);
  }
  CHECK_NOTHROW(endpoint("token_url", "http://localhost:1/"));
  CHECK_NOTHROW(endpoint("token_url", "http://[::1]/"));
}
