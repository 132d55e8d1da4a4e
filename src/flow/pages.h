// The pages that a person's browser shows at the end of a login. Fixed text: nothing of a request
// or of a provider's answer is in them.
#pragma once

#include <string>

#include "base/http_message.h"

namespace xauth::flow {

enum class Page {
  saved,         // logged in, the tokens are on the disk
  refused,       // the person or the provider said no
  failed,        // something went wrong; the terminal says what
  not_ours,      // a callback that is not the answer to this login
  already_used,  // a second answer to the same login
};

// The complete answer, with every header that keeps a page harmless. RFC 6749 §3.1.2.5
OutgoingReply reply_with(Page page);

// A bare answer for what is no page of ours: the status and its name.
OutgoingReply reply_with_status(int status);

}  // namespace xauth::flow
