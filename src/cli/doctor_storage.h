// How `xauth doctor` says in what form each profile is kept, and whether it can be opened.
#pragma once

#include <string>
#include <vector>

#include "cli/doctor_finding.h"
#include "store/store.h"

namespace xauth::cli {

// What is sealed of the profiles `names` and what is not, whether that is as the settings say, and,
// where anything is or is to be sealed, whether the key is to be had: who keeps it is asked.
Findings check_storage(const store::Store& store, const store::Config& config,
                       const std::vector<std::string>& names);

}  // namespace xauth::cli
