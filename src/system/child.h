// A child process that does not outlive its use, and what it writes.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "system/files.h"

namespace xauth {

class Child {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  // Takes over the child `id`, which nobody has reaped, and the descriptor where its output comes
  // out (none: it has none).
  explicit Child(int id, Descriptor output = {});
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Kills it, if it is not over, and reaps it.
  ~Child();

  // Until `deadline` both throw Error (interrupted) when a signal comes that is watched
  // (system/signals.h), and give nothing when the deadline has passed.

  // All that it writes until it has ended, or closed its output, but no more than `most` bytes and
  // one: whoever gets more than `most` was given too much. Once.
  std::optional<std::string> read(std::size_t most, Deadline deadline);

  // Its exit status, or 128 + the signal that ended it. Once.
  std::optional<int> wait(Deadline deadline);

 private:
  bool await(bool output, Deadline deadline);

  int id_;
  Descriptor end_;  // readable once it is over
  Descriptor output_;
  bool over_ = false;
  bool reaped_ = false;
};

}  // namespace xauth
