#include "jose/algorithm.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace xauth::jose {

namespace {

struct Row {
  Algorithm algorithm;
  std::string_view name;
  Family family;
  const char* hash;
  std::size_t hash_size;
};

constexpr std::array<Row, 13> kRows = {{
    {Algorithm::RS256, "RS256", Family::rsa_pkcs1, "SHA256", 32},
    {Algorithm::RS384, "RS384", Family::rsa_pkcs1, "SHA384", 48},
    {Algorithm::RS512, "RS512", Family::rsa_pkcs1, "SHA512", 64},
    {Algorithm::PS256, "PS256", Family::rsa_pss, "SHA256", 32},
    {Algorithm::PS384, "PS384", Family::rsa_pss, "SHA384", 48},
    {Algorithm::PS512, "PS512", Family::rsa_pss, "SHA512", 64},
    {Algorithm::ES256, "ES256", Family::ecdsa, "SHA256", 32},
    {Algorithm::ES384, "ES384", Family::ecdsa, "SHA384", 48},
    {Algorithm::ES512, "ES512", Family::ecdsa, "SHA512", 64},
    {Algorithm::EdDSA, "EdDSA", Family::eddsa, "SHA512", 64},
    {Algorithm::HS256, "HS256", Family::hmac, "SHA256", 32},
    {Algorithm::HS384, "HS384", Family::hmac, "SHA384", 48},
    {Algorithm::HS512, "HS512", Family::hmac, "SHA512", 64},
}};

const Row& row_of(Algorithm algorithm) {
  const auto index = static_cast<std::size_t>(algorithm);
  assert(kRows.at(index).algorithm == algorithm);
  return kRows.at(index);
}

}  // namespace

std::optional<Algorithm> algorithm_from(std::string_view name) {
  if (name == "Ed25519") return Algorithm::EdDSA;
  const auto* row = std::find_if(kRows.begin(), kRows.end(),
                                 [&](const Row& candidate) { return candidate.name == name; });
  if (row == kRows.end()) return std::nullopt;
  return row->algorithm;
}

std::string_view name_of(Algorithm algorithm) { return row_of(algorithm).name; }

Family family_of(Algorithm algorithm) { return row_of(algorithm).family; }

const char* hash_name(Algorithm algorithm) { return row_of(algorithm).hash; }

std::size_t hash_size(Algorithm algorithm) { return row_of(algorithm).hash_size; }

std::string hash(Algorithm algorithm, std::string_view bytes) {
  std::string digest(hash_size(algorithm), '\0');
  std::size_t size = 0;
  const int done = EVP_Q_digest(nullptr, hash_name(algorithm), nullptr, bytes.data(), bytes.size(),
                                reinterpret_cast<unsigned char*>(digest.data()), &size);
  assert(done == 1 && size == digest.size());
  (void)done;
  return digest;
}

}  // namespace xauth::jose
