#include "system/in_parallel.h"

#include <doctest/doctest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

#include "unit/system/sandbox.h"

using namespace xauth;

namespace {

// From now on this process gets no further thread; false when that cannot be had.
bool deny_threads() {
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 1, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog program{static_cast<unsigned short>(std::size(filter)), filter};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

TEST_CASE("every index is worked on once, however many there are") {
  for (const std::size_t count : {0U, 1U, 2U, 99U, 100U, 101U, 199U, 200U, 201U, 10'007U}) {
    CAPTURE(count);
    std::vector<std::atomic<int>> calls(count);
    in_parallel(count, [&](std::size_t index) { ++calls.at(index); });
    CHECK(std::all_of(calls.begin(), calls.end(), [](const auto& times) { return times == 1; }));
  }
}

TEST_CASE("few are worked on by this thread alone, in their order; many by others, too") {
  std::mutex mutex;
  std::set<std::thread::id> threads;
  std::vector<std::size_t> order;
  const auto note = [&](std::size_t index) {
    const std::lock_guard lock(mutex);
    threads.insert(std::this_thread::get_id());
    order.push_back(index);
  };
  in_parallel(4, note);
  CHECK(threads == std::set{std::this_thread::get_id()});
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3});
  in_parallel(1'000, note);
  CHECK(threads.count(std::this_thread::get_id()) == 1);
  if (std::thread::hardware_concurrency() > 1) CHECK(threads.size() > 1);
}

TEST_CASE("what a call throws is thrown when the other threads have ended") {
  constexpr std::size_t kCount = 1'000;
  for (const std::size_t bad : {std::size_t{0}, kCount / 2, kCount - 1}) {
    CAPTURE(bad);
    std::atomic<int> running = 0;
    const auto work = [&](std::size_t index) {
      ++running;
      std::this_thread::yield();
      --running;
      if (index == bad) throw std::runtime_error("bad");
    };
    CHECK_THROWS_WITH(in_parallel(kCount, work), "bad");
    CHECK(running == 0);
  }
}

TEST_CASE("where no thread is to be had, this one does it all") {
  const auto outcome = sandbox::in_child([] {
    if (!deny_threads()) return 2;
    std::set<std::thread::id> threads;
    std::size_t calls = 0;
    in_parallel(1'000, [&](std::size_t) {
      threads.insert(std::this_thread::get_id());
      ++calls;
    });
    return calls == 1'000 && threads.size() == 1 ? 0 : 1;
  });
  CHECK(outcome.status == 0);
}
