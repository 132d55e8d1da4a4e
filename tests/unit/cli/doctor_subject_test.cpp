#include "cli/doctor_subject.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

TEST_CASE("a profile, a provider's ID, or nothing yet") {
  const CommandContext command;
  Findings findings;
  CHECK_FALSE(find_subject(command.context, "", findings));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].health == Health::ok);
  CHECK(findings[0].detail == "nobody is logged in yet");

  const auto future = find_subject(command.context, "github", findings);
  REQUIRE(future);
  CHECK_FALSE(future->kept);
  CHECK(future->provider.id == "github");

  command.login.log_in("work", store::tokens_named("canary"));
  const auto usual = find_subject(command.context, "", findings);
  REQUIRE(usual);
  CHECK(usual->name == "work");
  CHECK(usual->kept);
  CHECK(usual->provider.id == "x");
  CHECK(findings.size() == 1);
  const Variable named("XAUTH_PROFILE", "github");
  CHECK(find_subject(command.context, "", findings)->name == "github");
}

TEST_CASE("what means nothing is refused, with the nearest name") {
  const CommandContext command;
  command.login.log_in("work", store::tokens_named("canary"));
  Findings findings;
  const Error error = error_of([&] { find_subject(command.context, "wrok", findings); });
  CHECK(error.code == Code::login_needed);
  CHECK(error.message.find("work") != std::string::npos);
  CHECK(error_of([&] { find_subject(command.context, "../x", findings); }).code == Code::usage);
}

TEST_CASE("settings that are no use are a finding, not the end") {
  const CommandContext command;
  command.login.log_in("work", store::tokens_named("canary"));
  command.login.store.change_config([](store::Config& config) {
    config.set_profile("lost", {.provider = "no-such-provider", .client_id = "c"});
    config.forget("work");
  });
  Findings findings;
  CHECK_FALSE(find_subject(command.context, "lost", findings));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].name == "provider");
  CHECK_FALSE(find_subject(command.context, "work", findings));  // tokens alone
  CHECK(findings.back().detail == "work has tokens, but no settings");
  CHECK_FALSE(find_subject(command.context, "", findings));
  CHECK(findings.back().fix == "xauth use lost");
  const auto before = findings.size();
  put(command.login.path_of("config.json"),
      R"({"version":1,"default":"broken","profiles":{"broken":{"client_id":7}}})");
  CHECK_FALSE(find_subject(command.context, "broken", findings));  // the check of the files says it
  CHECK_FALSE(find_subject(command.context, "", findings));
  put(command.login.path_of("config.json"), "{");
  CHECK_FALSE(find_subject(command.context, "work", findings));
  CHECK(findings.size() == before);
}
