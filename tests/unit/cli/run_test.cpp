#include "cli/run.h"

#include <doctest/doctest.h>

using namespace xauth::cli;

TEST_CASE("docker calls its helper by name, which stands for a command") {
  using Words = std::vector<std::string>;
  CHECK(called_with({"xauth", "token"}) == Words{"token"});
  CHECK(called_with({"/bin/docker-credential-xauth", "list"}) ==
        Words{"credential", "docker", "list"});
  CHECK(called_with({"docker-credential-xauth"}) == Words{"credential", "docker"});
  CHECK(called_with({"./docker-credential-xauth-x", "get"}) == Words{"get"});
  CHECK(called_with({}).empty());
}
