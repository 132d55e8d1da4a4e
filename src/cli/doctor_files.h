// Is the config directory ours, private, whole, and can it be written and locked?
#pragma once

#include <string>

#include "cli/doctor_finding.h"

namespace xauth::cli {

// Looks at the config directory `path` and at every file of xauth's in it. As everywhere, the
// access of others is taken away where they had it, which is told. Nothing is made but the lock
// file.
Findings check_files(const std::string& path);

}  // namespace xauth::cli
