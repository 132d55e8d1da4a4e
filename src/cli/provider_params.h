// The named parts of a preset's URLs (`--provider-param NAME=VALUE`), as a profile keeps them.
#pragma once

#include <string>
#include <vector>

#include "cli/context.h"
#include "oauth/provider.h"
#include "store/profile.h"

namespace xauth::cli {

// The values in `texts`, each NAME=VALUE; the last of a name counts. Throws Error (usage).
oauth::Parameters provider_params_of(const std::vector<std::string>& texts);

// Takes `given` into `profile` beside what it keeps; what its preset still lacks is asked for on a
// terminal. Throws Error (usage): a name that the preset does not have, a value that it cannot
// take, or one that is missing, with the option to type.
void settle_provider_params(const Context& context, store::Profile& profile,
                            const std::vector<std::string>& given);

// Whether the provider of `profile` is another one with `given`: a part of its URLs changes.
bool is_another_with(const Context& context, const store::Profile& profile,
                     const std::vector<std::string>& given);

}  // namespace xauth::cli
