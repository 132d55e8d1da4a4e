// What makes text from outside safe to show on a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace xauth {

// `text` without what could steer a terminal or turn the reading order: C0, DEL, C1, line and
// paragraph separators, bidirectional controls and malformed UTF-8 become U+FFFD; at most
// `most` characters, the last one `…` where some were cut.
std::string for_terminal(std::string_view text, std::size_t most = 512);

}  // namespace xauth
