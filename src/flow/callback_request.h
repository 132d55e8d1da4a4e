// Which requests to the listener are a person's browser coming back, by their form alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "oauth/authorization.h"

namespace xauth::flow {

// What the listener answers to, as it stands in a request.
struct CallbackPlace {
  std::vector<std::string> hosts;    // the values of `Host` that are ours
  std::string path;                  // of the redirect URI, such as /callback
  std::string result_path;           // where the result is shown
  std::vector<std::string> posters;  // the values of `Origin` that may POST the answer; empty: none
};

// The origins whose pages may post the answer to `pending`: none unless that was asked for; else
// the provider's, and `null`, which browsers send in place of an https page's to plain http.
// OAuth 2.0 Form Post Response Mode §2, Fetch §3.1
std::vector<std::string> posters_of(const oauth::PendingAuthorization& pending);

// The place of a redirect URI that is bound at `port`, and on `address` (an IP literal).
CallbackPlace callback_place(const Url& redirect_uri, const std::string& address, int port);

enum class RequestKind {
  callback,
  result,
  not_navigated,  // to the callback path, but not by a person's browser that goes there
  foreign,        // for others, or in another way than ours
};

struct SortedRequest {
  RequestKind kind = RequestKind::foreign;
  int status = 404;        // the answer, unless it is a callback or asks for the result
  std::string_view query;  // raw, of a callback; or the form that was posted
};

// Sorts by Host, method, path, Origin and Sec-Fetch, in that order; the path is compared byte for
// byte. RFC 8252 §8.10
SortedRequest sort_request(const IncomingRequest& request, const CallbackPlace& place);

}  // namespace xauth::flow
