// `xauth whoami`: the provider is asked who the token is.
#include <doctest/doctest.h>

#include <atomic>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct WhoamiCase {
  WhoamiCase() { kept.set_setting("userinfo_url", Json(provider->account_url())); }

  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};
};

}  // namespace

TEST_CASE_FIXTURE(WhoamiCase, "whoami prints the account alone, and as JSON all that was said") {
  const Finished plain = kept.xauth({"whoami"});
  CHECK(plain.status == 0);
  CHECK(plain.out == "demo\n");
  CHECK(plain.err.empty());

  const auto json = parse_json(kept.xauth({"whoami", "work", "-o", "json"}).out);
  REQUIRE(json);
  CHECK(*json->find("profile")->string() == "work");
  CHECK(*json->find("provider")->string() == "custom");
  CHECK(*json->find("account")->string() == "demo");
  CHECK(json->find("claims")->find("sub") != nullptr);
  CHECK(json->object()->size() == 4);
}

TEST_CASE_FIXTURE(WhoamiCase, "whoami renews an expired token first") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  const std::string before = kept.token("access_token");
  CHECK(kept.xauth({"whoami"}).out == "demo\n");
  CHECK(kept.token("access_token") != before);
}

TEST_CASE_FIXTURE(WhoamiCase, "a token that the provider does not take any more: 4, whoami") {
  provider->server().replace("/me", always(401, "{}"));
  const Finished ended = kept.xauth({"whoami", "work"});
  CHECK(ended.status == 4);
  CHECK(ended.out.empty());
  CHECK(ended.err.find("  try: xauth login work") != std::string::npos);
}

TEST_CASE_FIXTURE(WhoamiCase, "an error that comes as a success is no account: a dead token is 4") {
  provider->server().replace("/me", always(200, R"({"error":"invalid_token"})"));
  const Finished dead = kept.xauth({"whoami", "work", "-o", "json"});
  CHECK(dead.status == 4);
  CHECK(dead.out.empty());
  CHECK(dead.err.find("invalid_token") != std::string::npos);
  CHECK(dead.err.find("xauth login work") != std::string::npos);
  CHECK(kept.xauth({"status", "work", "--check"}).status == 4);
  provider->server().replace(
      "/me", always(403, R"({"error":"insufficient_scope","error_description":"ask for email"})"));
  const Finished narrow = kept.xauth({"whoami"});
  CHECK(narrow.status == 3);
  CHECK(narrow.err.find("(status 403): insufficient_scope: ask for email") != std::string::npos);
}

TEST_CASE_FIXTURE(WhoamiCase,
                  "a provider that stumbles is asked again, one in trouble is 6, TQ-16") {
  for (const auto& [status, asked] : {std::pair(503, 3), std::pair(429, 3), std::pair(502, 2)}) {
    CAPTURE(status);
    int before = provider->server().count("/me");
    provider->server().replace("/me", always(status, ""));
    CHECK(kept.xauth({"whoami"}).status == 6);
    CHECK(provider->server().count("/me") == before + asked);
    before += asked;
    std::atomic<int> left = 1;
    provider->server().wrap(
        "/me", [&, status = status](const auto& request, const demo::Answer& original) {
          return left-- > 0 ? OutgoingReply{status, {}, ""} : original(request);
        });
    CHECK(kept.xauth({"whoami"}).out == "demo\n");
    CHECK(provider->server().count("/me") == before + 2);
  }
}

TEST_CASE_FIXTURE(WhoamiCase, "an answer about somebody else, or about nobody, is not believed") {
  provider->server().replace("/me", always(200, R"({"sub":"another","email":"eve"})"));
  CHECK(kept.xauth({"whoami"}).status == 7);
  provider->server().replace("/me", always(200, "{}"));
  CHECK(kept.xauth({"whoami"}).status == 7);
  provider->server().replace("/me", always(200, "<p>", "text/html"));
  CHECK(kept.xauth({"whoami"}).status == 7);
}

TEST_CASE_FIXTURE(WhoamiCase, "whoami without an account endpoint, or without a login") {
  kept.set_setting("userinfo_url", {});
  const Finished ended = kept.xauth({"whoami"});
  CHECK(ended.status == 2);
  CHECK(ended.err.find("--userinfo-url") != std::string::npos);
  CHECK(kept.xauth({"whoami", "nobody"}).status == 4);
}
