#include "front/valid_tokens.h"

#include <unistd.h>

#include "base/json.h"
#include "front/default_profile.h"
#include "store/profile_name.h"
#include "system/clock.h"
#include "system/environment.h"
#include "system/files.h"
#include "system/paths.h"

namespace xauth::front {

namespace {

std::string profile_of(const PlainCall& call, const Directory& root) {
  if (!call.profile.empty()) return call.profile;
  if (std::string named = environment("XAUTH_PROFILE"); !named.empty()) return named;
  const auto start = root.read_start("config.json", kStart);
  if (!start) return {};
  const bool damaged = start->size() < kStart && !parse_json(*start);
  return damaged ? std::string() : default_profile(*start).value_or("");
}

}  // namespace

std::optional<ProfileTokens> valid_tokens(const PlainCall& call) {
  const auto warn = [](const std::string& line) { tell("warning: " + line); };
  const auto root = Directory::open(config_directory(call.config_dir), warn);
  if (!root) return std::nullopt;
  std::string profile = profile_of(call, *root);
  const auto directory = root->open_inside("tokens");
  if (!store::is_profile_name(profile) || !directory) return std::nullopt;
  auto tokens = store::read_tokens(*directory, profile);
  const bool valid = tokens && tokens->valid_for(call.min_ttl, wall_clock());
  if (!valid) return std::nullopt;
  return ProfileTokens{std::move(profile), *std::move(tokens)};
}

void tell(const std::string& line) {
  const std::string text = "xauth: " + line + "\n";
  if (::write(STDERR_FILENO, text.data(), text.size()) < 0) return;  // nobody can be told
}

}  // namespace xauth::front
