#include "jose/mac.h"

#include <cassert>

#include "jose/evp.h"

namespace xauth::jose {

std::string mac(const Secret& secret, Algorithm algorithm, std::string_view input) {
  assert(family_of(algorithm) == Family::hmac);
  std::string code(hash_size(algorithm), '\0');
  std::size_t size = 0;
  const std::string& key = secret.reveal();
  const auto* made =
      EVP_Q_mac(nullptr, "HMAC", nullptr, hash_name(algorithm), nullptr, key.data(), key.size(),
                bytes_of(input), input.size(), bytes_of(code), code.size(), &size);
  assert(made != nullptr && size == code.size());
  (void)made;
  return code;
}

bool verify_mac(const Secret& secret, Algorithm algorithm, std::string_view input,
                std::string_view code) {
  return Secret(mac(secret, algorithm, input)).matches(code);
}

}  // namespace xauth::jose
