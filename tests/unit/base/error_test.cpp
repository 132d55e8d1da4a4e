#include "base/error.h"

#include <doctest/doctest.h>

#include <csignal>
#include <set>
#include <string>

using namespace xauth;

TEST_CASE("every code has a name of its own and is the exit status") {
  const std::pair<Code, int> cases[] = {
      {Code::failure, 1},        {Code::usage, 2},       {Code::refused, 3},
      {Code::login_needed, 4},   {Code::timeout, 5},     {Code::unreachable, 6},
      {Code::bad_response, 7},   {Code::storage, 8},     {Code::busy, 9},
      {Code::not_runnable, 126}, {Code::not_found, 127},
  };
  std::set<std::string_view> names = {name_of(Code::interrupted)};
  for (const auto& [code, status] : cases) {
    CHECK(Error(code, "m").exit_status() == status);
    names.insert(name_of(code));
  }
  CHECK(names.size() == std::size(cases) + 1);
  CHECK(name_of(Code::login_needed) == "login_needed");
}

TEST_CASE("a signal ends with 128 and its number") {
  CHECK(Error::interrupted_by(SIGHUP).exit_status() == 129);
  CHECK(Error::interrupted_by(SIGINT).exit_status() == 130);
  CHECK(Error::interrupted_by(SIGTERM).exit_status() == 143);
}

TEST_CASE("what() is the message") {
  CHECK(std::string(Error(Code::usage, "message", "hint").what()) == "message");
}
