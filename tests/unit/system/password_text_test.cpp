#include "system/password_text.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace xauth;

namespace {

// The password, or what was wrong.
std::string password_of(const std::string& text) {
  try {
    return password_in(Secret(text), "it").reveal();
  } catch (const Error& error) {
    CHECK(error.code == Code::storage);
    return "! " + error.message;
  }
}

}  // namespace

TEST_CASE("a password is the text without its last line end, and no more is taken away") {
  CHECK(password_of("secret") == "secret");
  CHECK(password_of("secret\n") == "secret");
  CHECK(password_of("secret\r\n") == "secret");
  CHECK(password_of("secret\n\n") == "secret\n");
  CHECK(password_of(" two words \n") == " two words ");
  CHECK(password_of("two\nlines\n") == "two\nlines");
  CHECK(password_of("secret\r") == "secret\r");
}

TEST_CASE("what is no password is told") {
  CHECK(password_of("") == "! it gave no password");
  CHECK(password_of("\n") == "! it gave no password");
  CHECK(password_of("\r\n") == "! it gave no password");
  CHECK(password_of(std::string("a\0b", 3)) == "! it gave a NUL byte, which is in no password");
  CHECK(password_of(std::string(4096, 'a') + "\n") == std::string(4096, 'a'));
  CHECK(password_of(std::string(4097, 'a')) == "! it gave more than 4 KiB, which is no password");
}
