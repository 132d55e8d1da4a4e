// `xauth provider discover`.
#include <doctest/doctest.h>

#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

// A provider that says of itself `members`, beside its issuer and token endpoint.
struct Discovered : Workplace {
  explicit Discovered(const Json::Object& members = {}) {
    Json document((Json::Object()));
    document.set("issuer", Json(provider->url()));
    document.set("token_endpoint", Json(provider->token_url()));
    for (const auto& [name, value] : members) document.set(name, value);
    provider->server().replace(
        "/.well-known/openid-configuration", [text = document.text()](const IncomingRequest&) {
          return OutgoingReply{200, {{"Content-Type", "application/json"}}, text};
        });
  }

  Finished discover(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"provider", "discover", provider->url()};
    words.insert(words.end(), more.begin(), more.end());
    return run(start(words));
  }
};

}  // namespace

TEST_CASE("what an issuer says is shown a fact a line, other hosts marked, DI-4") {
  const Discovered here({{"jwks_uri", Json("https://keys.example/k")},
                         {"scopes_supported", Json(Json::Array{Json("openid"), Json("email")})},
                         {"authorization_response_iss_parameter_supported", Json(true)},
                         {"unknown", Json("left out")}});
  const Finished shown = here.discover();
  CHECK(shown.status == 0);
  CHECK(shown.err.empty());
  CHECK(shown.out.find("token_endpoint") != std::string::npos);
  CHECK(shown.out.find(here.provider->token_url() + "\n") != std::string::npos);
  CHECK(shown.out.find("https://keys.example/k  (another host: keys.example)\n") !=
        std::string::npos);
  CHECK(shown.out.find("openid email\n") != std::string::npos);
  CHECK(shown.out.find("  true\n") != std::string::npos);
  CHECK(shown.out.find("unknown") == std::string::npos);
  CHECK(here.files().empty());
}

TEST_CASE("with -o json the document's known members are shown as they came") {
  const Discovered here(
      {{"scopes_supported", Json(Json::Array{Json("openid")})}, {"unknown", Json("left out")}});
  const Finished shown = here.discover({"-o", "json"});
  CHECK(shown.status == 0);
  CHECK(shown.out == R"({"issuer":")" + here.provider->url() + R"(","token_endpoint":")" +
                         here.provider->token_url() + R"(","scopes_supported":["openid"]})" + "\n");
}

TEST_CASE("what an issuer says does not steer the terminal, DI-9, IN-13") {
  const Discovered here(
      {{"service_documentation", Json("https://as.example/\x1b]0;owned\x07\n\xE2\x80\xAEx")},
       {"scopes_supported", Json(Json::Array{Json("a\x1b[2J")})}});
  const Finished shown = here.discover();
  CHECK(shown.status == 0);
  CHECK(shown.out.find('\x1b') == std::string::npos);
  CHECK(shown.out.find('\x07') == std::string::npos);
  CHECK(shown.out.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(here.discover({"-o", "json"}).out.find('\x1b') == std::string::npos);
}

TEST_CASE("an issuer that cannot be asked, is none or says nothing sound: 6, 2 and 7") {
  const Discovered bad({{"authorization_endpoint", Json("javascript:alert(1)")}});
  const Finished refused = bad.discover();
  CHECK(refused.status == 7);
  CHECK(refused.err.find("authorization_endpoint") != std::string::npos);
  CHECK(refused.out.empty());
  CHECK(run(bad.start({"provider", "discover", "http://as.example"})).status == 2);
  CHECK(run(bad.start({"provider", "discover"})).status == 2);
  const std::string document = bad.provider->url() + "/.well-known/openid-configuration";
  CHECK(run(bad.start({"provider", "discover", document})).status == 2);
  bad.provider->stop();
  CHECK(bad.discover().status == 6);
}

TEST_CASE("an issuer that differs by a slash is hinted as it is typed here") {
  const Discovered here;
  const Finished shown = run(here.start({"provider", "discover", here.provider->url() + "/"}));
  CHECK(shown.status == 7);
  CHECK(shown.err.find("xauth provider discover " + here.provider->url() + "\n") !=
        std::string::npos);
  CHECK(shown.err.find("--issuer") == std::string::npos);
}
