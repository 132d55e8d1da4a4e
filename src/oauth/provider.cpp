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

void interpret(const Provider& provider, Refusal& refusal) {
  for (const auto& known : provider.errors) {
    const bool described = refusal.error_description.find(known.description) != std::string::npos;
    if (known.error != refusal.error || !described) continue;
    refusal.meaning = known.means;
    refusal.fix = known.fix;
    return;
  }
}

}  // namespace xauth::oauth
