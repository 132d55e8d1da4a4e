#include "system/in_parallel.h"

#include <algorithm>
#include <future>
#include <thread>
#include <vector>

namespace xauth {

void in_parallel(std::size_t count, const std::function<void(std::size_t index)>& work) {
  constexpr std::size_t kEnough = 100;  // for a thread to be worth its start
  constexpr std::size_t kMost = 8;      // beyond that they mostly wait for the kernel
  const std::size_t processors = std::max(std::thread::hardware_concurrency(), 1U);
  const std::size_t threads =
      std::clamp(count / kEnough, std::size_t{1}, std::min(processors, kMost));
  const auto do_share = [&](std::size_t number) {
    const std::size_t end = count * (number + 1) / threads;
    for (std::size_t i = count * number / threads; i < end; ++i) work(i);
  };
  std::vector<std::future<void>> others;
  for (std::size_t number = 1; number < threads; ++number) {
    others.push_back(std::async(do_share, number));  // begins in get() if there is no thread
  }
  do_share(0);
  for (auto& other : others) other.get();
}

}  // namespace xauth
