#include "base/found_once.h"

#include <doctest/doctest.h>

#include <string>

using namespace xauth;

TEST_CASE("what is looked for once is found once, and stays where it is") {
  FoundOnce<std::string> name;
  int calls = 0;
  const auto find = [&] { return "call " + std::to_string(++calls); };
  const std::string& first = name.get(find);
  CHECK(first == "call 1");
  CHECK(&name.get(find) == &first);
  CHECK(calls == 1);
}

TEST_CASE("why it was not found is told each time, and it is looked for once") {
  FoundOnce<std::string> name;
  int calls = 0;
  const auto find = [&]() -> std::string {
    ++calls;
    throw Error(Code::storage, "not there", "look elsewhere");
  };
  for (int i = 0; i < 3; ++i) {
    try {
      name.get(find);
      FAIL("nothing was thrown");
    } catch (const Error& error) {
      CHECK(error.code == Code::storage);
      CHECK(error.message == "not there");
      CHECK(error.hint == "look elsewhere");
    }
  }
  CHECK(calls == 1);
}
