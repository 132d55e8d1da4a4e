#include "base/secret.h"

#include <doctest/doctest.h>

#include <type_traits>

using namespace xauth;

TEST_CASE("Secret compares only through matches, and moves leave nothing behind") {
  Secret secret(std::string("short"));
  CHECK(secret.matches("short"));
  CHECK_FALSE(secret.matches("shorT"));
  CHECK_FALSE(secret.matches("shor"));
  Secret moved(std::move(secret));
  CHECK(secret.empty());  // NOLINT(bugprone-use-after-move): that is the point
  CHECK(moved.reveal() == "short");
}

TEST_CASE("wipe overwrites the bytes that a shortened string leaves in its buffer") {
  std::string text = "a-long-secret-that-is-on-the-heap-for-sure";
  text.reserve(64);
  const char* bytes = text.data();
  text.resize(3);
  wipe(text);
  CHECK(text.empty());
  for (std::size_t i = 1; i < 40; ++i) CHECK(bytes[i] == '\0');
}
