// What is wrong with a JSON text that the reader does not take (json.h), for those who wrote it.
#pragma once

#include <string>
#include <string_view>

namespace xauth {

// What keeps parse_json from reading `text`, as a verb: "repeats the member scope", "is no
// JSON from line 7 on". Empty when it can be read. Not safe for a terminal.
std::string json_fault(std::string_view text);

}  // namespace xauth
