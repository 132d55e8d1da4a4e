#include "system/tls_checks.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>

namespace xauth {

namespace {

bool is_address(const std::string& host) {
  std::array<unsigned char, sizeof(in6_addr)> bytes;
  return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
         inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

// The host as certificates write it.
std::string certificate_name(std::string host) {
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  if (host.ends_with('.')) host.pop_back();  // the DNS root
  return host;
}

// OpenSSL lets an authority's certificate stand for a server; browsers do not, nor do we.
int refuse_authority_as_server(int ok, X509_STORE_CTX* chain) {
  if (!ok || X509_STORE_CTX_get_error_depth(chain) != 0) return ok;
  X509* leaf = X509_STORE_CTX_get_current_cert(chain);
  if (!(X509_get_extension_flags(leaf) & EXFLAG_CA)) return ok;
  X509_STORE_CTX_set_error(chain, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

int closed_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

// libcurl 7.88 takes the end of the connection for the end of the stream; only here the two differ.
void note_close(const SSL* ssl, int where, int value) {
  if (where != SSL_CB_READ_ALERT || (value & 0xFF) != SSL_AD_CLOSE_NOTIFY) return;
  *static_cast<bool*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), closed_index())) = true;
}

}  // namespace

bool demand_of_peer(SSL_CTX* context, std::string host, bool* closed) {
  SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_keylog_callback(context, nullptr);  // libcurl heeds SSLKEYLOGFILE
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, refuse_authority_as_server);

  SSL_CTX_set_ex_data(context, closed_index(), closed);
  SSL_CTX_set_info_callback(context, note_close);

  X509_VERIFY_PARAM* wanted = SSL_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_hostflags(
      wanted, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  host = certificate_name(std::move(host));
  const int named = is_address(host)
                        ? X509_VERIFY_PARAM_set1_ip_asc(wanted, host.c_str())
                        : X509_VERIFY_PARAM_set1_host(wanted, host.data(), host.size());
  return named == 1 && SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1;
}

std::string certificate_fault(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return "has expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "is not valid yet";
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return "is not for this name";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return "is signed by itself";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "is signed by an unknown authority";
    case X509_V_ERR_INVALID_PURPOSE:
      return "is not for a server";
    case X509_V_ERR_APPLICATION_VERIFICATION:
      return "is an authority's own, not a server's";
    default:
      return std::string("was refused: ") + X509_verify_cert_error_string(verify_result);
  }
}

}  // namespace xauth
