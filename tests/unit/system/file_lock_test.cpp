#include <doctest/doctest.h>
#include <sched.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>
#include <utility>

#include "base/error.h"
#include "system/files.h"
#include "system/signals.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::test;
using namespace std::chrono_literals;

namespace {

// Long enough for the slowest machine; nothing waits for it unless it is broken.
constexpr auto generous = 60s;

// A process that holds the lock `.lock` until it is killed.
class Holder {
 public:
  explicit Holder(const Directory& directory) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const Descriptor here(ends[0]);
    const Descriptor there(ends[1]);
    char byte = 'x';
    child_ = start([&] {
      const FileLock lock(directory, ".lock", generous, {});
      if (::write(there.get(), &byte, 1) != 1) return 1;
      return ::pause();
    });
    REQUIRE(::read(here.get(), &byte, 1) == 1);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() { kill(); }

  void kill() {
    if (child_ < 0) return;
    ::kill(child_, SIGKILL);
    wait_for(std::exchange(child_, -1));
  }

 private:
  pid_t child_ = -1;
};

// Waits until the process sleeps in the kernel.
void until_asleep(pid_t child) {
  const std::string path = "/proc/" + std::to_string(child) + "/stat";
  for (;;) {
    const std::string stat = content_of(path);
    const std::size_t end = stat.rfind(')');
    if (end == std::string::npos || stat.compare(end, 3, ") S") == 0) return;
    ::sched_yield();
  }
}

// Adds one to the number in the file, not atomically.
void count_up(const std::string& path) {
  const std::string before = content_of(path);
  ::sched_yield();
  std::ofstream(path) << std::stoi(before) + 1;
}

}  // namespace

TEST_CASE("the lock's file is made 0600 under any umask, and stays, RF-4, ST-1, ST-9") {
  for (const mode_t umask : {000U, 077U, 0777U}) {
    CAPTURE(umask);
    const Scratch scratch;
    const int status = as_ordinary_user(scratch, [&] {
      ::umask(umask);
      const Directory directory = Directory::make(scratch.path(), {});
      for (int round = 0; round < 2; ++round) {
        if (FileLock(directory, ".lock", generous, {}).waited()) return 1;
      }
      return 0;
    });
    CHECK(status == 0);
    CHECK(mode_of(scratch / ".lock") == 0600);
  }
}

TEST_CASE("the lock's file is the same one ever after, RF-4, ST-9") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  struct stat first {};
  struct stat second {};
  { const FileLock lock(directory, ".lock", generous, {}); }
  REQUIRE(::stat((scratch / ".lock").c_str(), &first) == 0);
  { const FileLock lock(directory, ".lock", generous, {}); }
  REQUIRE(::stat((scratch / ".lock").c_str(), &second) == 0);
  CHECK(first.st_ino == second.st_ino);
}

TEST_CASE("a lock that others could open is warned about and mended, ST-1") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / ".lock", "", 0666);
  Warnings warnings;
  const FileLock lock(directory, ".lock", generous, warnings.warn());
  CHECK(warnings.lines.size() == 1);
  CHECK(mode_of(scratch / ".lock") == 0600);
}

TEST_CASE("a symlink or a FIFO in the lock's place is refused, ST-6") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  std::filesystem::create_symlink("elsewhere", scratch / ".link");
  REQUIRE(::mkfifo((scratch / ".fifo").c_str(), 0600) == 0);
  for (const char* name : {".link", ".fifo"}) {
    CHECK(error_of([&] { FileLock(directory, name, generous, {}); }).code == Code::storage);
  }
  CHECK_FALSE(std::filesystem::exists(scratch / "elsewhere"));
}

