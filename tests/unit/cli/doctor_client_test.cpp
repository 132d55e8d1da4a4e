#include "cli/doctor_client.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

Subject subject_with(const std::string& client_id, bool kept) {
  Subject subject;
  subject.name = "work";
  subject.kept = kept;
  subject.profile.token_url = "https://as.example/token";
  subject.profile.client_id = client_id;
  subject.provider.name = "Example";
  return subject;
}

}  // namespace

TEST_CASE("without a client ID it is said where to get one") {
  const CommandContext command;
  const Finding none = check_client(command.context, subject_with("", false));
  CHECK(none.health == Health::warning);
  CHECK(none.fix == "register an application with Example, then: xauth login work --client-id ID");
  CHECK(check_client(command.context, subject_with("", true)).health == Health::failure);
  Subject paged = subject_with("", false);
  paged.provider.registration_page = "https://example.com/apps";
  CHECK(check_client(command.context, paged).fix.find("at https://example.com/apps") !=
        std::string::npos);
  const Variable variable("XAUTH_CLIENT_ID", "from-environment");
  CHECK(check_client(command.context, subject_with("", false)).health == Health::ok);
}

TEST_CASE("what the application proves itself by, and what kinds there are") {
  const CommandContext command;
  Subject subject = subject_with("client", true);
  subject.provider.registration_note = "a Native App has no secret";
  const Finding open = check_client(command.context, subject);
  CHECK(open.health == Health::ok);
  CHECK(open.detail == "client, without a secret; at Example: a Native App has no secret");
  subject.profile.client_auth = "basic";
  const Finding lacking = check_client(command.context, subject);
  CHECK(lacking.health == Health::failure);
  CHECK(lacking.fix.find("--client-secret-file") != std::string::npos);
  const Variable secret("XAUTH_CLIENT_SECRET", "canary");
  const Finding proven = check_client(command.context, subject);
  CHECK(proven.health == Health::ok);
  CHECK(proven.detail.starts_with("client, which proves itself: basic"));
}

TEST_CASE("a preset's advice is given, a part of it only without its scope") {
  Subject subject = subject_with("client", true);
  subject.provider.advice = {
      {"always", "do this", ""},
      {"no refresh token", "xauth login {profile} --add-scope offline", "offline"}};
  subject.provider.scope = {"read", "offline"};
  const auto usual = judge_advice(subject);
  REQUIRE(usual.size() == 1);
  CHECK(usual[0].health == Health::ok);
  CHECK(usual[0].detail == "always");
  subject.profile.scope = "read";
  const auto less = judge_advice(subject);
  REQUIRE(less.size() == 2);
  CHECK(less[1].health == Health::warning);
  CHECK(less[1].fix == "xauth login work --add-scope offline");
}
