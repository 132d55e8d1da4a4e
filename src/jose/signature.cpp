#include "jose/signature.h"

#include <openssl/err.h>
#include <openssl/rsa.h>

#include "jose/jwk.h"

namespace xauth::jose {

namespace {

// OpenSSL's signing functions take the key as mutable, but only count its owners.
EVP_PKEY* mutable_key(const EVP_PKEY& key) { return const_cast<EVP_PKEY*>(&key); }

const char* digest_for(Algorithm algorithm) {
  return family_of(algorithm) == Family::eddsa ? nullptr : hash_name(algorithm);
}

// PSS with the hash for both, and a salt of its length. RFC 7518 §3.5
bool set_padding(EVP_PKEY_CTX* context, Algorithm algorithm) {
  if (family_of(algorithm) != Family::rsa_pss) return true;
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

// r and s side by side as the DER that OpenSSL wants; empty when the length is wrong.
std::string der_of(std::string_view signature, std::size_t size) {
  if (size == 0 || signature.size() != 2 * size) return {};
  const EcdsaSignature pair(ECDSA_SIG_new());
  const int length = static_cast<int>(size);
  ECDSA_SIG_set0(pair.get(), BN_bin2bn(bytes_of(signature), length, nullptr),
                 BN_bin2bn(bytes_of(signature.substr(size)), length, nullptr));
  std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(pair.get(), nullptr)), '\0');
  unsigned char* end = bytes_of(der);
  i2d_ECDSA_SIG(pair.get(), &end);
  return der;
}

std::string pair_of(std::string_view der, std::size_t size) {
  const unsigned char* start = bytes_of(der);
  const EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &start, static_cast<long>(der.size())));
  std::string signature(2 * size, '\0');
  BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), bytes_of(signature), static_cast<int>(size));
  BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), bytes_of(signature) + size, static_cast<int>(size));
  return signature;
}

std::size_t coordinate_size(const EVP_PKEY& key) {
  const auto kind = kind_of(key);
  return kind ? coordinate_size(*kind) : 0;
}

}  // namespace

bool verify(const EVP_PKEY& key, Algorithm algorithm, std::string_view input,
            std::string_view signature) {
  std::string der;
  if (family_of(algorithm) == Family::ecdsa) {
    der = der_of(signature, coordinate_size(key));
    signature = der;
  }
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;
  const bool valid = !signature.empty() &&
                     EVP_DigestVerifyInit_ex(context.get(), &padding, digest_for(algorithm),
                                             nullptr, nullptr, mutable_key(key), nullptr) == 1 &&
                     set_padding(padding, algorithm) &&
                     EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(),
                                      bytes_of(input), input.size()) == 1;
  ERR_clear_error();
  return valid;
}

std::optional<std::string> sign(const EVP_PKEY& key, Algorithm algorithm, std::string_view input) {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* padding = nullptr;
  std::size_t size = 0;
  std::string signature;
  bool done = EVP_DigestSignInit_ex(context.get(), &padding, digest_for(algorithm), nullptr,
                                    nullptr, mutable_key(key), nullptr) == 1 &&
              set_padding(padding, algorithm) &&
              EVP_DigestSign(context.get(), nullptr, &size, bytes_of(input), input.size()) == 1;
  if (done) {
    signature.resize(size);
    done = EVP_DigestSign(context.get(), bytes_of(signature), &size, bytes_of(input),
                          input.size()) == 1;
    signature.resize(size);
  }
  ERR_clear_error();
  if (!done) return std::nullopt;
  if (family_of(algorithm) != Family::ecdsa) return signature;
  return pair_of(signature, coordinate_size(key));
}

}  // namespace xauth::jose
