// A password as a file holds it or a program prints it: one line, or all there is.
#pragma once

#include <cstddef>
#include <string>

#include "base/secret.h"

namespace xauth {

// The longest password that is taken, in bytes; a key of 32 octets is 43 characters.
constexpr std::size_t kLongestPassword = 4096;

// `text` without its last line end ("\n" or "\r\n"). `source` names where it came from in errors
// ("the key file /x"). Throws Error (storage) when there is nothing, or too much, or a NUL in it.
Secret password_in(const Secret& text, const std::string& source);

}  // namespace xauth
