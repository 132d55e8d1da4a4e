#include "system/memory_file.h"

#include <doctest/doctest.h>

#include <string>

#include "system/process.h"
#include "unit/system/sandbox.h"

using namespace xauth;

TEST_CASE("a file in memory is read from its beginning, as often as it is opened") {
  const std::string content = std::string(200'000, 'x') + std::string("\0end", 4);
  const Descriptor file = memory_file("test", content);
  for (int i = 0; i < 2; ++i) {
    std::ifstream again("/dev/fd/" + std::to_string(file.get()), std::ios::binary);
    CHECK(std::string(std::istreambuf_iterator<char>(again), {}) == content);
  }
}

TEST_CASE("a program that we become reads it, by its number alone") {
  const Descriptor file = memory_file("test", "content");
  const auto outcome = sandbox::in_child([&]() -> int {
    become("/bin/cat", {"cat", "/dev/fd/" + std::to_string(file.get())});
  });
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "content");
}
