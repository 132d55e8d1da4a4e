#include "cli/presets.h"

#include <algorithm>

#include "base/terminal_text.h"
#include "cli/nearest.h"
#include "oauth/preset.h"

namespace xauth::cli {

std::optional<oauth::Provider> find_preset(const Context& context, const std::string& id) {
  const auto own = context.store.preset(id);
  if (!own) return oauth::find_preset(id);
  try {
    auto provider = oauth::parse_preset(id, *own);
    if (provider.name.empty()) provider.name = id;
    return provider;
  } catch (const Error& error) {
    throw Error(error.code, error.message, "mend " + context.store.path_of_preset(id));
  }
}

oauth::Provider preset_named(const Context& context, const std::string& id) {
  if (auto preset = find_preset(context, id)) return *std::move(preset);
  const auto near = nearest(id, preset_ids(context));
  throw Error(Code::usage,
              "no provider is named '" + for_terminal(id, 64) + "'" +
                  (near.empty() ? "" : "; is it " + near.front() + "?"),
              "xauth provider list");
}

std::vector<std::string> preset_ids(const Context& context) {
  auto ids = oauth::preset_ids();
  for (auto& own : context.store.presets()) ids.push_back(std::move(own));
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

bool is_preset(const Context& context, const std::string& id) {
  const auto ids = preset_ids(context);
  return std::binary_search(ids.begin(), ids.end(), id);
}

}  // namespace xauth::cli
