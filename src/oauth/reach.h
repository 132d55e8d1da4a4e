// From where a host can be reached, as far as its text alone tells.
#pragma once

#include "base/url.h"

namespace xauth::oauth {

// Narrow to wide.
enum class Reach {
  machine,   // loopback, localhost, "this host"
  network,   // private, shared and link-local addresses; and numbers that are no plain address
  anywhere,  // other addresses, and every other name: where it leads is not known here
};

// The reach of the URL's host. Names are not looked up. RFC 6890 §2.2, RFC 6761 §6.3
Reach reach_of(const Url& url);

}  // namespace xauth::oauth
