#include "jose/signing_key.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>

#include "base/encoding.h"
#include "base/error.h"
#include "jose/jwk.h"
#include "jose/mac.h"
#include "jose/signature.h"

namespace xauth::jose {

namespace {

using Bio = std::unique_ptr<BIO, Freed<BIO_free_all>>;

constexpr std::size_t kLargest = 64 * 1024;  // an RSA key of 16,384 bits has 13 KiB of PEM

constexpr const char* kKinds =
    "an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key";

// Nobody is asked for a passphrase; that the key wanted one is remembered.
int no_passphrase(char*, int, int, void* asked) {
  *static_cast<bool*>(asked) = true;
  return -1;
}

void check_size(const Secret& text, const std::string& what) {
  if (text.reveal().size() > kLargest) throw Error(Code::usage, what + " is larger than 64 KiB");
}

std::optional<std::string> text_at(const Json& jwk, const char* name) {
  const Json* member = jwk.find(name);
  if (member == nullptr || member->string() == nullptr) return std::nullopt;
  return *member->string();
}

}  // namespace

SigningKey SigningKey::from_text(const Secret& text, const std::string& what) {
  const std::string& characters = text.reveal();
  const auto first = characters.find_first_not_of(" \t\r\n");
  const bool jwk = first != std::string::npos && characters[first] == '{';
  return jwk ? from_jwk(text, what) : from_pem(text, what);
}

SigningKey SigningKey::from_pem(const Secret& pem, const std::string& what) {
  check_size(pem, what);
  const std::string& text = pem.reveal();
  const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  bool encrypted = false;
  Pkey key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, &encrypted));
  ERR_clear_error();
  if (encrypted) {
    throw Error(Code::usage, what + " is encrypted by a passphrase",
                "openssl pkey -in KEY.pem -out PLAIN.pem, readable by you alone");
  }
  if (!key) throw Error(Code::usage, what + " holds no private key in PEM form");
  if (!kind_of(*key)) throw Error(Code::usage, what + " is not " + kKinds);
  SigningKey signer;
  signer.key_ = std::move(key);
  return signer;
}

SigningKey SigningKey::from_jwk(const Secret& jwk, const std::string& what) {
  check_size(jwk, what);
  const auto json = parse_json(jwk.reveal());
  if (!json || json->object() == nullptr) {
    throw Error(Code::usage, what + " is no JSON Web Key");
  }
  SigningKey signer;
  signer.kid_ = text_at(*json, "kid").value_or("");
  if (const auto alg = text_at(*json, "alg")) {
    signer.only_ = algorithm_from(*alg);
    if (!signer.only_) throw Error(Code::usage, what + " is for an algorithm that xauth lacks");
  }
  if (text_at(*json, "kty") == "oct") {
    signer.secret_ = Secret(base64url_decode(text_at(*json, "k").value_or("")).value_or(""));
    if (signer.secret_.empty()) throw Error(Code::usage, what + " holds no secret (k)");
    return signer;
  }
  if (json->find("d") == nullptr) throw Error(Code::usage, what + " holds no private part (d)");
  signer.key_ = private_key_from(*json);
  if (!signer.key_) throw Error(Code::usage, what + " is damaged, or not " + kKinds);
  return signer;
}

SigningKey SigningKey::from_secret(const Secret& secret) {
  SigningKey signer;
  signer.secret_ = secret;
  return signer;
}

std::optional<Algorithm> SigningKey::choose_algorithm(const std::vector<Algorithm>& wanted) const {
  static const std::vector<Algorithm> kAll = {
      Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::ES384, Algorithm::ES512,
      Algorithm::EdDSA, Algorithm::HS256, Algorithm::RS384, Algorithm::RS512, Algorithm::PS384,
      Algorithm::PS512, Algorithm::HS384, Algorithm::HS512};
  for (const Algorithm algorithm : wanted.empty() ? kAll : wanted) {
    if (only_ && *only_ != algorithm) continue;
    const bool long_enough =
        family_of(algorithm) == Family::hmac && secret_.reveal().size() >= hash_size(algorithm);
    if (key_ ? fits(*kind_of(*key_), algorithm) : long_enough) return algorithm;
  }
  return std::nullopt;
}

PublicKey SigningKey::public_key() const { return PublicKey(key_); }

Json SigningKey::public_jwk() const {
  if (!key_) return {};
  Json jwk = public_jwk_of(*key_);
  if (!kid_.empty()) jwk.set("kid", Json(kid_));
  return jwk;
}

std::string SigningKey::sign(Algorithm algorithm, Json header, std::string_view payload) const {
  header.set("alg", Json(name_of(algorithm)));
  const std::string input = base64url(header.text()) + "." + base64url(payload);
  return input + "." + base64url(sign_bytes(algorithm, input));
}

std::string SigningKey::sign_bytes(Algorithm algorithm, std::string_view input) const {
  if (!key_) return mac(secret_, algorithm, input);
  auto signature = jose::sign(*key_, algorithm, input);
  if (!signature) throw Error(Code::failure, "OpenSSL could not sign with the private key");
  return *std::move(signature);
}

}  // namespace xauth::jose
