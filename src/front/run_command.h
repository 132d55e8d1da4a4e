// `xauth exec` when the token is at hand.
#pragma once

#include "front/plain_call.h"

namespace xauth::front {

// Becomes the call's command, with the token in its environment, as the lean program would. Returns
// when that one is needed: the token is not valid, or the command cannot be run.
void run_command(const PlainCall& call);

}  // namespace xauth::front
