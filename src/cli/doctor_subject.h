// The login that `xauth doctor` looks at.
#pragma once

#include <optional>
#include <string>

#include "cli/context.h"
#include "cli/doctor_finding.h"
#include "oauth/provider.h"
#include "store/profile.h"

namespace xauth::cli {

// A profile, or one that `xauth login PROVIDER` would make.
struct Subject {
  std::string name;
  store::Profile profile;
  oauth::Provider provider;
  bool kept = false;  // the settings are there
};

// The subject that `given`, else XAUTH_PROFILE, else the default profile means; a provider's ID
// means a login there. Nothing when there is none, or when its settings are no use; `findings` then
// hold why. Throws Error: usage for a bad name, login_needed for one that means nothing.
std::optional<Subject> find_subject(const Context& context, const std::string& given,
                                    Findings& findings);

}  // namespace xauth::cli
