#include "system/in_parallel.h"

#include <algorithm>
#include <future>
#include <system_error>
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
    try {
      others.push_back(std::async(std::launch::async, do_share, number));
    } catch (const std::system_error&) {  // no thread: it is done in get()
      others.push_back(std::async(std::launch::deferred, do_share, number));
    }
  }
  do_share(0);
  for (auto& other : others) other.get();
}

}  // namespace xauth
