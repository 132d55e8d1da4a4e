// `xauth status --check`: the provider is asked, and revoked is told from unreachable.
#include <doctest/doctest.h>

#include "support/kept_login.h"

using namespace xauth;
using namespace xauth::test;

namespace {

struct CheckCase {
  CheckCase() { kept.set_setting("userinfo_url", Json(provider->account_url())); }

  // The status of `status work --check`, and what it says of the token.
  void check(int status, const std::string& verdict, const std::string& state) const {
    const Finished ended = kept.xauth({"status", "work", "--check", "-o", "json"});
    CAPTURE(ended.err);
    CHECK(ended.status == status);
    const auto rows = parse_json(ended.out);
    REQUIRE(rows);
    REQUIRE(rows->array()->size() == 1);
    CHECK(*rows->array()->front().find("check")->string() == verdict);
    CHECK(*rows->array()->front().find("state")->string() == state);
  }

  void answer(int status, const std::string& body) const {
    provider->server().replace("/me", always(status, body));
  }

  std::unique_ptr<demo::Provider> provider = start_provider(demo::plain());
  KeptLogins kept{*provider, {.lifetime = 3600}};
};

}  // namespace

TEST_CASE_FIXTURE(CheckCase,
                  "a token that the provider takes is accepted, by its account endpoint") {
  check(0, "accepted", "valid");
  CHECK(provider->server().count("/me") == 1);
  CHECK(provider->server().count("/token") == 1);
  answer(403, R"({"error":"insufficient_scope"})");
  check(0, "accepted", "valid");
}

TEST_CASE_FIXTURE(CheckCase, "revoked is 4, unreachable 6, an answer that does not tell 7") {
  answer(401, R"({"error":"invalid_token"})");
  check(4, "revoked", "login_needed");
  answer(503, "");
  check(6, "unreachable", "valid");
  answer(200, "<p>");
  check(7, "unknown", "valid");
  kept.set_setting("userinfo_url", Json("http://127.0.0.1:1/me"));
  check(6, "unreachable", "valid");
}

TEST_CASE_FIXTURE(CheckCase,
                  "without an account endpoint, introspection tells; without both, nobody") {
  kept.set_setting("userinfo_url", {});
  check(0, "not_asked", "valid");
  kept.set_setting("introspect_url", Json(provider->introspect_url()));
  provider->server().replace("/introspect", always(200, R"({"active":true})"));
  check(0, "accepted", "valid");
  provider->server().replace("/introspect", always(200, R"({"active":false})"));
  check(4, "revoked", "login_needed");
}

TEST_CASE_FIXTURE(CheckCase, "an expired token is renewed first; a dead grant is a revoked one") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  check(0, "accepted", "valid");
  CHECK(provider->server().count("/token") == 2);
  kept.set_token("expires_at", Json(clock_now() - 1));
  provider->server().replace("/token", always(503, ""));
  check(6, "unreachable", "refreshable");
  provider->server().replace("/token", always(400, R"({"error":"invalid_grant"})"));
  check(4, "revoked", "login_needed");
}

TEST_CASE_FIXTURE(CheckCase, "a token that is not taken any more is renewed, which cures it") {
  provider->server().wrap("/me", [this](const auto& request, const demo::Answer& original) {
    const bool first = provider->server().count("/token") == 1;  // the login's own
    return first ? always(401, R"({"error":"invalid_token"})")(request) : original(request);
  });
  check(0, "accepted", "valid");
  CHECK(provider->server().count("/token") == 2);
  check(0, "accepted", "valid");
  CHECK(provider->server().count("/token") == 2);
}

TEST_CASE_FIXTURE(CheckCase, "a token that is not taken and cannot be renewed") {
  answer(401, R"({"error":"invalid_token"})");
  provider->server().replace("/token", always(503, ""));
  check(6, "unreachable", "valid");
  provider->server().replace("/token", always(400, R"({"error":"invalid_grant"})"));
  check(4, "revoked", "login_needed");
  provider->server().restore("/token");
  const int before = provider->server().count("/token");
  kept.set_token("refused", {});
  kept.set_token("refresh_token", {});
  check(4, "revoked", "login_needed");
  CHECK(provider->server().count("/token") == before);
}

TEST_CASE_FIXTURE(CheckCase, "a login that is none asks nobody") {
  kept.set_token("expires_at", Json(clock_now() - 1));
  kept.set_token("refresh_token", Json());
  check(4, "not_asked", "login_needed");
  kept.write("tokens/work.json", "{");
  check(8, "not_asked", "unreadable");
  CHECK(provider->server().count("/me") == 0);
}

TEST_CASE_FIXTURE(CheckCase, "all profiles are asked, and the first trouble is the status") {
  kept.add(*provider, {.profile = "home", .lifetime = 3600});
  kept.set_setting("userinfo_url", Json("http://127.0.0.1:1/me"), "home");
  const Finished trouble = kept.xauth({"status", "--check"});
  CHECK(trouble.status == 6);
  CHECK(trouble.out.find("accepted") != std::string::npos);
  CHECK(trouble.out.find("unreachable") != std::string::npos);
  CHECK(trouble.err.starts_with("xauth: home: "));
  answer(401, "{}");
  const Finished both = kept.xauth({"status", "--check"});
  CHECK(both.status == 4);
  CHECK(both.err.find("warning: home: ") != std::string::npos);
  CHECK(kept.xauth({"status"}).status == 0);
  CHECK(kept.xauth({"status"}).out.find("CHECK") == std::string::npos);
}

TEST_CASE_FIXTURE(CheckCase, "tokens without settings are shown, and nobody is asked about them") {
  kept.write("config.json", R"({"version":1})");
  check(4, "not_asked", "login_needed");
  CHECK(provider->server().count("/me") == 0);
}
