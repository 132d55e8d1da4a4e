// The line that shows that a wait goes on, and how long it may last.
#pragma once

#include <mutex>
#include <string>

#include "base/time.h"
#include "cli/context.h"

namespace xauth::cli {

// Whether the locale's characters are UTF-8.
bool speaks_utf8();

// On a terminal the line is rewritten at each show(), and gone when this goes; elsewhere, and where
// requests are told too, nothing but the first is told, as an ordinary line. Any thread may call.
class WaitingLine {
 public:
  explicit WaitingLine(const Context& context);
  ~WaitingLine() { clear(); }
  WaitingLine(const WaitingLine&) = delete;
  WaitingLine& operator=(const WaitingLine&) = delete;

  // Whether it is rewritten.
  bool lives() const { return lives_; }

  void show(Seconds left);

  // Takes the line away, for another one.
  void clear();

  // Tells `line` in its place, on a row of its own; it comes back with the next show().
  void say(const std::string& line);

 private:
  void take_away();  // with the lock held

  const Context& context_;
  const bool lives_;
  std::mutex mutex_;
  bool told_ = false;
  bool shown_ = false;  // it stands on the terminal now
  std::size_t turn_ = 0;
};

}  // namespace xauth::cli
