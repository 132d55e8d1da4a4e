#include "cli/issuer.h"

#include <doctest/doctest.h>

#include "cli/connection.h"
#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

using Texts = std::vector<std::string>;

const std::string kIssuer = "https://as.example";

oauth::Metadata metadata() {
  oauth::Metadata metadata;
  metadata.issuer = kIssuer;
  metadata.endpoints.authorize_url = "https://as.example/a";
  metadata.endpoints.token_url = "https://as.example/t";
  metadata.endpoints.jwks_url = "https://keys.example/k";
  metadata.openid = true;
  return metadata;
}

store::Profile at_issuer(const std::string& token_url = "https://as.example/t") {
  return {.issuer = kIssuer, .authorize_url = "https://as.example/a", .token_url = token_url};
}

std::string conflict(const store::Profile& one, const store::Profile& other) {
  const CommandContext command;
  store::Config config;
  config.set_profile("one", one);
  try {
    check_one_place(command.context, config, "two", other);
    return "none";
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message.find("profile one ") != std::string::npos ? "one" : error.message;
  }
}

}  // namespace

TEST_CASE("which issuer is asked: the one named; a preset with endpoints of its own needs none") {
  const CommandContext command;
  const auto asked = [&](const store::Profile& profile) {
    return issuer_to_ask(command.context, profile);
  };
  CHECK(asked({.issuer = kIssuer}) == kIssuer);
  CHECK(asked({.provider = "x", .issuer = kIssuer}) == kIssuer);
  CHECK(asked({.provider = "x"}).empty());
  CHECK(asked({.token_url = "https://as.example/t"}).empty());
}

TEST_CASE("what an issuer said earlier is forgotten, what options said stays") {
  auto profile = at_issuer();
  profile.given_url = {"revoke_url"};
  profile.revoke_url = "https://other.example/r";
  LoginOptions options;
  options.token_url = profile.token_url = "https://as.example/given";
  forget_found_urls(profile, options);
  CHECK(profile.authorize_url.empty());
  CHECK(profile.token_url == "https://as.example/given");
  CHECK(profile.revoke_url == "https://other.example/r");
  CHECK(profile.given_url == Texts{"revoke_url", "token_url"});
}

TEST_CASE("metadata adds what neither options nor the preset say") {
  store::Profile profile{.issuer = kIssuer};
  oauth::Provider provider{.token_url = "https://preset.example/t",
                           .client_auth = {oauth::ClientAuth::post}};
  auto said = metadata();
  said.sends_iss = true;
  said.token_endpoint_auth_methods_supported = {"none"};
  add_found(said, profile, provider);
  CHECK(profile.authorize_url == "https://as.example/a");
  CHECK(profile.token_url.empty());
  CHECK(provider.token_url == "https://preset.example/t");
  CHECK(provider.jwks_url == "https://keys.example/k");
  CHECK(provider.client_auth == std::vector<oauth::ClientAuth>{oauth::ClientAuth::post});
  CHECK(provider.sends_iss);
}

TEST_CASE("a client with a certificate goes to the endpoints that are for it, DI-8") {
  auto said = metadata();
  said.mtls.token_url = "https://mtls.example/t";
  said.mtls.authorize_url = "https://mtls.example/a";
  store::Profile profile{.issuer = kIssuer,
                         .authorize_url = "https://as.example/given",
                         .given_url = {"authorize_url"}};
  const CommandContext command;
  auto provider = provider_of(command.context, profile);
  add_found(said, profile, provider);
  use_mtls_endpoints(said, profile, provider);
  CHECK(profile.token_url == "https://mtls.example/t");
  CHECK(provider.token_url == "https://mtls.example/t");
  CHECK(provider.authorize_url == "https://as.example/given");
  CHECK(provider.jwks_url == "https://keys.example/k");
}

TEST_CASE("the client authentication that metadata lists, Basic before others, TQ-9") {
  using oauth::ClientAuth;
  auto said = metadata();
  said.token_endpoint_auth_methods_supported = {"none", "client_secret_post", "unknown",
                                                "client_secret_basic"};
  store::Profile profile;
  oauth::Provider provider;
  add_found(said, profile, provider);
  CHECK(choose_client_auth(provider.client_auth, std::nullopt, {.secret = true}) ==
        ClientAuth::basic);
  CHECK(choose_client_auth(provider.client_auth, std::nullopt, {}) == ClientAuth::none);
  said.token_endpoint_auth_methods_supported = {"client_secret_post"};
  oauth::Provider posting;
  add_found(said, profile, posting);
  CHECK(choose_client_auth(posting.client_auth, std::nullopt, {.secret = true}) ==
        ClientAuth::post);
}

TEST_CASE("the scopes that are asked for are the usual ones that the issuer has, AZ-11") {
  auto said = metadata();
  CHECK(usual_scopes(said) == Texts{"openid", "profile", "email", "offline_access"});
  said.scopes_supported = {"email", "openid", "address"};
  CHECK(usual_scopes(said) == Texts{"openid", "email"});
  said.openid = false;
  CHECK(usual_scopes(said).empty());
}

TEST_CASE("endpoints on another host are told, DI-4") {
  const auto told = elsewhere(metadata());
  REQUIRE(told.size() == 1);
  CHECK(told.front() == "jwks_url is on another host than the issuer: keys.example");
}

TEST_CASE("one issuer has one place by hand, CB-10") {
  auto by_hand = at_issuer("https://evil.example/t");
  by_hand.given_url = {"token_url"};
  CHECK(conflict(at_issuer(), by_hand) == "one");
  CHECK(conflict(by_hand, at_issuer()) == "one");
  CHECK(conflict(by_hand, by_hand) == "none");
  CHECK(conflict(at_issuer(), at_issuer("https://as.example/moved")) == "none");
  auto revoking = at_issuer();
  revoking.given_url = {"revoke_url"};
  revoking.revoke_url = "https://other.example/r";
  CHECK(conflict(at_issuer(), revoking) == "none");
  CHECK(conflict({.token_url = "https://evil.example/t"}, at_issuer()) == "none");
  CHECK(conflict({.provider = "nobody", .issuer = kIssuer}, at_issuer()) == "none");
}
