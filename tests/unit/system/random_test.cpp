#include "system/random.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <vector>

using namespace xauth;

TEST_CASE("fill_random fills a span of any size, and differently each time, AZ-7") {
  std::array<std::byte, 32> first{};
  std::array<std::byte, 32> second{};
  fill_random(first);
  fill_random(second);
  CHECK(first != second);
  CHECK(first != std::array<std::byte, 32>{});

  std::vector<std::byte> large(100'000);
  fill_random(large);
  const auto tail = std::vector<std::byte>(large.end() - 64, large.end());
  CHECK(std::count(tail.begin(), tail.end(), std::byte{0}) < 32);
  fill_random({});
}
