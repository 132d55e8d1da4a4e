#include "front/print_token.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "front/valid_tokens.h"
#include "system/clock.h"
#include "system/environment.h"

namespace xauth::front {

namespace {

Secret text_of(const PlainCall& call, const ProfileTokens& found) {
  const char* end = call.newline ? "\n" : "";
  if (call.format == store::TokenFormat::json) {
    const Json json = store::token_json(found.profile, found.tokens, wall_clock(), false);
    return Secret(json.text() + end);
  }
  return Secret(store::token_text(call.format, found.tokens.access_token).reveal() + end);
}

// False when nothing at all could be written.
bool write_out(std::string_view bytes) {
  static_cast<void>(::signal(SIGPIPE, SIG_IGN));
  const std::size_t whole = bytes.size();
  while (!bytes.empty()) {
    const auto written = ::write(STDOUT_FILENO, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0 && bytes.size() == whole) return false;
    if (written <= 0) {
      tell("standard output took a part of the token only");
      std::exit(EXIT_FAILURE);
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

bool print_token(const PlainCall& call) {
  if (call.profile.empty() && environment("XAUTH_PROFILE").empty() &&
      !environment("XAUTH_TOKEN").empty()) {
    return false;
  }
  const auto found = valid_tokens(call);
  return found && write_out(text_of(call, *found).reveal());
}

}  // namespace xauth::front
