#include "demo/authorization_header.h"

#include <strings.h>

namespace xauth::demo {

std::optional<std::string> authorization(const IncomingRequest& request, std::string_view scheme) {
  const auto header = find_header(request.headers, "Authorization");
  if (!header || header->size() <= scheme.size() || (*header)[scheme.size()] != ' ') {
    return std::nullopt;
  }
  if (strncasecmp(header->data(), scheme.data(), scheme.size()) != 0) return std::nullopt;
  return header->substr(scheme.size() + 1);
}

}  // namespace xauth::demo
