// How the browser takes an answer back to the client.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/http_message.h"

namespace xauth::demo {

enum class ResponseMode { query, form_post };

// Where an answer goes, and how.
struct ReturnPath {
  std::string redirect_uri;
  ResponseMode mode = ResponseMode::query;
};

using AnswerParameters = std::vector<std::pair<std::string, std::string>>;

// A redirect that carries `parameters` in the query, or a page whose form carries them and sends
// itself; empty ones are left out. RFC 6749 §4.1.2, OAuth 2.0 Form Post Response Mode §2
OutgoingReply send_back(const ReturnPath& path, const AnswerParameters& parameters);

}  // namespace xauth::demo
