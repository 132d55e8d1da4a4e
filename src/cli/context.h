// What every command works with.
#pragma once

#include "cli/options.h"
#include "cli/output.h"
#include "store/store.h"
#include "system/environment.h"

namespace xauth::cli {

struct Context {
  GlobalOptions global;
  Output out;
  store::Store store;
};

// The profile that a command means: `given`, else XAUTH_PROFILE, else the default one. Throws
// Error: usage for a bad name, login_needed when nobody has logged in yet.
std::string choose_profile(const Context& context, const std::string& given);

// The names of all profiles: those of the settings, in their order, and those that have tokens
// without them.
std::vector<std::string> all_profiles(const Context& context, const store::Config& config);

// The error for a profile that has no tokens: it is not logged in, or there is no such profile,
// and then the nearest names are told.
Error not_logged_in(const Context& context, const std::string& profile);

}  // namespace xauth::cli
