#include "system/files.h"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>

#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

Error error_of_reading(const Scratch& scratch, const std::string& name, std::size_t most = 100) {
  const Directory directory = Directory::make(scratch.path(), {});
  return error_of([&] { directory.read(name, most); });
}

}  // namespace

TEST_CASE("a directory and its parents are 0700 under any umask, ST-1") {
  for (const mode_t umask : {000U, 022U, 077U, 0277U, 0777U}) {
    CAPTURE(umask);
    const Scratch scratch;
    const int status = as_ordinary_user(scratch, [&] {
      ::umask(umask);
      const Directory made = Directory::make(scratch / "home/.config/xauth", {});
      made.make_inside("tokens");
      return 0;
    });
    CHECK(status == 0);
    for (const char* name :
         {"home", "home/.config", "home/.config/xauth", "home/.config/xauth/tokens"}) {
      CHECK(mode_of(scratch / name) == 0700);
    }
  }
}

TEST_CASE("making a directory that is there, with slashes behind it or below the root, opens it") {
  const Scratch scratch;
  Directory::make(scratch / "a/b//", {});
  CHECK(Directory::make(scratch / "a/b", {}).list().empty());
  CHECK(Directory::make(scratch / "a", {}).make_inside("b").path() == scratch / "a/b");
}

TEST_CASE("a relative directory is made where we are") {
  const Scratch scratch;
  const int status = in_child([&] {
    if (::chdir(scratch.path().c_str()) != 0) return 1;
    Directory::make("one/two", {});
    Directory::make("three", {});
    return 0;
  });
  CHECK(status == 0);
  CHECK(mode_of(scratch / "one/two") == 0700);
  CHECK(mode_of(scratch / "three") == 0700);
}

TEST_CASE("there is nothing where nothing is") {
  const Scratch scratch;
  CHECK_FALSE(Directory::open(scratch / "absent", {}).has_value());
  const auto directory = Directory::open(scratch.path(), {});
  REQUIRE(directory.has_value());
  CHECK_FALSE(directory->open_inside("absent").has_value());
  CHECK_FALSE(directory->read("absent", 100).has_value());
}

TEST_CASE("a directory that cannot be made is a storage error that names it and the reason") {
  const Scratch scratch;
  put(scratch / "file", "x");
  const Error error = error_of([&] { Directory::make(scratch / "file/xauth", {}); });
  CHECK(error.code == Code::storage);
  CHECK(error.message == "cannot open " + (scratch / "file/xauth") + ": not a directory");
}

TEST_CASE("a directory that may not be written is a storage error and stays as it is, ST-5") {
  const Scratch scratch;
  const int status = as_ordinary_user(scratch, [&] {
    const Directory directory = Directory::make(scratch / "xauth", {});
    ::chmod((scratch / "xauth").c_str(), 0500);
    const Error file = error_of([&] { NewFile(directory, "f"); });
    const Error inside = error_of([&] { directory.make_inside("tokens"); });
    const bool denied = file.message.ends_with(": permission denied") &&
                        inside.message.ends_with(": permission denied");
    return denied && file.code == Code::storage && inside.code == Code::storage ? 0 : 1;
  });
  CHECK(status == 0);
  CHECK(mode_of(scratch / "xauth") == 0500);
}

TEST_CASE("the group's and others' bits of a directory are warned about and removed, ST-1") {
  const Scratch scratch;
  ::chmod(scratch.path().c_str(), 0755);
  Warnings warnings;
  CHECK(Directory::open(scratch.path(), warnings.warn()).has_value());
  CHECK(mode_of(scratch.path()) == 0700);
  REQUIRE(warnings.lines.size() == 1);
  CHECK(warnings.lines[0] ==
        "others had access to " + scratch.path() + " (mode 0755); its mode is 0700 now");
  CHECK(Directory::open(scratch.path(), warnings.warn()).has_value());
  CHECK(warnings.lines.size() == 1);
}

TEST_CASE("a directory that others share is refused and stays as it is") {
  const Scratch scratch;
  REQUIRE(::chmod(scratch.path().c_str(), 01777) == 0);
  CHECK_THROWS_AS(Directory::open(scratch.path(), {}), Error);
  CHECK(mode_of(scratch.path()) == 01777);
}

