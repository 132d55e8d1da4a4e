// Members of an answer by the names that lead to them.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace xauth::oauth {

// What is at `path` in `json`, as in "data.0.id": names are parted by dots, elements of an array
// are counted from 0; a name that itself holds dots may be the last. Null pointer when there is
// nothing; an empty path is `json` itself.
const Json* find_at(const Json& json, std::string_view path);

// The text, number or boolean there, as text; empty for anything else.
std::string text_at(const Json& json, std::string_view path);

}  // namespace xauth::oauth
