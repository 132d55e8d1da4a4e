#include "cli/waiting_line.h"

#include <array>

#include "cli/words.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

constexpr int kNeeds = 30;  // columns: a line that wraps could not be rewritten

constexpr std::array<const char*, 10> kDots = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
constexpr std::array<const char*, 4> kStrokes = {"|", "/", "-", "\\"};

bool has_room(const Context& context) {
  const auto size = error_terminal_size();
  const bool quiet = !context.global.trace && !context.global.verbose;
  return quiet && context.out.rewrites() && (!size || size->columns >= kNeeds);
}

std::string clock_text(Seconds left) {
  const auto two_digits = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::int64_t seconds = left.count();
  const std::int64_t hours = seconds / 3600;
  return (hours > 0 ? std::to_string(hours) + ":" : "") + two_digits(seconds / 60 % 60) + ":" +
         two_digits(seconds % 60);
}

std::string spinner(std::size_t turn) {
  return speaks_utf8() ? kDots.at(turn % kDots.size()) : kStrokes.at(turn % kStrokes.size());
}

}  // namespace

// Whether the locale's characters are UTF-8, so that half blocks can be shown.
bool speaks_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string locale = environment(name);
    if (locale.empty()) continue;
    for (const char* utf8 : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
      if (locale.find(utf8) != std::string::npos) return true;
    }
    return false;
  }
  return false;
}

WaitingLine::WaitingLine(const Context& context) : context_(context), lives_(has_room(context)) {}

void WaitingLine::show(Seconds left) {
  const std::lock_guard lock(mutex_);
  if (lives_ && !error_is_ours()) return;  // the shell's line is there
  if (lives_) {
    context_.out.rewrite(context_.out.bold(spinner(turn_++)) + " Waiting, " + clock_text(left) +
                         " left ");
    shown_ = true;
  } else if (!told_) {
    context_.out.note("Waiting for " + in_words(left) + ".");
  }
  told_ = true;
}

void WaitingLine::clear() {
  const std::lock_guard lock(mutex_);
  take_away();
}

void WaitingLine::say(const std::string& line) {
  const std::lock_guard lock(mutex_);
  take_away();
  leave_typed_row();
  context_.out.say(line);
}

void WaitingLine::take_away() {
  if (shown_) context_.out.rewrite("");
  shown_ = false;
}

}  // namespace xauth::cli
