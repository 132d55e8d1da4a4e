#include "cli/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "system/environment.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// One write, so that lines of several threads do not mix; nobody can be told when it fails.
void tell(std::string line) {
  line += '\n';
  static_cast<void>(write_all(STDERR_FILENO, line));
}

bool is_dumb_terminal() {
  const std::string term = environment("TERM");
  return term.empty() || term == "dumb";
}

bool wants_color(Color color) {
  if (color != Color::automatic) return color == Color::always;
  return error_is_terminal() && !is_dumb_terminal() && environment("NO_COLOR").empty();
}

}  // namespace

Output::Output(bool quiet, bool verbose, bool json, Color color)
    : quiet_(quiet), verbose_(verbose), json_(json), color_(wants_color(color)) {}

void Output::result(std::string_view bytes) const {
  if (write_all(STDOUT_FILENO, bytes)) return;
  throw Error(Code::failure,
              std::string("standard output cannot be written: ") + std::strerror(errno));
}

void Output::json_result(const Json& value) const { result(value.text() + "\n"); }

void Output::say(std::string_view line) const { tell(std::string(line)); }

void Output::note(std::string_view line) const {
  if (!quiet_ && !json_) say(line);
}

void Output::detail(std::string_view line) const {
  if (verbose_) say(line);
}

std::string Output::bold(const std::string& text) const {
  return color_ ? "\033[1m" + text + "\033[0m" : text;
}

bool Output::rewrites() const {
  return !quiet_ && !json_ && error_is_terminal() && !is_dumb_terminal();
}

void Output::rewrite(std::string_view line) const {
  static_cast<void>(write_all(STDERR_FILENO, "\r\033[K" + std::string(line)));
}

void Output::warn(std::string_view line) const {
  tell((color_ ? "\033[1mxauth:\033[0m \033[33mwarning:\033[0m " : "xauth: warning: ") +
       std::string(line));
}

void Output::error(const Error& error) const {
  if (json_) {
    Json body;
    body.set("code", Json(name_of(error.code)));
    body.set("message", Json(error.message));
    if (!error.hint.empty()) body.set("hint", Json(error.hint));
    if (!error.provider_error.empty()) body.set("provider_error", Json(error.provider_error));
    Json whole;
    whole.set("error", std::move(body));
    tell(whole.text());
    return;
  }
  tell((color_ ? "\033[1;31mxauth:\033[0m " : "xauth: ") + error.message);
  if (!error.hint.empty()) tell("  try: " + error.hint);
}

}  // namespace xauth::cli
