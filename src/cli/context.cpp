#include "cli/context.h"

#include <algorithm>
#include <set>

#include "cli/nearest.h"
#include "cli/presets.h"
#include "store/profile_name.h"

namespace xauth::cli {

namespace {

std::string default_profile(const store::Config& config) {
  std::string name = config.default_profile();
  if (!name.empty()) return name;
  const auto names = config.names();
  if (names.empty()) throw Error(Code::login_needed, "nobody is logged in yet", "xauth login");
  throw Error(Code::login_needed, "no profile is the default one", "xauth use " + names.front());
}

}  // namespace

std::string choose_profile(const Context& context, const std::string& given) {
  std::string profile = given.empty() ? environment("XAUTH_PROFILE") : given;
  if (profile.empty()) profile = default_profile(context.store.config());
  store::check_profile_name(profile);
  return profile;
}

std::vector<std::string> all_profiles(const Context& context, const store::Config& config) {
  auto names = config.names();
  auto others = context.store.profiles_with_tokens();
  std::sort(others.begin(), others.end());
  const std::set<std::string> known(names.begin(), names.end());
  for (const auto& name : others) {
    if (known.count(name) == 0) names.push_back(name);
  }
  return names;
}

Error not_logged_in(const Context& context, const std::string& profile) {
  const auto names = context.store.config().names();
  if (std::find(names.begin(), names.end(), profile) != names.end()) {
    return {Code::login_needed, profile + " is not logged in", "xauth login " + profile};
  }
  const auto near = nearest(profile, names);
  const std::string message = "there is no profile " + profile;
  if (!near.empty()) {
    return {Code::login_needed, message + "; is it " + near.front() + "?", "xauth status"};
  }
  const char* how = is_preset(context, profile) ? "" : " --provider ID";
  return {Code::login_needed, message, "xauth login " + profile + how};
}

}  // namespace xauth::cli
