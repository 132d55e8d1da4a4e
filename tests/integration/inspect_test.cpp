// `xauth inspect`: what is in the tokens, and never a token.
#include <doctest/doctest.h>

#include <atomic>

#include "base/encoding.h"
#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::string unsigned_jwt(const std::string& header, const std::string& claims) {
  return base64url(header) + "." + base64url(claims) + "." + base64url("no signature");
}

struct InspectCase {
  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};

  Json inspected(const std::vector<std::string>& more = {}) const {
    std::vector<std::string> arguments = {"inspect", "work", "-o", "json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished ended = kept.xauth(arguments);
    CAPTURE(ended.err);
    CHECK(ended.status == 0);
    auto json = parse_json(ended.out);
    REQUIRE(json);
    return *std::move(json);
  }
};

}  // namespace

TEST_CASE_FIXTURE(InspectCase, "an access token that is no JWT is opaque") {
  CHECK(inspected().text() == R"({"profile":"work","access_token":{"opaque":true}})");
  const Finished plain = kept.xauth({"inspect"});
  CHECK(plain.status == 0);
  CHECK(plain.out.find("opaque") != std::string::npos);
}

TEST_CASE_FIXTURE(InspectCase, "an ID token is shown with its times in words, and never as it is") {
  const std::string expires = std::to_string(clock_now() + 3600);
  const std::string token =
      unsigned_jwt(R"({"alg":"RS256","kid":"k"})", R"({"iss":"https://as.example","sub":"me)"
                                                   "\\u001b[31m"
                                                   R"(","exp":)" +
                                                       expires + "}");
  kept.set_token("id_token", Json(token));

  const Json json = inspected();
  const Json& shown = *json.find("id_token");
  CHECK(*shown.find("header")->find("kid")->string() == "k");
  CHECK(*shown.find("claims")->find("iss")->string() == "https://as.example");
  CHECK(*shown.find("signature")->string() == "unchecked");

  const Finished plain = kept.xauth({"inspect", "work"});
  CHECK(plain.out.find("ID token, signature unchecked") != std::string::npos);
  CHECK(plain.out.find(" UTC (in ") != std::string::npos);
  CHECK(plain.out.find('\x1b') == std::string::npos);
  CHECK(plain.out.find(token) == std::string::npos);
}

TEST_CASE_FIXTURE(InspectCase, "a token on standard input is shown, and nobody is asked") {
  Start start = kept.start({"inspect", "-", "-o", "json"});
  start.input = unsigned_jwt(R"({"alg":"none"})", R"({"sub":"me"})") + "\n";
  const Finished ended = run(start);
  CHECK(ended.status == 0);
  const auto json = parse_json(ended.out);
  REQUIRE(json);
  CHECK(*json->find("token")->find("claims")->find("sub")->string() == "me");
  CHECK(*json->find("token")->find("signature")->string() == "invalid");

  start.input.clear();
  CHECK(run(start).status == 2);
  CHECK(run(kept.start({"inspect", "-", "--introspect"})).status == 2);
}

TEST_CASE_FIXTURE(InspectCase, "two lines on standard input are no token: 2, and none is shown") {
  Start start = kept.start({"inspect", "-"});
  const std::string token = unsigned_jwt(R"({"alg":"none"})", R"({"sub":"me"})");
  for (const auto& input :
       {token + "\n" + token + "\n", "Bearer " + token, std::string("opaque\nsecret")}) {
    start.input = input;
    const Finished ended = run(start);
    CHECK(ended.status == 2);
    CHECK(ended.out.empty());
    CHECK(ended.err.find("secret") == std::string::npos);
  }
}

TEST_CASE_FIXTURE(InspectCase,
                  "a JWT with an extension, and an encrypted one, show what they show") {
  Start start = kept.start({"inspect", "-", "-o", "json"});
  start.input = unsigned_jwt(R"({"alg":"RS256","crit":["exp"],"exp":1})", R"({"sub":"me"})");
  const auto extended = parse_json(run(start).out);
  REQUIRE(extended);
  const Json& shown = *extended->find("token");
  CHECK(*shown.find("claims")->find("sub")->string() == "me");
  CHECK(*shown.find("signature")->string() == "unchecked");
  CHECK(shown.find("reason")->string()->find("(crit)") != std::string::npos);

  start.input = base64url(R"({"alg":"RSA-OAEP","enc":"A256GCM"})") + ".key.iv.text.tag";
  const auto encrypted = parse_json(run(start).out);
  REQUIRE(encrypted);
  CHECK(encrypted->text() ==
        R"({"token":{"header":{"alg":"RSA-OAEP","enc":"A256GCM"},"signature":"unchecked",)"
        R"("reason":"it is encrypted, which xauth does not read"}})");
  start.arguments = kept.start({"inspect", "-"}).arguments;
  CHECK(run(start).out.find("A256GCM") != std::string::npos);
}

TEST_CASE_FIXTURE(InspectCase, "a busy provider is asked again what a token is, TQ-16") {
  kept.set_setting("introspect_url", Json(provider->introspect_url()));
  std::atomic<int> left = 2;
  provider->server().replace("/introspect", [&](const IncomingRequest&) {
    return left-- > 0 ? OutgoingReply{503, {}, ""} : OutgoingReply{200, {}, R"({"active":true})"};
  });
  CHECK(inspected({"--introspect"}).find("introspection")->text() == R"({"active":true})");
  CHECK(provider->server().count("/introspect") == 3);
  provider->server().replace("/introspect", always(503, ""));
  CHECK(kept.xauth({"inspect", "--introspect"}).status == 6);
  CHECK(provider->server().count("/introspect") == 6);
}

TEST_CASE_FIXTURE(InspectCase, "--introspect asks the provider, RV-5") {
  kept.set_setting("introspect_url", Json(provider->url() + "/introspect"));
  provider->server().replace("/introspect", always(200, R"({"active":true,"scope":"read"})"));
  CHECK(inspected({"--introspect"}).find("introspection")->text() ==
        R"({"active":true,"scope":"read"})");
  CHECK(provider->server()
            .requests("/introspect")
            .back()
            .request.body.find(kept.token("access_token")) != std::string::npos);

  provider->server().replace("/introspect", always(200, R"({"active":"yes"})"));
  CHECK(kept.xauth({"inspect", "--introspect"}).status == 7);
  kept.set_setting("introspect_url", {});
  const Finished none = kept.xauth({"inspect", "--introspect"});
  CHECK(none.status == 2);
  CHECK(none.err.find("introspection") != std::string::npos);
  CHECK(none.err.find("xauth config set profile.work.introspect_url URL") != std::string::npos);
}
