#include "demo/code_challenge.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/secret.h"

namespace xauth::demo {

namespace {

bool is_alnum(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool only(std::string_view text, std::string_view marks) {
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_alnum(c) || marks.find(c) != std::string_view::npos;
  });
}

// 43 to 128 unreserved characters. RFC 7636 §4.1
bool is_verifier(std::string_view text) {
  return text.size() >= 43 && text.size() <= 128 && only(text, "-._~");
}

}  // namespace

bool is_s256_challenge(std::string_view text) { return text.size() == 43 && only(text, "-_"); }

bool verifies(std::string_view code_verifier, std::string_view code_challenge) {
  if (!is_verifier(code_verifier)) return false;
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(code_verifier.data()), code_verifier.size(),
         digest.data());
  const std::string_view bytes(reinterpret_cast<const char*>(digest.data()), digest.size());
  return Secret(base64url(bytes)).matches(code_challenge);
}

}  // namespace xauth::demo
