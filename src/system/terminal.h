// The person's terminal: is there one, and lines of any length from it.
#pragma once

#include <string>

namespace xauth {

// Whether a person can answer: standard input is a terminal and we are its foreground group.
bool input_is_ours();

// Whether standard error is a terminal.
bool error_is_terminal();

// Reads lines from standard input as they come, for an event loop. On a terminal the canonical
// mode is off while this lives, so that a line may be longer than the 4,096 (elsewhere 1,024)
// characters that the kernel would keep; echo stays, backspace works, Ctrl-C still interrupts. The
// terminal is restored by the destructor, and by restore_terminal() on every other way out.
class LineReader {
 public:
  LineReader();
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // The descriptor to poll for input; -1 once the input has ended.
  int descriptor() const;

  // Takes what can be read without waiting; call when descriptor() is readable.
  void read_some();

  // Moves the next whole line (without its end) into `line`; false when there is none yet. At the
  // end of the input an unended line counts. A line is cut at 64 KiB.
  bool take_line(std::string& line);

 private:
  std::string pending_;
  bool ended_ = false;
};

// Puts the terminal back as it was found, if a LineReader has changed it. Async-signal-safe.
void restore_terminal() noexcept;

// Asks one question on standard error and reads the answer, without its line end, from the
// terminal; throws Error (usage) at end of input.
std::string ask_line(const std::string& question);

}  // namespace xauth
