// What the embedded provider tells about itself.
#pragma once

#include "base/json.h"
#include "demo/addresses.h"
#include "demo/manner.h"

namespace xauth::demo {

// The document that both well-known addresses answer: endpoints that are offered, and what they
// understand; Manner::metadata has the last word. RFC 8414 §2, OpenID Connect Discovery §3
Json metadata(const Manner& manner, const Addresses& addresses);

}  // namespace xauth::demo
