#include "system/transfer_failure.h"

#include <curl/curl.h>
#include <openssl/x509_vfy.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "system/tls_checks.h"

namespace xauth {

namespace {

std::string in_words(std::chrono::milliseconds time) {
  if (time.count() % 1000 == 0) return std::to_string(time.count() / 1000) + " s";
  return std::to_string(time.count()) + " ms";
}

std::string connect_fault(long os_error) {
  switch (os_error) {
    case ECONNREFUSED:
      return "connection refused";
    case ENETUNREACH:
    case EHOSTUNREACH:
      return "there is no route to it";
    case ETIMEDOUT:
    case 0:
      return "no connection could be made";
    default:
      return std::generic_category().message(static_cast<int>(os_error));
  }
}

// The reason that OpenSSL gives in "error:0A00010B:SSL routines::wrong version number".
std::string handshake_fault(const std::string& detail) {
  constexpr std::string_view kMark = "SSL routines::";
  const auto at = detail.find(kMark);
  if (at == std::string::npos) return "the TLS handshake failed";
  return "the TLS handshake failed (" + detail.substr(at + kMark.size()) + ")";
}

std::string certificate_hint(long verify_result) {
  switch (verify_result) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return "check the clock of this machine";
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return "--ca-file FILE or SSL_CERT_FILE, if the authority is one of your own";
    default:
      return {};
  }
}

// Why no request could be sent, to stand behind "cannot reach HOST: ".
std::string connection_fault(const TransferEnd& end, const HttpLimits& limits) {
  if (end.proxy_status != 0 && end.proxy_status / 100 != 2) {
    return "the proxy answered with status " + std::to_string(end.proxy_status);
  }
  switch (end.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return "the name does not resolve";
    case CURLE_COULDNT_RESOLVE_PROXY:
      return "the proxy's name does not resolve";
    case CURLE_COULDNT_CONNECT:
      return connect_fault(end.os_error);
    case CURLE_OPERATION_TIMEDOUT:
      return "no connection within " + in_words(std::min(limits.connect, limits.total));
    case CURLE_PEER_FAILED_VERIFICATION:
      return "its certificate " + certificate_fault(end.verify_result);
    case CURLE_SSL_CONNECT_ERROR:
      return handshake_fault(end.detail);
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_GOT_NOTHING:
      return "the connection was cut";
    default:
      return curl_easy_strerror(static_cast<CURLcode>(end.code));
  }
}

std::string connection_hint(const TransferEnd& end) {
  if (end.code == CURLE_PEER_FAILED_VERIFICATION) return certificate_hint(end.verify_result);
  const bool perhaps_proxy = end.code == CURLE_COULDNT_CONNECT ||
                             end.code == CURLE_COULDNT_RESOLVE_PROXY || end.proxy_status != 0;
  return end.by_proxy && perhaps_proxy ? "check HTTPS_PROXY and NO_PROXY" : "";
}

// Where it ended that no request could be sent.
Stage stage_of(const TransferEnd& end) {
  switch (end.code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return Stage::name;
    case CURLE_OPERATION_TIMEDOUT:
      return end.detail.starts_with("Resolving") ? Stage::name : Stage::connection;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
      return Stage::tls;
    default:
      return Stage::connection;
  }
}

bool breaks_http(const TransferEnd& end) {
  return end.code == CURLE_UNSUPPORTED_PROTOCOL ||  // HTTP/0.9 or nothing like HTTP
         end.code == CURLE_WEIRD_SERVER_REPLY ||
         end.code == CURLE_OUT_OF_MEMORY ||  // a line beyond libcurl's own 100 KiB
         end.code == CURLE_BAD_CONTENT_ENCODING ||
         end.detail.find("chunked-encoding") != std::string::npos;
}

// What went wrong once the request was on its way, to stand behind the host.
std::string answer_fault(const TransferEnd& end, const HttpLimits& limits) {
  switch (end.code) {
    case CURLE_OPERATION_TIMEDOUT:
      return "did not answer within " + in_words(limits.total);
    case CURLE_GOT_NOTHING:
      return "closed the connection without an answer";
    default:
      return "cut the connection before its answer was complete";
  }
}

}  // namespace

SendFailure explain_failure(const TransferEnd& end, const Url& url, const HttpLimits& limits) {
  const std::string host = url.authority();
  if (end.code == CURLE_ABORTED_BY_CALLBACK) {
    return SendFailure(Code::unreachable, "interrupted", "", end.reached);
  }
  if (!end.reached) {
    return SendFailure(Code::unreachable,
                       "cannot reach " + host + ": " + connection_fault(end, limits),
                       connection_hint(end), false, stage_of(end));
  }
  if (breaks_http(end)) {
    return SendFailure(Code::bad_response, host + " sent an answer that is not valid HTTP", "",
                       true);
  }
  return SendFailure(Code::unreachable, host + " " + answer_fault(end, limits), "", true);
}

}  // namespace xauth
