#include "system/line_editor.h"

#include <utility>

namespace xauth {

namespace {

constexpr char kEndOfInput = '\x04';  // Ctrl-D
constexpr char kKillLine = '\x15';    // Ctrl-U
constexpr char kBackspace = '\b';
constexpr char kDelete = '\x7f';
constexpr char kEscape = '\x1b';

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The second and later bytes of a UTF-8 character. RFC 3629 §3
bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

void LineEditor::add(char c) {
  if (line_.size() < kLongestLine) line_ += c;
}

void LineEditor::finish_line() {
  if (line_.ends_with('\r')) line_.pop_back();
  lines_.push_back(std::exchange(line_, {}));
}

// Takes the last character off the line.
std::string LineEditor::erase() {
  if (line_.empty()) return {};
  while (line_.size() > 1 && is_continuation(line_.back())) line_.pop_back();
  line_.pop_back();
  return "\b \b";
}

// Whether `c` belongs to an escape sequence: ESC and one character, or ESC `[` (or `O`) up to a
// final one. ECMA-48 §5.4
bool LineEditor::in_escape(char c) {
  if (c == kEscape) {
    escape_ = Escape::begun;
    return true;
  }
  if (escape_ == Escape::none || is_control(c)) {
    escape_ = Escape::none;
    return false;
  }
  const bool opens = escape_ == Escape::begun && (c == '[' || c == 'O');
  const bool goes_on = escape_ == Escape::inside && c < '@';
  escape_ = opens || goes_on ? Escape::inside : Escape::none;
  return true;
}

std::string LineEditor::press(char c) {
  if (in_escape(c) || ended_) return {};
  switch (c) {
    case '\n':
      finish_line();
      return "\n";
    case kBackspace:
    case kDelete:
      return erase();
    case kKillLine:  // a new row: a line that has wrapped cannot be rubbed out
      line_.clear();
      return "^U\n";
    case kEndOfInput:
      if (line_.empty()) end();
      return {};
    default:
      if (is_control(c) && c != '\t') return {};
      add(c);
      return {c};
  }
}

std::string LineEditor::feed(std::string_view bytes) {
  std::string shown;
  for (const char c : bytes) {
    if (source_ == Source::keyboard) {
      shown += press(c);
    } else if (c == '\n') {
      finish_line();
    } else {
      add(c);
    }
  }
  return shown;
}

bool LineEditor::take_line(std::string& line) {
  if (lines_.empty() && ended_ && !line_.empty()) finish_line();
  if (lines_.empty()) return false;
  line = std::move(lines_.front());
  lines_.pop_front();
  return true;
}

}  // namespace xauth
