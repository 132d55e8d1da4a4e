#include "system/in_parallel.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>

using namespace xauth;

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
