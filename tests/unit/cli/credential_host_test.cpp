#include "cli/credential_host.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;

namespace {

struct Hosts : CommandContext {
  Hosts() { login.log_in("work", store::tokens_named("1")); }

  void set(const std::string& provider, const std::vector<std::string>& host) const {
    login.store.change_config([&](store::Config& config) {
      auto profile = store::profile_of_x();
      profile.provider = provider;
      profile.host = host;
      config.set_profile("work", profile);
    });
  }

  bool answers(const std::string& host, const std::string& profile = "work") const {
    return profile_for_host(context, profile, host).has_value();
  }
};

}  // namespace

TEST_CASE_FIXTURE(Hosts, "a token is for the profile's hosts, byte for byte, ST-18") {
  set("github", {"git.example", "git.example:8443"});
  CHECK(answers("git.example"));
  CHECK(answers("git.example:8443"));
  for (const char* other : {"", "github.com", "git.example:443", "GIT.example", "git.example.",
                            "a.git.example", "git.example.evil.example", "xgit.example"}) {
    CAPTURE(other);
    CHECK_FALSE(answers(other));
  }
}

TEST_CASE_FIXTURE(Hosts, "without hosts of its own a profile has its preset's") {
  set("github", {});
  CHECK(answers("github.com"));
  CHECK_FALSE(answers("git.example"));
  set("x", {});
  CHECK_FALSE(answers("x.com"));
}

TEST_CASE_FIXTURE(Hosts, "a profile that there is not answers for no host, without an error") {
  set("github", {});
  CHECK_FALSE(answers("github.com", "absent"));
  CHECK(answers("github.com", ""));  // the default one
  login.store.change_config([](store::Config& config) { config.unset_default(); });
  CHECK_FALSE(answers("github.com", ""));
  const test::Variable named("XAUTH_PROFILE", "work");
  CHECK(answers("github.com", ""));
  CHECK_THROWS_AS(answers("github.com", "../work"), Error);
}

TEST_CASE_FIXTURE(Hosts, "tokens of another provider than the profile's are given to nobody") {
  set("github", {});
  const auto profile = profile_for_host(context, "work", "github.com");
  REQUIRE(profile);
  login.log_in("work", store::tokens_named("1", Seconds(1'000'000'000)));
  set("github", {});
  CHECK_THROWS_AS(credential_tokens(context, *profile), Error);  // they are X's
}

TEST_CASE("the host of an https URL, as it is written") {
  CHECK(https_host("https://ghcr.example") == "ghcr.example");
  CHECK(https_host("https://index.docker.io/v1/") == "index.docker.io");
  CHECK(https_host("https://a.example:6443?x") == "a.example:6443");
  for (const char* bad : {"", "ghcr.example", "http://ghcr.example", "https://me@ghcr.example",
                          "https://GHCR.example", "https://a.example:06443", "https://a b",
                          "https://a\n", "HTTPS://a.example"}) {
    CAPTURE(bad);
    CHECK_FALSE(https_host(bad));
  }
}
