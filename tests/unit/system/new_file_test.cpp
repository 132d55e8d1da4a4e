#include <doctest/doctest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "system/files.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;

namespace {

void save(const Directory& directory, const std::string& content) {
  NewFile file(directory, "f");
  file.reserve(65536);
  file.write(content);
  file.commit();
}

// Whether `act` ends with a storage error for this reason, and the directory holds `f` alone,
// with its old content.
template <typename Act>
int leaves_the_old_one(const Directory& directory, const std::string& reason, Act act) {
  const Error error = error_of(act);
  if (error.code != Code::storage) return 1;
  if (!error.message.ends_with(": " + reason)) return 2;
  if (directory.list() != std::vector<std::string>{"f"}) return 3;
  return directory.read("f", 100) == "old" ? 0 : 4;
}

void limit_file_size(rlim_t bytes) {
  ::signal(SIGXFSZ, SIG_IGN);  // so that the limit arrives as EFBIG
  const rlimit limit{bytes, bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
}

// Makes `path` a file system of our own, of 64 kB; false where this machine does not let us.
bool mount_small(const std::string& path) {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("none", path.c_str(), "tmpfs", 0, "size=64k,nr_inodes=6,mode=0700") == 0;
}

}  // namespace

TEST_CASE("a new content replaces the old one whole, shorter or longer, ST-3") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  for (const std::string& content : {std::string(70000, 'a'), std::string("b"), std::string()}) {
    save(directory, content);
    CHECK(directory.read("f", 100000) == content);
    CHECK(directory.list() == std::vector<std::string>{"f"});
  }
}

TEST_CASE("a file is 0600 from the first byte on, under any umask, ST-1, ST-2, IN-12") {
  for (const mode_t umask : {000U, 022U, 077U, 0277U, 0777U}) {
    CAPTURE(umask);
    const Scratch scratch;
    const int status = as_ordinary_user(scratch, [&] {
      ::umask(umask);
      const Directory directory = Directory::make(scratch.path(), {});
      NewFile file(directory, "f");
      if (mode_of(file.path()) != 0600) return 1;
      file.write("content");
      file.commit();
      return directory.read("f", 100) == "content" ? 0 : 2;
    });
    CHECK(status == 0);
    CHECK(mode_of(scratch / "f") == 0600);
  }
}

TEST_CASE("what is not committed is gone, and the old file untouched") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "f", "old");
  {
    NewFile file(directory, "f");
    file.reserve(1000);
    file.write("new");
    CHECK(content_of(file.path()) == "new");
    CHECK(content_of(scratch / "f") == "old");
  }
  CHECK(directory.list() == std::vector<std::string>{"f"});
  CHECK(directory.read("f", 100) == "old");
}

TEST_CASE("what is kept stays, under a name that is known as temporary, RF-9") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  std::string path;
  {
    NewFile file(directory, "f");
    file.write("new");
    file.keep();
    path = file.path();
  }
  CHECK(content_of(path) == "new");
  const std::vector<std::string> names = directory.list();
  REQUIRE(names.size() == 1);
  CHECK(path == scratch / names[0]);
  CHECK(NewFile::is_temporary(names[0], "f"));
}

TEST_CASE("only the names that we make count as temporary, and only for their file, ST-7") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const NewFile file(directory, "a.json");
  const std::string name = file.path().substr(scratch.path().size() + 1);
  CHECK(name.starts_with(".a.json."));
  CHECK(NewFile::is_temporary(name, "a.json"));
  CHECK_FALSE(NewFile::is_temporary(name, "a"));
  CHECK_FALSE(NewFile::is_temporary(name, "b.json"));
  CHECK_FALSE(NewFile::is_temporary(name + "a", "a.json"));
  CHECK_FALSE(NewFile::is_temporary(name.substr(0, name.size() - 1), "a.json"));
  CHECK_FALSE(NewFile::is_temporary(name.substr(1), "a.json"));
  for (const char* other :
       {"", ".", "a.json", ".a.json", ".a.json.", ".a.lock", ".a.json.ABCDEFGHIJ234567",
        ".a.json.0000000000000000", "a.json.corrupt-1700000000"}) {
    CHECK_FALSE(NewFile::is_temporary(other, "a.json"));
  }
}

TEST_CASE("two new contents at once do not meet, and the last one committed counts") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  NewFile first(directory, "f");
  NewFile second(directory, "f");
  CHECK(first.path() != second.path());
  first.write("first");
  second.write("second");
  second.commit();
  first.commit();
  CHECK(directory.read("f", 100) == "first");
}

