#include "oauth/provider.h"

#include "base/error.h"

namespace xauth::oauth {

Url endpoint(std::string_view what, const std::string& text) {
  const auto url = parse_url(text);
  const std::string name(what);
  if (!url) throw Error(Code::usage, name + " is not an absolute https URL");
  if (url->fragment) throw Error(Code::usage, name + " must not have a fragment (#…)");
  if (!is_secure(*url)) {
    throw Error(Code::usage, name + " must be https (http is for this machine only)");
  }
  return *url;
}

}  // namespace xauth::oauth
