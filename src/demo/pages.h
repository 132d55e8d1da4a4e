// The pages that the embedded provider shows: plain HTML, nothing from elsewhere, no script.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace xauth::demo {

// What the consent page tells and asks. Nothing in it is escaped yet.
struct ConsentQuestion {
  std::string page_token;  // goes back with the answer; base64url
  std::string client_name;
  std::string client_id;
  std::string redirect_uri;  // where the browser goes afterwards; a URL
  std::string scope;         // separated by spaces
};

// The page that asks, with the buttons Allow and Deny.
OutgoingReply consent_page(const ConsentQuestion& question);

// A page that ends here: `title` says what is wrong, `text` what that means or what to do.
OutgoingReply error_page(int status, std::string_view title, std::string_view text);

// `text` for HTML, also inside a quoted attribute; characters that would steer the reading order
// are replaced, and what is longer than 200 characters is cut.
std::string escape_html(std::string_view text);

// What a scope allows, in words; empty when they are not known.
std::string_view scope_in_words(std::string_view scope);

}  // namespace xauth::demo
