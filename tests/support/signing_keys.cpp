#include "support/signing_keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <stdexcept>

namespace xauth::test {

namespace {

EVP_PKEY* generate(const std::string& type, const std::string& detail) {
  if (type == "RSA") return EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", std::stoul(detail));
  if (type == "EC") return EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", detail.c_str());
  return EVP_PKEY_Q_keygen(nullptr, nullptr, type.c_str());
}

}  // namespace

Secret make_private_pem(const std::string& type, const std::string& detail) {
  const std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key(generate(type, detail), EVP_PKEY_free);
  if (!key) throw std::runtime_error("OpenSSL makes no key of type " + type);
  const std::unique_ptr<BIO, void (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free_all);
  PEM_write_bio_PrivateKey(bio.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &text);
  return Secret(std::string(text, static_cast<std::size_t>(size)));
}

jose::SigningKey make_key(const std::string& type, const std::string& detail) {
  return jose::SigningKey::from_pem(make_private_pem(type, detail), "a test key");
}

const jose::SigningKey& rsa_key() {
  static const jose::SigningKey key = make_key("RSA", "2048");
  return key;
}

std::string key_set_of(const std::vector<std::pair<std::string, jose::SigningKey>>& keys) {
  Json::Array list;
  for (const auto& [kid, key] : keys) {
    Json jwk = key.public_jwk();
    if (!kid.empty()) jwk.set("kid", Json(kid));
    list.push_back(jwk);
  }
  Json set;
  set.set("keys", Json(std::move(list)));
  return set.text();
}

}  // namespace xauth::test
