// A provider's "no" to a login, and what to do about it.
#pragma once

#include <string>

#include "base/error.h"
#include "oauth/client.h"
#include "oauth/refusal.h"

namespace xauth::flow {

// The Error that `refusal`, by redirect or by the token endpoint, ends the login with. Where the
// registration at the provider may be the cause, the hint names what was sent of it;
// `redirect_uri`, as it is registered, is empty where none was. RFC 6749 §4.1.2.1, §5.2
Error login_refused(const oauth::Refusal& refusal, const oauth::Client& client,
                    const std::string& redirect_uri);

}  // namespace xauth::flow
