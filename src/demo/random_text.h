// Unguessable text from the generator that the embedded provider was given.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace xauth::demo {

using FillRandom = std::function<void(std::span<std::byte>)>;

// `prefix` and 256 random bits in base64url. RFC 6749 §10.10
std::string random_text(std::string_view prefix, const FillRandom& fill_random);

}  // namespace xauth::demo
