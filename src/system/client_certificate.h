// Who we are in a TLS handshake that asks for it.
#pragma once

#include <memory>
#include <vector>

#include "base/http_message.h"

using SSL_CTX = struct ssl_ctx_st;
using X509 = struct x509_st;
using EVP_PKEY = struct evp_pkey_st;

namespace xauth {

// A certificate with its private key and the authorities' certificates that stand behind it.
class TlsIdentity {
 public:
  // Reads the files: PEM, at most 256 KiB each, the key readable by its owner alone. The key may
  // stand in the certificate's file. Throws Error (usage) that names the file when one is missing,
  // damaged or encrypted, or when the key is another certificate's.
  explicit TlsIdentity(const ClientCertificate& files);

  // Makes connections of `context` prove it. False: OpenSSL failed, and none may be made.
  bool present(SSL_CTX* context) const;

 private:
  std::shared_ptr<X509> certificate_;
  std::vector<std::shared_ptr<X509>> chain_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace xauth
