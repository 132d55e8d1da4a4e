// Reading what somebody else holds open, such as standard input.
#pragma once

#include <cstddef>
#include <string>

namespace xauth {

// All that `fd` gives until its end, but no more than `most` bytes and one: whoever gets more than
// `most` was given too much. Throws Error (usage) that names `what` when it cannot be read.
std::string read_input(int fd, std::size_t most, const std::string& what);

}  // namespace xauth
