#include "system/tls_preparation.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>

namespace xauth {

void prepare_tls() {
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context(SSL_CTX_new(TLS_client_method()),
                                                             SSL_CTX_free);
  const std::unique_ptr<SSL, void (*)(SSL*)> tls(context ? SSL_new(context.get()) : nullptr,
                                                 SSL_free);
  if (tls) {
    SSL_set_bio(tls.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_connect(tls.get());  // makes its first message, for which there is no peer
  }
  ERR_clear_error();
}

}  // namespace xauth
