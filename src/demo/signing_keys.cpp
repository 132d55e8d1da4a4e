#include "demo/signing_keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <utility>

#include "base/error.h"

namespace xauth::demo {

namespace {

struct Free {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};

constexpr std::size_t kRsaBits = 2048;  // the least that is allowed. RFC 7518 §3.3

EVP_PKEY* generate(jose::Algorithm algorithm) {
  switch (algorithm) {
    case jose::Algorithm::ES256:
      return EVP_EC_gen("P-256");
    case jose::Algorithm::ES384:
      return EVP_EC_gen("P-384");
    case jose::Algorithm::ES512:
      return EVP_EC_gen("P-521");
    case jose::Algorithm::EdDSA:
      return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
    default:
      return EVP_RSA_gen(kRsaBits);
  }
}

}  // namespace

jose::SigningKey generate_key(jose::Algorithm algorithm) {
  const std::unique_ptr<EVP_PKEY, Free> key(generate(algorithm));
  const std::unique_ptr<BIO, Free> bio(BIO_new(BIO_s_secmem()));
  char* text = nullptr;
  if (!key || !bio ||
      PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw Error(Code::failure, "OpenSSL could not make a key for the demonstration");
  }
  const auto size = BIO_get_mem_data(bio.get(), &text);
  const Secret pem(std::string(text, static_cast<std::size_t>(size)));
  return jose::SigningKey::from_pem(pem, "the key of the demonstration");
}

const SigningKeys::Named& SigningKeys::current() {
  if (keys_.empty()) rotate(false);
  return keys_.front();
}

Json SigningKeys::key_set() {
  Json::Array keys(others_.begin(), others_.end());
  if (jose::family_of(algorithm_) != jose::Family::hmac) current();
  for (const auto& [kid, key] : keys_) {
    Json jwk = key.public_jwk();
    jwk.set("kid", kid);
    jwk.set("use", "sig");
    jwk.set("alg", jose::name_of(algorithm_));
    keys.push_back(std::move(jwk));
  }
  return Json::Object{{"keys", std::move(keys)}};
}

void SigningKeys::rotate(bool keep_old) {
  if (!keep_old) keys_.clear();
  keys_.push_front({"demo-" + std::to_string(++made_), generate_key(algorithm_)});
}

}  // namespace xauth::demo
