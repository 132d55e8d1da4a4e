// What we demand of a TLS connection beyond what libcurl does.
#pragma once

#include <string>

using SSL_CTX = struct ssl_ctx_st;

namespace xauth {

// Makes `context`, of which a connection to `host` (a name, or an IP literal, in brackets or not)
// is about to be made, refuse during the handshake: any version before TLS 1.2, a certificate that
// does not name the host in its subjectAltName (the common name counts for nothing, a wildcard only
// as the whole leftmost label), and an authority's own certificate. Renegotiation, compression and
// key logs are off. `*closed`, which outlives the connection, becomes true when the peer ends the
// stream properly, by close_notify. False: OpenSSL failed, and no connection may be made.
// RFC 9325 §3, RFC 9525 §6.3, RFC 8446 §6.1
bool demand_of_peer(SSL_CTX* context, std::string host, bool* closed);

// Why a certificate was refused, from OpenSSL's verify result, to stand behind "its certificate".
std::string certificate_fault(long verify_result);

}  // namespace xauth
