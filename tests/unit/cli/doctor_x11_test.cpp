#include "cli/doctor_x11.h"

#include <doctest/doctest.h>

using namespace xauth;
using namespace xauth::cli;

TEST_CASE("X11's program is reached through ours, or why not") {
  CHECK(judge_x11("", std::nullopt).health == Health::ok);
  const Finding found = judge_x11("/usr/bin/xauth", 0);
  CHECK(found.health == Health::ok);
  CHECK(found.detail == "calls of X11's program reach /usr/bin/xauth");
  const Finding broken = judge_x11("/usr/bin/xauth", 127);
  CHECK(broken.health == Health::failure);
  CHECK(broken.detail.find("status 127") != std::string::npos);
  CHECK(judge_x11("/usr/bin/xauth", std::nullopt).detail.ends_with("does not end"));
}
