// Answers to the client itself: JSON that nobody may keep, and refusals in the manner's words.
#pragma once

#include "base/http_message.h"
#include "base/json.h"
#include "demo/manner.h"
#include "demo/rejection.h"

namespace xauth::demo {

// `value` as the answer, kept by no cache. RFC 6749 §5.1
OutgoingReply json_answer(int status, const Json& value);

// What the manner answers to a request that was turned down, with the challenge that belongs to
// its status. RFC 6749 §5.2, RFC 6750 §3
OutgoingReply refusal(const Manner& manner, const Rejection& rejection);

}  // namespace xauth::demo
