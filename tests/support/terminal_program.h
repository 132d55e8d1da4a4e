// The built program at a terminal of its own.
#pragma once

#include <termios.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "support/program.h"

namespace xauth::test {

// A program whose standard input and error are a new terminal, whose session it leads; its standard
// output is that terminal too. Whatever happens, it is killed and reaped when this goes.
class TerminalProgram {
 public:
  explicit TerminalProgram(const Start& start);
  ~TerminalProgram();
  TerminalProgram(const TerminalProgram&) = delete;
  TerminalProgram& operator=(const TerminalProgram&) = delete;

  // Types `text`, as if on the keyboard: "\x03" is Ctrl-C.
  void type(std::string_view text);

  void signal(int number) const;

  // Waits until the terminal shows `text` and returns all that it showed so far, with plain line
  // ends; fails the test case after `patience` or when the program ends without.
  std::string await(const std::string& text,
                    std::chrono::seconds patience = std::chrono::seconds(20));

  // Waits until the program reads each key itself (no canonical mode); fails the test case when it
  // does not within 20 s.
  void await_raw_mode();

  // Waits until it has ended; all that was shown is in `err`. Fails the test case (and kills it)
  // after `patience`.
  Finished wait(std::chrono::seconds patience = std::chrono::seconds(40));

  // Whether the terminal is as it was before the program began.
  bool is_restored() const;

 private:
  void collect();
  std::string shown() const;  // with the lock held

  int master_ = -1;
  int terminal_ = -1;  // our own descriptor of the program's side
  int pid_ = -1;
  bool reaped_ = false;
  struct termios before_ = {};
  struct termios after_ = {};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string shown_;
  bool ended_ = false;
  std::thread collector_;
};

}  // namespace xauth::test
