#include "system/key_file.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

Error reading(const std::string& path) {
  return error_of([&] { password_from_file(path); });
}

}  // namespace

TEST_CASE("a key file gives its content without the last line end") {
  const Scratch scratch;
  put(scratch / "key", "the key\n");
  CHECK(password_from_file(scratch / "key").reveal() == "the key");
}

TEST_CASE("a key file that is not there, is empty or too long is a failure of storage") {
  const Scratch scratch;
  const std::string path = scratch / "key";
  CHECK(reading(path).code == Code::storage);
  CHECK(reading(path).message ==
        "the key file " + path + " cannot be read: No such file or directory");
  put(path, "\n");
  CHECK(reading(path).message == "the key file " + path + " gave no password");
  put(path, std::string(4097, 'k'));
  CHECK(reading(path).code == Code::storage);
  put(path, std::string(10'000, 'k'));
  CHECK(reading(path).message == "the key file " + path + " is larger than 8 KiB");
}

TEST_CASE("a key file that others may read is refused") {
  const Scratch scratch;
  const std::string path = scratch / "key";
  put(path, "the key\n", 0640);
  CHECK(reading(path).code == Code::storage);
  CHECK(reading(path).message == "others may read or change the key file " + path);
  CHECK(reading(path).hint == "chmod 600 " + path);
}

TEST_CASE("a key file is made for us alone, whatever the umask, and replaces nothing") {
  const Scratch scratch;
  const std::string path = scratch / "key";
  const mode_t before = ::umask(0777);
  make_key_file(path, "first\n");
  ::umask(before);
  CHECK(mode_of(path) == 0600);
  CHECK(content_of(path) == "first\n");
  CHECK(password_from_file(path).reveal() == "first");
  const Error again = error_of([&] { make_key_file(path, "second\n"); });
  CHECK(again.code == Code::storage);
  CHECK(again.message == "cannot make the key file " + path + ": file exists");
  CHECK(content_of(path) == "first\n");
}

TEST_CASE("a key file is not made through a link, nor in a directory that is not there") {
  const Scratch scratch;
  REQUIRE(::symlink((scratch / "target").c_str(), (scratch / "link").c_str()) == 0);
  CHECK(error_of([&] { make_key_file(scratch / "link", "key"); }).code == Code::storage);
  CHECK_FALSE(std::filesystem::exists(scratch / "target"));
  CHECK(error_of([&] { make_key_file(scratch / "no/key", "key"); }).code == Code::storage);
  CHECK_FALSE(std::filesystem::exists(scratch / "no"));
}

TEST_CASE("a key file that could not be written whole is not left behind") {
  const Scratch scratch;
  const int status = in_child([&] {
    struct rlimit none = {0, 0};  // as a full disk
    ::signal(SIGXFSZ, SIG_IGN);
    ::setrlimit(RLIMIT_FSIZE, &none);
    const Error error = error_of([&] { make_key_file(scratch / "key", "key"); });
    return error.code == Code::storage ? 0 : 1;
  });
  CHECK(status == 0);
  CHECK_FALSE(std::filesystem::exists(scratch / "key"));
}
