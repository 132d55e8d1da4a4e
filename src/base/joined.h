// Words in a row.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xauth {

// The items with `separator` between them, of which none stands at the start.
std::string joined(const std::vector<std::string>& items, std::string_view separator);

}  // namespace xauth
