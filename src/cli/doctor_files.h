// Is the config directory ours, private, whole, and can it be written, locked and unsealed?
#pragma once

#include "cli/doctor_finding.h"
#include "store/store.h"

namespace xauth::cli {

// Looks at the config directory and at every file of xauth's in it. As everywhere, the access of
// others is taken away where they had it, which is told. Nothing is made but the lock file.
Findings check_files(const store::Store& store);

}  // namespace xauth::cli
