#include "system/private_file.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

std::string refusal_of(const std::string& path) {
  try {
    read_private_file(path, "the key", 4);
    return {};
  } catch (const Error& error) {
    CHECK(error.code == Code::usage);
    return error.message + (error.hint.empty() ? "" : "; " + error.hint);
  }
}

}  // namespace

TEST_CASE("a private file is read whole, up to its bound, and named when it cannot be") {
  const Scratch scratch;
  const std::string path = scratch / "key.pem";
  CHECK(refusal_of(path) == "the key " + path + " cannot be read: No such file or directory");
  put(path, "1234");
  CHECK(read_private_file(path, "the key", 4).reveal() == "1234");
  put(path, std::string(5000, 'x'));
  CHECK(refusal_of(path) == "the key " + path + " is larger than 0 KiB");
  CHECK(read_private_file(path, "the key", 5000).reveal().size() == 5000);
}

TEST_CASE("a private key that others may read or change is refused, AD-6") {
  const Scratch scratch;
  const std::string path = scratch / "key.pem";
  put(path, "1234");
  for (const mode_t mode : {0640U, 0604U, 0660U, 0610U, 0644U}) {
    CAPTURE(mode);
    ::chmod(path.c_str(), mode);
    CHECK(refusal_of(path) == "others may read or change the key " + path + "; chmod 600 " + path);
    CHECK(read_public_file(path, "the certificate", 4) == "1234");
  }
  ::chmod(path.c_str(), 0400);
  CHECK(refusal_of(path).empty());
}

TEST_CASE("a pipe in a private file's place neither hangs nor counts") {
  const Scratch scratch;
  const std::string path = scratch / "pipe";
  REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  CHECK(refusal_of(path) == "the key " + path + " is no regular file");
  CHECK(refusal_of(scratch.path()) == "the key " + scratch.path() + " is no regular file");
}
