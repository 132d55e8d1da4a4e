#include "cli/doctor_subject.h"

#include <algorithm>

#include "cli/connection.h"
#include "cli/presets.h"
#include "store/profile_name.h"

namespace xauth::cli {

namespace {

constexpr const char* kCheck = "profile";

// The name of the profile; empty, and why, when none is meant.
std::string name_of_subject(const store::Config& config, const std::string& given,
                            Findings& findings) {
  std::string name = given.empty() ? environment("XAUTH_PROFILE") : given;
  if (name.empty()) name = config.default_profile();
  if (!name.empty()) return name;
  const auto names = config.names();
  if (names.empty()) {
    findings.push_back({kCheck, Health::ok, "nobody is logged in yet",
                        "xauth login, or xauth doctor PROVIDER to look at one before"});
  } else {
    findings.push_back(
        {kCheck, Health::warning, "no profile is the default one", "xauth use " + names.front()});
  }
  return {};
}

// The settings, or those that a login at the provider of that name would begin with.
std::optional<store::Profile> settings_of(const Context& context, const store::Config& config,
                                          const std::string& name, Findings& findings) {
  if (auto kept = config.profile(name)) return kept;
  if (is_preset(context, name)) {
    store::Profile profile;
    profile.provider = name;
    return profile;
  }
  if (!context.store.has_token_file(name)) throw not_logged_in(context, name);
  findings.push_back({kCheck, Health::failure, name + " has tokens, but no settings",
                      "xauth login " + name + " --provider ID"});
  return std::nullopt;
}

std::optional<Subject> subject_in(const Context& context, const store::Config& config,
                                  const std::string& given, Findings& findings) {
  const std::string name = name_of_subject(config, given, findings);
  if (name.empty()) return std::nullopt;
  store::check_profile_name(name);
  auto profile = settings_of(context, config, name, findings);
  if (!profile) return std::nullopt;
  try {
    const auto provider = provider_of(context, *profile);
    return Subject{name, *profile, provider, config.profile(name).has_value()};
  } catch (const Error& error) {
    findings.push_back(failed("provider", error, "xauth provider list"));
    return std::nullopt;
  }
}

}  // namespace

std::optional<Subject> find_subject(const Context& context, const std::string& given,
                                    Findings& findings) {
  try {
    return subject_in(context, context.store.config(), given, findings);
  } catch (const Error& error) {
    if (error.code != Code::storage) throw;
    return std::nullopt;  // the check of the files says it
  }
}

}  // namespace xauth::cli
