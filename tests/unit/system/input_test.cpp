#include "system/input.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>

#include "base/error.h"

using namespace xauth;

namespace {

std::string read_from_pipe(const std::string& content, std::size_t most) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  REQUIRE(write(ends[1], content.data(), content.size()) == static_cast<ssize_t>(content.size()));
  close(ends[1]);
  const std::string text = read_input(ends[0], most, "the pipe");
  close(ends[0]);
  return text;
}

}  // namespace

TEST_CASE("input is read to its end, and one byte beyond the bound at most") {
  CHECK(read_from_pipe("", 10).empty());
  CHECK(read_from_pipe("a\nb", 3) == "a\nb");
  CHECK(read_from_pipe(std::string(9'000, 'a'), 10'000).size() == 9'000);
  CHECK(read_from_pipe(std::string(9'000, 'a'), 5'000).size() == 5'001);
}

TEST_CASE("input that cannot be read is named") {
  try {
    read_input(-1, 10, "the pipe");
    FAIL("it was read");
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    CHECK(error.message.starts_with("the pipe cannot be read"));
  }
}
