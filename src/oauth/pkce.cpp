#include "oauth/pkce.h"

#include <openssl/sha.h>

#include "base/encoding.h"

namespace xauth::oauth {

Secret random_value(const Entropy& entropy) {
  return Secret(base64url({reinterpret_cast<const char*>(entropy.data()), entropy.size()}));
}

std::string code_challenge(std::string_view code_verifier) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(code_verifier.data()), code_verifier.size(),
         digest.data());
  return base64url({reinterpret_cast<const char*>(digest.data()), digest.size()});
}

}  // namespace xauth::oauth
