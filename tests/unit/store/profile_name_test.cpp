#include "store/profile_name.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "store/store.h"
#include "system/files.h"

using namespace xauth;
using namespace xauth::store;

TEST_CASE("a profile's name is a harmless file name, ST-7") {
  const std::pair<std::string, bool> cases[] = {
      {"x", true},
      {"work-2_b.c", true},
      {"0", true},
      {std::string(64, 'a'), true},
      {std::string(65, 'a'), false},
      {"", false},
      {".", false},
      {"..", false},
      {".hidden", false},
      {"-o", false},
      {"a/b", false},
      {"../x", false},
      {std::string("a\0b", 3), false},
      {"a b", false},
      {"a\nb", false},
      {"ä", false},
      {"a~", false},
  };
  for (const auto& [name, good] : cases) {
    CAPTURE(name);
    CHECK(is_profile_name(name) == good);
    if (good) CHECK_NOTHROW(check_profile_name(name));
    if (!good) CHECK_THROWS_AS(check_profile_name(name), Error);
  }
}

TEST_CASE("a name that is none is told without what steers a terminal, ST-7") {
  try {
    check_profile_name("a\x1b[2J" + std::string(500, 'b'));
    FAIL("no error");
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    CHECK(error.message.find('\x1b') == std::string::npos);
    CHECK(error.message.size() < 200);
  }
}

TEST_CASE("no profile's file can be another's temporary file or lock, ST-7") {
  for (const char* name : {"x", "x.json", "x.json.abcdefghijklmnop", "x.lock", "config"}) {
    CHECK_FALSE(NewFile::is_temporary(token_file_name(name), "x.json"));
    CHECK(token_file_name(name) != lock_file_name("x"));
  }
}