TEST_CASE("a lock that another process holds is busy after the patience, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const Holder holder(directory);
  for (const auto patience : {200ms, 1ms, 0ms, -1ms}) {
    const auto begin = std::chrono::steady_clock::now();
    const Error error = error_of([&] { FileLock(directory, ".lock", patience, {}); });
    const auto passed = std::chrono::steady_clock::now() - begin;
    CHECK(error.code == Code::busy);
    CHECK(error.message == "the profile's lock is held by another process: " + (scratch / ".lock"));
    CHECK(error.hint == "try again");
    CHECK(passed >= patience);
    CHECK(passed < generous);
  }
}

TEST_CASE("waiting is sleep in the kernel, not polling, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const Holder holder(directory);
  rusage before{};
  rusage after{};
  ::getrusage(RUSAGE_THREAD, &before);
  CHECK(error_of([&] { FileLock(directory, ".lock", 300ms, {}); }).code == Code::busy);
  ::getrusage(RUSAGE_THREAD, &after);
  CHECK(after.ru_nvcsw - before.ru_nvcsw <= 5);
}

TEST_CASE("patience ends also where the signal that ends it was blocked, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const Holder holder(directory);
  sigset_t all;
  sigset_t before;
  sigset_t after;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  ::pthread_sigmask(SIG_SETMASK, nullptr, &all);
  CHECK(error_of([&] { FileLock(directory, ".lock", 50ms, {}); }).code == Code::busy);
  ::pthread_sigmask(SIG_SETMASK, &before, &after);
  for (int signal = 1; signal <= SIGRTMAX; ++signal) {
    CHECK(::sigismember(&all, signal) == ::sigismember(&after, signal));
  }
}

TEST_CASE("a signal that is watched for ends the wait, whichever thread it reaches, LI-18") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const Holder holder(directory);
  const SignalsWatched signals;
  std::thread other([] { ::raise(SIGTERM); });
  const Error error = error_of([&] { FileLock(directory, ".lock", generous, {}); });
  other.join();
  CHECK(error.code == Code::interrupted);
  CHECK(error.signal == SIGTERM);
}

TEST_CASE(
    "a lock that is watched at its waiting is still waited for, and its patience kept, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const SignalsWatched signals;
  {
    const Holder holder(directory);
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_of([&] { FileLock(directory, ".lock", 200ms, {}); }).code == Code::busy);
    CHECK(std::chrono::steady_clock::now() - begin >= 200ms);
  }
  CHECK_FALSE(FileLock(directory, ".lock", generous, {}).waited());
}

TEST_CASE("several threads wait with patiences of their own, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  const Holder holder(directory);
  std::vector<Code> codes(4, Code::failure);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    threads.emplace_back([&, i] {
      const std::chrono::milliseconds patience(20 * (i + 1));
      codes[i] = error_of([&] { FileLock(directory, ".lock", patience, {}); }).code;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(codes == std::vector<Code>(4, Code::busy));
}

TEST_CASE("a waiter gets the lock when the holder lets go, and knows that it waited, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  Holder holder(directory);
  const pid_t waiter =
      start([&] { return FileLock(directory, ".lock", generous, {}).waited() ? 0 : 1; });
  until_asleep(waiter);
  holder.kill();
  CHECK(wait_for(waiter) == 0);
}

TEST_CASE("a holder that is killed leaves the lock free, RF-4, ST-9") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  Holder holder(directory);
  holder.kill();
  CHECK_FALSE(FileLock(directory, ".lock", 0ms, {}).waited());
}

TEST_CASE("fifty processes pass the lock on, one at a time, RF-4") {
  const Scratch scratch;
  const Directory directory = Directory::make(scratch.path(), {});
  put(scratch / "count", "0");
  std::vector<pid_t> children;
  for (int i = 0; i < 50; ++i) {
    children.push_back(start([&] {
      const FileLock lock(directory, ".lock", generous, {});
      count_up(scratch / "count");
      return 0;
    }));
  }
  for (const pid_t child : children) CHECK(wait_for(child) == 0);
  CHECK(content_of(scratch / "count") == "50");
  CHECK(std::filesystem::exists(scratch / ".lock"));
}
