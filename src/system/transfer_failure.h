// What libcurl says when a transfer failed, as one line for a person.
#pragma once

#include <string>

#include "base/url.h"
#include "system/http_client.h"
#include "system/system.h"

namespace xauth {

// How a transfer ended that brought no answer, in libcurl's terms.
struct TransferEnd {
  int code = 0;            // CURLcode
  bool reached = false;    // the request may have left
  long os_error = 0;       // errno of a failed connect
  long verify_result = 0;  // OpenSSL's, of the peer's certificate
  long proxy_status = 0;   // the proxy's answer to CONNECT; 0: none
  bool by_proxy = false;   // a proxy is configured
  std::string detail;      // libcurl's own words
};

// The failure to throw. Its message names the host; never the URL's path or query.
SendFailure explain_failure(const TransferEnd& end, const Url& url, const HttpLimits& limits);

}  // namespace xauth