TEST_CASE("a symlink is replaced, not written through, ST-6") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "victim", "untouched");
  std::filesystem::create_symlink("victim", scratch / "f");
  save(directory, "new");
  CHECK(content_of(scratch / "victim") == "untouched");
  CHECK(directory.read("f", 100) == "new");
}

TEST_CASE("a size limit makes reserve fail, and nothing remains, RF-7, ST-5") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "f", "old");
  const int status = in_child([&] {
    limit_file_size(0);
    return leaves_the_old_one(directory, "file too large", [&] {
      NewFile file(directory, "f");
      file.reserve(65536);
    });
  });
  CHECK(status == 0);
}

TEST_CASE("a write that was cut short goes on behind it, and is no whole one, ST-5") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const int status = in_child([&] {
    limit_file_size(1000);  // the first write returns 1000, the next one fails
    NewFile file(directory, "f");
    const Error error =
        error_of([&] { file.write(std::string(1000, 'a') + std::string(2000, 'b')); });
    if (error.message != "cannot write " + file.path() + ": file too large") return 1;
    return content_of(file.path()) == std::string(1000, 'a') ? 0 : 2;
  });
  CHECK(status == 0);
  CHECK(directory.list().empty());
}

TEST_CASE("a full disk makes reserve fail, and once reserved the write cannot, RF-7, ST-5") {
  const Scratch scratch;
  const int status = in_child([&] {
    if (!mount_small(scratch.path())) return 77;
    const Directory directory = Directory::make(scratch.path(), {});
    put(scratch / "f", "old");
    NewFile reserved(directory, "g");
    reserved.reserve(32768);
    put(scratch / "filler", std::string(100000, 'x'));
    std::filesystem::rename(scratch / "filler", scratch / "h");
    reserved.write(std::string(32768, 'n'));
    reserved.commit();
    const Error error = error_of([&] {
      NewFile file(directory, "f");
      file.reserve(65536);
    });
    if (!error.message.ends_with(": no space left on device")) return 2;
    return directory.list().size() == 3 && content_of(scratch / "f") == "old" ? 0 : 3;
  });
  if (status == 77) MESSAGE("skipped: mounting is not allowed here");
  if (status != 77) CHECK(status == 0);
}

TEST_CASE("a file system without a free inode is a storage error, ST-5") {
  const Scratch scratch;
  const int status = in_child([&] {
    if (!mount_small(scratch.path())) return 77;
    const Directory directory = Directory::make(scratch.path(), {});
    put(scratch / "f", "old");
    std::vector<std::string> fillers;
    while (::mkdir((scratch / std::to_string(fillers.size())).c_str(), 0700) == 0) {
      fillers.push_back(std::to_string(fillers.size()));
    }
    const Error error = error_of([&] { NewFile(directory, "f"); });
    for (const std::string& filler : fillers) ::rmdir((scratch / filler).c_str());
    return leaves_the_old_one(directory, "no space left on device", [&] { throw error; });
  });
  if (status == 77) MESSAGE("skipped: mounting is not allowed here");
  if (status != 77) CHECK(status == 0);
}

TEST_CASE("a read-only file system is read with a warning and written with an error, ST-1, ST-5") {
  const Scratch scratch;
  const int status = in_child([&] {
    if (!mount_small(scratch.path())) return 77;
    put(scratch / "f", "old", 0644);
    if (::mount(nullptr, scratch.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) != 0) {
      return 77;
    }
    Warnings warnings;
    const Directory directory = Directory::make(scratch.path(), warnings.warn());
    const int left =
        leaves_the_old_one(directory, "read-only file system", [&] { NewFile(directory, "f"); });
    if (left != 0) return left;
    const bool told =
        warnings.lines.size() == 1 &&
        warnings.lines[0].ends_with("its mode cannot be changed: read-only file system");
    return told ? 0 : 5;
  });
  if (status == 77) MESSAGE("skipped: mounting is not allowed here");
  if (status != 77) CHECK(status == 0);
}

TEST_CASE("a reader beside many saves sees one of the contents, whole, ST-4, IN-17") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const std::string a(20000, 'a');
  const std::string b(30000, 'b');
  save(directory, a);
  const pid_t writer = start([&] {
    for (int round = 0; round < 50; ++round) save(directory, round % 2 == 0 ? b : a);
    return 0;
  });
  bool whole = true;
  for (int status = 0; ::waitpid(writer, &status, WNOHANG) == 0;) {
    const auto content = directory.read("f", 100000);
    whole = whole && (content == a || content == b);
  }
  CHECK(whole);
  CHECK(directory.list() == std::vector<std::string>{"f"});
}