TEST_CASE("a directory of other things that others may enter is refused and stays as it is") {
  const Scratch scratch;
  REQUIRE(::mkdir((scratch / "photos").c_str(), 0755) == 0);
  REQUIRE(::chmod(scratch.path().c_str(), 0755) == 0);
  CHECK_THROWS_AS(Directory::open(scratch.path(), {}), Error);
  CHECK(mode_of(scratch.path()) == 0755);
  REQUIRE(::mkdir((scratch / "tokens").c_str(), 0700) == 0);  // now it is ours
  CHECK(Directory::open(scratch.path(), {}).has_value());
  CHECK(mode_of(scratch.path()) == 0700);
}

TEST_CASE("the bits of an inner directory are warned about through the outer one's warn, ST-1") {
  const Scratch scratch;
  Warnings warnings;
  const Directory directory = Directory::make(scratch.path(), warnings.warn());
  directory.make_inside("tokens");
  ::chmod((scratch / "tokens").c_str(), 0770);
  CHECK(directory.open_inside("tokens").has_value());
  CHECK(mode_of(scratch / "tokens") == 0700);
  CHECK(warnings.lines.size() == 1);
}

TEST_CASE("a symlink to a directory of ours is followed, but not inside, ST-6") {
  const Scratch scratch;
  Directory::make(scratch / "real", {});
  put(scratch / "real/f", "content");
  std::filesystem::create_directory_symlink(scratch / "real", scratch / "link");
  const auto linked = Directory::open(scratch / "link", {});
  REQUIRE(linked.has_value());
  CHECK(linked->read("f", 100) == "content");

  const Directory outer = Directory::make(scratch.path(), {});
  const Error error = error_of([&] { outer.open_inside("link"); });
  CHECK(error.code == Code::storage);
  CHECK(error.message.find("symbolic links are not followed") != std::string::npos);
  CHECK(error_of([&] { outer.make_inside("link"); }).code == Code::storage);
}

TEST_CASE("a symlink to nothing is not taken for a directory that could be made, ST-6") {
  const Scratch scratch;
  std::filesystem::create_directory_symlink(scratch / "gone", scratch / "link");
  CHECK(error_of([&] { Directory::make(scratch / "link", {}); }).code == Code::storage);
  CHECK_FALSE(std::filesystem::exists(scratch / "gone"));
}

TEST_CASE("what belongs to another user is refused and left alone, ST-1, ST-6") {
  if (::geteuid() != 0) return;  // only root can give something away
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  directory.make_inside("theirs");
  put(scratch / "f", "content", 0644);
  put(scratch / ".lock", "");
  for (const char* name : {"theirs", "f", ".lock"}) {
    REQUIRE(::chown((scratch / name).c_str(), nobody, nobody) == 0);
  }
  std::filesystem::create_directory_symlink(scratch / "theirs", scratch / "link");

  const Error file = error_of([&] { directory.read("f", 100); });
  CHECK(file.code == Code::storage);
  CHECK(file.message ==
        "cannot open " + (scratch / "f") + ": it belongs to another user (uid 65534)");
  CHECK(mode_of(scratch / "f") == 0644);
  CHECK(error_of([&] { Directory::open(scratch / "theirs", {}); }).code == Code::storage);
  CHECK(error_of([&] { Directory::open(scratch / "link", {}); }).code == Code::storage);
  CHECK(error_of([&] { directory.open_inside("theirs"); }).code == Code::storage);
  const std::chrono::seconds patience(1);
  CHECK(error_of([&] { FileLock(directory, ".lock", patience, {}); }).code == Code::storage);
}

TEST_CASE("a file is read whole, up to the bound and not a byte more") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "empty", "");
  put(scratch / "f", std::string(100, 'x'));
  CHECK(directory.read("empty", 0) == "");
  CHECK(directory.read("f", 100) == std::string(100, 'x'));
  const Error error = error_of([&] { directory.read("f", 99); });
  CHECK(error.code == Code::storage);
  CHECK(error.message == "cannot read " + (scratch / "f") + ": it is larger than 99 bytes");
}

