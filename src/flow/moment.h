// Time and randomness from outside, for the protocol's functions, which have neither.
#pragma once

#include "oauth/client.h"
#include "system/system.h"

namespace xauth::flow {

// Fresh random octets for one value.
oauth::Entropy draw(const System& system);

// Now, and what makes a request made now differ from every other.
oauth::Moment moment_of(const System& system);

}  // namespace xauth::flow
