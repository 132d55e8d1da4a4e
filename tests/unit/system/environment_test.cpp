#include "system/environment.h"

#include <doctest/doctest.h>

#include "unit/system/sandbox.h"

using namespace sandbox;
using namespace xauth;

TEST_CASE("a variable that is not set is empty") {
  const Variable unset("XAUTH_UNIT_TEST", std::nullopt);
  CHECK(environment("XAUTH_UNIT_TEST").empty());
  const Variable set("XAUTH_UNIT_TEST", "v");
  CHECK(environment("XAUTH_UNIT_TEST") == "v");
}
