// The person's terminal: is there one, and lines of any length from it.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"
#include "system/line_editor.h"

namespace xauth {

// Whether a person can answer: standard input is a terminal and we are its foreground group.
bool input_is_ours();

// Whether standard error is a terminal.
bool error_is_terminal();

// Whether nobody else writes there: it is a terminal, and no other group is in its foreground.
bool error_is_ours();

// How many columns the terminal at standard output has; nothing when it is none, or does not know.
std::optional<int> output_columns();

struct TerminalSize {
  int columns = 0;
  int rows = 0;
};

// How large the terminal at standard error is; nothing when it is none, or does not know.
std::optional<TerminalSize> error_terminal_size();

// Reads lines from standard input as they come, for an event loop. On a terminal that is ours the
// canonical mode is off while this lives, so that a line may be longer than the 4,096 (elsewhere
// 1,024) characters that the kernel would keep. What is typed is shown (by us: the kernel's echo
// would show each backspace as `^?`), backspace works, Ctrl-C still interrupts. The terminal is
// restored by the destructor, which leaves a row that was begun, and at exit(3), and by
// restore_terminal() on every other way out. At most one at a time.
class LineReader {
 public:
  LineReader();
  ~LineReader();
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;

  // The descriptor to poll for input; -1 once the input has ended.
  int descriptor() const;

  // Whether the person has begun a line; see leave_typed_row().
  bool within_line() const { return editor_.within_line(); }

  // Takes what can be read without waiting; call when descriptor() is readable.
  void read_some();

  // Moves the next whole line (without its end) into `line`; false when there is none yet. At the
  // end of the input an unended line counts. A line is cut at 64 KiB.
  bool take_line(std::string& line);

 private:
  LineEditor editor_;
  bool typed_;  // by a person, at a terminal whose mode we changed
};

// Begins a new row where the one that the terminal shows holds what a person has typed, so that
// what is told next stands alone. Any thread may call.
void leave_typed_row();

// Puts the terminal back as it was found, if a LineReader or ask_hidden() has changed it and we are
// its foreground group (else it is another's now). Async-signal-safe.
void restore_terminal() noexcept;

// Asks one question on standard error and reads the answer, without its line end, from the
// terminal, at most 4,096 bytes of it; throws Error (usage) at end of input, Error (interrupted, as
// by SIGINT) when a signal was handled meanwhile.
std::string ask_line(const std::string& question);

// The same for what nobody may see over the person's shoulder: the terminal shows only the line's
// end, and Ctrl-Z does nothing, since the shell would turn the echo on again; nor does Ctrl-\,
// which would leave it off.
Secret ask_hidden(const std::string& question);

}  // namespace xauth
