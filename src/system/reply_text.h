// What a server of ours answers, as the bytes of HTTP/1.1.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace xauth {

// The whole answer to a request of that method, with Content-Length and `Connection: close`; the
// body of an answer to HEAD is left out. A reply that could break out of its place (a header name
// that is no token, CR, LF or another control character in a value, a status outside 200 to 599,
// a Content-Length, Transfer-Encoding or Connection of its own) becomes a bare 500.
// RFC 9112 §4-§6
std::string reply_text(std::string_view method, const OutgoingReply& reply);

}  // namespace xauth
