// Which requests to the listener are a person's browser coming back, by their form alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"

namespace xauth::flow {

// What the listener answers to, as it stands in a request.
struct CallbackPlace {
  std::vector<std::string> hosts;  // the values of `Host` that are ours
  std::string path;                // of the redirect URI, such as /callback
  std::string result_path;         // where the result is shown
};

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
  std::string_view query;  // raw, of a callback
};

// Sorts by Host, method, path, Origin and Sec-Fetch, in that order; the path is compared byte for
// byte. RFC 8252 §8.10
SortedRequest sort_request(const IncomingRequest& request, const CallbackPlace& place);

}  // namespace xauth::flow
