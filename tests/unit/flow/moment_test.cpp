#include "flow/moment.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace xauth;

TEST_CASE("a moment is now, with randomness of its own") {
  System system;
  int drawn = 0;
  system.now = [] { return Time(Seconds(7)); };
  system.fill_random = [&](std::span<std::byte> bytes) {
    ++drawn;
    std::fill(bytes.begin(), bytes.end(), std::byte(drawn));
  };
  const auto first = flow::moment_of(system);
  CHECK(first.now == Time(Seconds(7)));
  CHECK(first.jti.front() == std::byte(1));
  CHECK(flow::moment_of(system).jti.back() == std::byte(2));
  CHECK(flow::draw(system).back() == std::byte(3));
}
