// Randomness from the operating system.
#pragma once

#include <cstddef>
#include <span>

namespace xauth {

// Fills all of `bytes` from the kernel's generator, which is seeded by then: getrandom(2). Throws
// Error (failure) when the kernel has none.
void fill_random(std::span<std::byte> bytes);

}  // namespace xauth