TEST_CASE("the group's and others' bits of a file are warned about and removed, ST-1") {
  const Scratch scratch;
  Warnings warnings;
  const Directory directory = Directory::make(scratch.path(), warnings.warn());
  put(scratch / "f", "content", 0644);
  CHECK(directory.read("f", 100) == "content");
  CHECK(mode_of(scratch / "f") == 0600);
  CHECK(warnings.lines == std::vector<std::string>{"others had access to " + (scratch / "f") +
                                                   " (mode 0644); its mode is 0600 now"});
}

TEST_CASE("a symlink in the place of a file is refused, ST-6") {
  const Scratch scratch;
  put(scratch / "real", "content");
  std::filesystem::create_symlink("real", scratch / "f");
  const Error error = error_of_reading(scratch, "f");
  CHECK(error.code == Code::storage);
  CHECK(error.message == "cannot open " + (scratch / "f") + ": it is a symbolic link");
}

TEST_CASE("a FIFO, a directory and a device are refused without waiting, ST-6") {
  const Scratch scratch;
  REQUIRE(::mkfifo((scratch / "fifo").c_str(), 0600) == 0);
  Directory::make(scratch / "directory", {});
  for (const char* name : {"fifo", "directory"}) {
    const Error error = error_of_reading(scratch, name);
    CHECK(error.code == Code::storage);
    CHECK(error.message.ends_with(": it is not a regular file"));
  }
  if (::mknod((scratch / "null").c_str(), S_IFCHR | 0600, 0x103) == 0) {
    CHECK(error_of_reading(scratch, "null").code == Code::storage);
  }
}

TEST_CASE("a socket in the place of a file is refused, ST-6") {
  const Scratch scratch;
  const Descriptor fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  (scratch / "socket").copy(address.sun_path, sizeof(address.sun_path) - 1);
  REQUIRE(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0);
  CHECK(error_of_reading(scratch, "socket").code == Code::storage);
}

TEST_CASE("a directory is listed, also twice, with its hidden entries") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "a", "");
  put(scratch / ".b", "");
  for (int round = 0; round < 2; ++round) {
    std::vector<std::string> names = directory.list();
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{".b", "a"});
  }
}

TEST_CASE("a file is removed, and one that is gone already is no failure") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "f", "");
  directory.remove("f");
  directory.remove("f");
  CHECK(directory.list().empty());
  directory.make_inside("directory");
  CHECK(error_of([&] { directory.remove("directory"); }).code == Code::storage);
}

TEST_CASE("a file is renamed over another") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "from", "new");
  put(scratch / "to", "old");
  directory.rename("from", "to");
  CHECK(directory.list() == std::vector<std::string>{"to"});
  CHECK(directory.read("to", 100) == "new");
  const Error error = error_of([&] { directory.rename("absent", "to"); });
  CHECK(error.message == "cannot rename " + (scratch / "absent") + " to " + (scratch / "to") +
                             ": no such file or directory");
}

TEST_CASE("the open directory counts, not what its path names later, ST-6, IN-12") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch / "xauth", {});
  std::filesystem::rename(scratch / "xauth", scratch / "moved");
  Directory::make(scratch / "xauth", {});
  NewFile file(directory, "f");
  file.write("content");
  file.commit();
  CHECK(content_of(scratch / "moved/f") == "content");
  CHECK_FALSE(std::filesystem::exists(scratch / "xauth/f"));
}

TEST_CASE("a descriptor moves, closes once and says what close said") {
  const Scratch scratch;
  Descriptor first(::open(scratch.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  const int number = first.get();
  Descriptor second(std::move(first));
  CHECK_FALSE(static_cast<bool>(first));  // NOLINT(bugprone-use-after-move): that is the point
  CHECK(second.get() == number);
  CHECK(second.close() == 0);
  CHECK(second.close() == 0);
  CHECK(::fcntl(number, F_GETFD) == -1);
  CHECK(Descriptor(number).close() == EBADF);
}
