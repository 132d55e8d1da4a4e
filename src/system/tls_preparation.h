// What a first TLS connection costs, paid before anybody waits for it.
#pragma once

namespace xauth {

// Has OpenSSL load and seed what it needs for its first connection, some milliseconds of work that
// it then need not do between the provider's redirect and the request for the tokens. Nothing is
// sent; where it fails, the connection will say why.
void prepare_tls();

}  // namespace xauth
