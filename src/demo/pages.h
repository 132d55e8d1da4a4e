// The pages that the embedded provider shows: plain HTML, nothing from elsewhere, and no
// script but the one that sends a form on.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"
#include "demo/authorization_answer.h"

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

// The scopes as a list in words, in HTML.
std::string list_of_scopes(const std::string& scope);

// A page that ends here: `title` says what is wrong, `text` what that means or what to do.
OutgoingReply error_page(int status, std::string_view title, std::string_view text);

// A page that sends itself to the client with what a redirect would carry in its query; without
// script by a button. OAuth 2.0 Form Post Response Mode §2
OutgoingReply form_post_page(const std::string& redirect_uri, const AnswerParameters& parameters);

// What a scope allows, in words; empty when they are not known.
std::string_view scope_in_words(std::string_view scope);

}  // namespace xauth::demo
