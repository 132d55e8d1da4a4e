// Names of profiles, which become file names.
#pragma once

#include <string>
#include <string_view>

namespace xauth::store {

// 1 to 64 of `A-Z a-z 0-9 . _ -`, not starting with `.` or `-`.
bool is_profile_name(std::string_view name);

// Throws Error (usage) for a name that is none, before any path is built from it.
void check_profile_name(const std::string& name);

}  // namespace xauth::store
