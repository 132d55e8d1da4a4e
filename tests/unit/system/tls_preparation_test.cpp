#include "system/tls_preparation.h"

#include <doctest/doctest.h>
#include <openssl/err.h>

using namespace xauth;

TEST_CASE("OpenSSL is prepared without a trace in its queue of errors, as often as one likes") {
  for (int i = 0; i < 2; ++i) {
    prepare_tls();
    CHECK(ERR_peek_error() == 0);
  }
}
