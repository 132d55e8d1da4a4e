// `xauth use`: set the default profile.
#include <algorithm>

#include "cli/commands.h"
#include "cli/nearest.h"
#include "store/profile_name.h"

namespace xauth::cli {

void use(const Context& context, const UseOptions& options) {
  store::check_profile_name(options.profile);
  const auto names = context.store.config().names();
  if (std::find(names.begin(), names.end(), options.profile) == names.end()) {
    const auto near = nearest(options.profile, names);
    throw Error(Code::usage, "there is no profile " + options.profile,
                near.empty() ? "xauth status" : "xauth use " + near.front());
  }
  context.store.change_config([&](store::Config& config) { config.set_default(options.profile); });
  if (context.out.json()) {
    Json json;
    json.set("default", Json(options.profile));
    context.out.json_result(json);
  }
  context.out.note("the default profile is now " + options.profile);
}

}  // namespace xauth::cli
