// The configuration plan of OpenID Connect's conformance suite for clients: a case a module, by its
// name. (oidcc-client-test-idtoken-sig-none is in the basic plan too, and there.)
#include <doctest/doctest.h>

#include <atomic>

#include "support/http_exchange.h"
#include "support/openid_place.h"

using namespace xauth;
using namespace xauth::test;

namespace {

const std::string kMetadata(demo::path::kOpenidMetadata);

// The verdict of `inspect` on the signature of the kept ID token.
std::string signature_of(const OpenidPlace& here) {
  const Finished shown = run(here.start({"inspect", "work", "-o", "json"}));
  return *parse_json(shown.out).value().find("id_token")->find("signature")->string();
}

}  // namespace

TEST_CASE("oidcc-client-test-discovery-openid-config") {
  const std::pair<const char*, const char*> endpoints[] = {{"authorization_endpoint", "/authorize"},
                                                           {"token_endpoint", "/token"},
                                                           {"userinfo_endpoint", "/me"},
                                                           {"revocation_endpoint", "/revoke"},
                                                           {"jwks_uri", "/jwks"}};
  OpenidPlace here;
  for (const auto& [member, from] : endpoints)
    here.move(member, from, "/elsewhere" + std::string(from));
  here.check_accepted();
  CHECK(here.last(kMetadata).request.method == "GET");
  CHECK(here.asked(kMetadata) == 1);
  CHECK(run(here.start({"logout"})).status == 0);
  for (const auto& [member, from] : endpoints) {
    CAPTURE(member);
    CHECK(here.asked("/elsewhere" + std::string(from)) > 0);
    CHECK(here.asked(from) == 0);
  }
}

TEST_CASE("oidcc-client-test-discovery-jwks-uri-keys") {
  OpenidPlace here;
  for (const std::string& path : {std::string("/keys-of-the-first-run"), std::string("/keys/2")}) {
    CAPTURE(path);
    here.move("jwks_uri", "/jwks", path);
    here.check_accepted();
    CHECK(here.asked(path) == 1);
    CHECK(here.kept("config.json", "profiles.work.jwks_url") == here.provider->url(path));
    CHECK(signature_of(here) == "valid");
  }
  CHECK(here.asked("/jwks") == 0);
}

TEST_CASE("oidcc-client-test-discovery-issuer-mismatch") {
  OpenidPlace here;
  const auto check_mismatch = [&](const std::string& issuer) {
    const Finished login =
        run(here.start({"login", "work", "--issuer", issuer, "--client-id", kBasicClient,
                        "--redirect-uri", "http://127.0.0.1:0/callback", "--no-browser"}));
    CHECK(login.status == 7);
    CHECK(login.err.find("issuer") != std::string::npos);
    CHECK(login.err.find("code_challenge") == std::string::npos);
    return login.err;
  };
  const std::string slash = check_mismatch(here.provider->url() + "/");
  CHECK(slash.find("--issuer " + here.provider->url()) != std::string::npos);
  for (const auto& other :
       {here.provider->url() + "/", std::string("https://evil.example"), std::string()}) {
    CAPTURE(other);
    here.tell("issuer", Json(other));
    check_mismatch(here.provider->url());
  }
  for (const char* path : {"/authorize", "/token", "/jwks", "/me"}) CHECK(here.asked(path) == 0);
  CHECK(here.files().empty());
}

TEST_CASE("oidcc-client-test-signing-key-rotation") {
  const OpenidPlace here;
  here.check_accepted();
  const std::string kid = *here.id_token_header().find("kid")->string();
  here.provider->server().rotate_keys();
  CHECK(signature_of(here) != "valid");  // its key is gone
  here.check_accepted();
  CHECK(*here.id_token_header().find("kid")->string() != kid);
  CHECK(signature_of(here) == "valid");
}

// The key set that is fetched first is the one of before the rotation.
TEST_CASE("oidcc-client-test-signing-key-rotation-just-before-signing") {
  const OpenidPlace here;
  const auto before = exchange(get(here.provider->keys_url())).response.value();
  here.provider->server().rotate_keys();
  std::atomic<int> stale = 1;
  here.provider->server().wrap("/jwks", [&](const auto& request, const demo::Answer& original) {
    return stale-- > 0 ? OutgoingReply{200, {{"Content-Type", "application/json"}}, before.body}
                       : original(request);
  });
  const int asked = here.asked("/jwks");
  here.check_accepted();
  CHECK(here.asked("/jwks") == asked + 2);
  CHECK(signature_of(here) == "valid");
}

TEST_CASE(
    "a key set that cannot be had at once is asked for again, and a login is not lost, TQ-16") {
  const OpenidPlace here;
  std::atomic<int> left = 2;
  here.provider->server().wrap("/jwks", [&](const auto& request, const demo::Answer& original) {
    return left-- > 0 ? OutgoingReply{503, {}, ""} : original(request);
  });
  here.check_accepted();
  CHECK(here.asked("/jwks") == 3);
}

TEST_CASE("a key set that cannot be had: 6, and no login is kept without its check, TQ-16, ID-3") {
  const OpenidPlace here;
  for (const auto& [status, asked] : {std::pair(503, 3), std::pair(500, 2)}) {
    CAPTURE(status);
    const int before = here.asked("/jwks");
    here.provider->server().replace("/jwks", [status = status](const auto&) {
      return OutgoingReply{status, {}, ""};
    });
    CHECK(here.sign_in().status == 6);
    CHECK(here.asked("/jwks") == before + asked);
    CHECK(here.provider->server().grants_alive() == 0);
    CHECK(here.files().empty());
  }
}
