// URLs with parts in braces that are filled later: https://{instance}/oauth/token.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace xauth::oauth {

// The names in braces in `text`, in order, each once.
std::vector<std::string> names_in(std::string_view text);

// `text` with every {name} of `values` replaced; names that are not there stay. The values are
// taken as they are: the caller has checked what they may hold.
std::string fill(std::string text, const std::vector<std::pair<std::string, std::string>>& values);

}  // namespace xauth::oauth
