// A valid token from its file to standard output.
#pragma once

#include "front/plain_call.h"

namespace xauth::front {

// Prints the token that `call` asks for, when it is there and valid: no lock, no network. False,
// with nothing printed, when it is not, or standard output takes nothing: the lean program then
// does what is to be done, or says what is wrong. Throws Error (storage, usage) likewise; ends the
// process with 1 when standard output takes a part of the token only.
bool print_token(const PlainCall& call);

}  // namespace xauth::front
