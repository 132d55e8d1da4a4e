// The name that a person may have meant.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xauth::cli {

// Those of `names` that are one or two typing slips from `word`, nearest first, then those that
// begin with it, three at most.
std::vector<std::string> nearest(std::string_view word, const std::vector<std::string>& names);

}  // namespace xauth::cli
