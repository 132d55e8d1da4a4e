// Lines out of bytes, as a terminal out of canonical mode or a pipe delivers them.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

namespace xauth {

class LineEditor {
 public:
  // The longest line that is kept, in bytes: eight times the longest URL that we take.
  static constexpr std::size_t kLongestLine = 64 * 1024;

  enum class Source {
    pipe,      // bytes are what they are
    keyboard,  // backspace, Ctrl-U and Ctrl-D edit; escape sequences are dropped, so also the
               // marks ESC[200~ and ESC[201~ that a terminal puts around what is pasted
  };

  explicit LineEditor(Source source) : source_(source) {}

  // Takes what was read; returns what a terminal that does not echo has to show for it.
  std::string feed(std::string_view bytes);

  // The input has ended; a Ctrl-D on an empty line says so too.
  void end() { ended_ = true; }
  bool ended() const { return ended_; }

  // Whether a line has been begun and not yet ended.
  bool within_line() const { return !line_.empty(); }

  // Moves the next whole line, without "\n" or "\r\n", into `line`; false when there is none. At
  // the end of the input an unended line counts. Bytes past kLongestLine are dropped.
  bool take_line(std::string& line);

 private:
  enum class Escape { none, begun, inside };

  void add(char c);
  void finish_line();
  std::string press(char c);
  std::string erase();
  bool in_escape(char c);

  Source source_;
  Escape escape_ = Escape::none;
  std::deque<std::string> lines_;
  std::string line_;
  bool ended_ = false;
};

}  // namespace xauth
