// Private keys made at run time, so that none is ever committed.
#pragma once

#include <string>

#include "jose/signing_key.h"

namespace xauth::test {

// A fresh private key in PEM form, of what OpenSSL calls `type` ("RSA", "EC", "ED25519", …);
// `detail` is the bits of an RSA key ("2048") or the curve ("P-256").
Secret make_private_pem(const std::string& type, const std::string& detail = {});

// The same as a key that signs. RSA keys of 2,048 bits take a while: `rsa_key` is made once.
jose::SigningKey make_key(const std::string& type, const std::string& detail = {});
const jose::SigningKey& rsa_key();

// The text of a key set with the public parts of `keys`, each under its `kid` unless that is empty.
std::string key_set_of(const std::vector<std::pair<std::string, jose::SigningKey>>& keys);

}  // namespace xauth::test
