// The parameters of a request that reached the embedded provider.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "base/http_message.h"

namespace xauth::demo {

class RequestParameters {
 public:
  // Takes a query or the body of a form, whose size the server has bounded.
  explicit RequestParameters(std::string_view text) : parameters_(parse_query(text)) {}

  // The value of `name`; nothing when it is absent or empty. Throws Rejection
  // (malformed_request) when it occurs twice or its encoding is broken. RFC 6749 §3.1, §3.2
  std::optional<std::string> optional(std::string_view name) const;

  // The same; throws Rejection (missing_parameter) when it is absent or empty.
  std::string required(std::string_view name) const;

 private:
  std::vector<Parameter> parameters_;
};

// The target without its query.
std::string path_of(const IncomingRequest& request);

// The parameters behind the `?` of the target.
RequestParameters query_of(const IncomingRequest& request);

// The parameters in the body; throws Rejection (malformed_request) unless the request says that
// it is application/x-www-form-urlencoded. RFC 6749 App. B
RequestParameters form_of(const IncomingRequest& request);

}  // namespace xauth::demo
