// Keys and certificates made at run time, so that none is ever committed or expires.
#pragma once

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace xauth::test {

struct CertificateWish {
  std::string common_name = "test";
  std::string alt_names{};  // as OpenSSL writes them: "DNS:a.example,IP:127.0.0.1"; empty: none
  int valid_from = -1;      // days from now
  int valid_until = 30;
  bool authority = false;
  std::string extended_use = "serverAuth";
  std::string name_constraints{};  // as OpenSSL writes them; empty: none
  bool sha1 = false;               // the signature's digest, instead of SHA-256
  bool weak_key = false;           // RSA of 1,024 bits, instead of P-256
};

struct Certificate {
  std::shared_ptr<X509> certificate;
  std::shared_ptr<EVP_PKEY> key;

  std::string pem() const;                // the certificate alone
  std::string key_pem() const;            // the private key alone
  std::string encrypted_key_pem() const;  // the same, by a passphrase
};

// A certificate with a key of its own, signed by `issuer`, or by itself without one.
Certificate make_certificate(const CertificateWish& wish, const Certificate* issuer = nullptr);

// An authority of our own.
Certificate make_authority(const std::string& common_name = "Test Authority");

}  // namespace xauth::test
