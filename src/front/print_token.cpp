#include "front/print_token.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "base/json.h"
#include "front/default_profile.h"
#include "store/profile_name.h"
#include "store/token_file.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/files.h"
#include "system/paths.h"

namespace xauth::front {

namespace {

void tell(const std::string& line) {
  const std::string text = "xauth: " + line + "\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;  // nobody can be told
}

std::string profile_of(const PlainCall& call, const Directory& root) {
  if (!call.profile.empty()) return call.profile;
  if (std::string named = environment("XAUTH_PROFILE"); !named.empty()) return named;
  const auto start = root.read_start("config.json", kStart);
  if (!start) return {};
  const bool damaged = start->size() < kStart && !parse_json(*start);
  return damaged ? std::string() : default_profile(*start).value_or("");
}

std::optional<store::Tokens> valid_tokens(const PlainCall& call, const Directory& root,
                                          const std::string& profile) {
  const auto directory = root.open_inside("tokens");
  if (!directory) return std::nullopt;
  auto tokens = store::read_tokens(*directory, profile);
  const bool valid = tokens && tokens->valid_for(call.min_ttl, wall_clock());
  return valid ? std::move(tokens) : std::nullopt;
}

Secret text_of(const PlainCall& call, const std::string& profile, const store::Tokens& tokens) {
  const char* end = call.newline ? "\n" : "";
  if (call.format == store::TokenFormat::json) {
    return Secret(store::token_json(profile, tokens, wall_clock(), false).text() + end);
  }
  return Secret(store::token_text(call.format, tokens.access_token).reveal() + end);
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
      !environment("XAUTH_TOKEN").empty())
    return false;
  const auto warn = [](const std::string& line) { tell("warning: " + line); };
  const auto root = Directory::open(config_directory(call.config_dir), warn);
  if (!root) return false;
  const std::string profile = profile_of(call, *root);
  if (!store::is_profile_name(profile)) return false;
  const auto tokens = valid_tokens(call, *root, profile);
  return tokens && write_out(text_of(call, profile, *tokens).reveal());
}

}  // namespace xauth::front
