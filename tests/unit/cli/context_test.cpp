#include "cli/context.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

TEST_CASE("a profile is the argument, else XAUTH_PROFILE, else the default, else 4") {
  const CommandContext command;
  const auto& context = command.context;
  CHECK(error_of([&] { choose_profile(context, ""); }).code == Code::login_needed);
  command.login.log_in("usual", store::tokens_named("a"));
  CHECK(choose_profile(context, "") == "usual");
  const Variable variable("XAUTH_PROFILE", "work");
  CHECK(choose_profile(context, "") == "work");
  CHECK(choose_profile(context, "given") == "given");
}

TEST_CASE("a profile's name is checked wherever it comes from, ST-7") {
  const CommandContext command;
  CHECK(error_of([&] { choose_profile(command.context, "../x"); }).code == Code::usage);
  const Variable variable("XAUTH_PROFILE", "../x");
  CHECK(error_of([&] { choose_profile(command.context, ""); }).code == Code::usage);
}

TEST_CASE("who is not logged in is told what to type") {
  const CommandContext command;
  command.login.log_in("work", store::tokens_named("a"));
  const auto known = not_logged_in(command.context, "work");
  CHECK(known.code == Code::login_needed);
  CHECK(known.message == "work is not logged in");
  CHECK(known.hint == "xauth login work");
  const auto slip = not_logged_in(command.context, "wrok");
  CHECK(slip.message == "there is no profile wrok; is it work?");
  CHECK(slip.hint == "xauth status");
  CHECK(not_logged_in(command.context, "other").hint == "xauth login other --provider ID");
}
