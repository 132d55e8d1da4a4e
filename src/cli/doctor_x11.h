// Does a call that means X11's xauth reach it?
#pragma once

#include <optional>
#include <string>

#include "cli/doctor_finding.h"

namespace xauth::cli {

// `path` is X11's program, empty where there is none; `status` that of a call through us, nothing
// when it did not end.
Finding judge_x11(const std::string& path, std::optional<int> status);

// Looks for X11's program and calls it through ours, as others do.
Finding check_x11();

}  // namespace xauth::cli
