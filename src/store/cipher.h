// The two primitives that sealing is made of: AES-256-GCM and scrypt, by OpenSSL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/secret.h"

namespace xauth::store {

inline constexpr std::size_t kKeySize = 32;    // octets, as the two below
inline constexpr std::size_t kNonceSize = 12;  // a fresh random one for each text
inline constexpr std::size_t kTagSize = 16;

// `text` encrypted under `key` with its tag at the end; `bound` is not in it, but must be the same
// at the decryption. NIST SP 800-38D §7.1
std::string encrypt(const Secret& key, std::string_view nonce, std::string_view bound,
                    const Secret& text);

// The text again; nothing when any of the four is not what it was then. NIST SP 800-38D §7.2
std::optional<Secret> decrypt(const Secret& key, std::string_view nonce, std::string_view bound,
                              std::string_view ciphertext);

// What a guess at a password costs: 128 MiB and a third of a second as it stands.
struct ScryptCost {
  std::int64_t n = 131'072;
  std::int64_t r = 8;
  std::int64_t p = 1;
};

// Whether costs that a file names are neither cheap (N below 16,384) nor beyond what a machine can
// bear: more than 1 GiB of memory, or sixteen times our own work.
bool is_bearable(const ScryptCost& cost);

// The key that `password` and `salt` give, at a cost that is bearable. Throws Error (storage) when
// the memory is not there. RFC 7914 §6
Secret scrypt(const Secret& password, std::string_view salt, const ScryptCost& cost);

// That many random octets. Throws Error (failure) when the kernel has none.
std::string random_octets(std::size_t count);

}  // namespace xauth::store
