#include "oauth/resource.h"

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::oauth {

void check_resource(const std::string& resource) {
  const auto colon = resource.find(':');
  if (colon == std::string::npos || colon == 0 || resource.find('#') != std::string::npos ||
      !is_printable_ascii(resource)) {
    throw Error(Code::usage, "--resource needs an absolute URI without a fragment (#…)");
  }
}

}  // namespace xauth::oauth
