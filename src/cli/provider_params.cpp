#include "cli/provider_params.h"

#include "cli/presets.h"
#include "oauth/url_parameters.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

void set(oauth::Parameters& values, const std::string& name, const std::string& value) {
  for (auto& [known, old] : values) {
    if (known != name) continue;
    old = value;
    return;
  }
  values.emplace_back(name, value);
}

oauth::Parameters merged(const store::Profile& profile, const std::vector<std::string>& given) {
  auto values = provider_params_of(profile.provider_param);
  for (const auto& [name, value] : provider_params_of(given)) set(values, name, value);
  return values;
}

void ask_for_missing(const oauth::Provider& preset, oauth::Parameters& values) {
  if (!input_is_ours() || !error_is_terminal()) return;
  for (const auto& parameter : oauth::missing_parameters(preset, values)) {
    const std::string answer = ask_line(preset.name + " needs " + parameter.name + ": " +
                                        parameter.about + ".\nIts " + parameter.name + ": ");
    values.emplace_back(parameter.name, oauth::check_parameter(parameter, answer));
  }
}

}  // namespace

oauth::Parameters provider_params_of(const std::vector<std::string>& texts) {
  oauth::Parameters values;
  for (const auto& text : texts) {
    const auto equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      throw Error(Code::usage, "--provider-param needs NAME=VALUE");
    }
    set(values, text.substr(0, equals), text.substr(equals + 1));
  }
  return values;
}

void settle_provider_params(const Context& context, store::Profile& profile,
                            const std::vector<std::string>& given) {
  if (profile.provider.empty()) {
    if (given.empty()) return;
    throw Error(Code::usage, "--provider-param is for a provider that has a name here",
                "xauth provider list");
  }
  const auto preset = preset_named(context, profile.provider);
  auto values = merged(profile, given);
  ask_for_missing(preset, values);
  oauth::with_parameters(preset, values);  // says what is wrong with them
  profile.provider_param.clear();
  for (const auto& [name, value] : values) profile.provider_param.push_back(name + "=" + value);
}

bool is_another_with(const Context& context, const store::Profile& profile,
                     const std::vector<std::string>& given) {
  if (given.empty() || profile.provider.empty()) return false;
  const auto preset = preset_named(context, profile.provider);
  const auto before = oauth::settled_parameters(preset, provider_params_of(profile.provider_param));
  return oauth::settled_parameters(preset, merged(profile, given)) != before;
}

}  // namespace xauth::cli
