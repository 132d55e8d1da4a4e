// What all pages of the embedded provider share: HTML around a card, and the headers that keep it
// to itself.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace xauth::demo {

inline constexpr std::string_view kBadge =
    "<p class=\"badge\">Demonstration server on this machine</p>\n";

// Whose account it is about.
inline constexpr std::string_view kPerson =
    "<p class=\"person\"><span class=\"face\" aria-hidden=\"true\">D</span>"
    "<span>Demo Person<small>@demo · an invented account</small></span></p>\n";

// The two answers, and the end of the form that sends them.
inline constexpr std::string_view kAllowOrDeny =
    "<button class=\"primary\" name=\"decision\" value=\"allow\">Allow</button>\n"
    "<button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n";

struct Page {
  int status = 200;
  std::string_view title;
  std::string card;                     // HTML
  std::string form_action = "'none'";   // CSP: where its forms may lead, redirects included
  std::string_view script_source = {};  // CSP: the hash of its script; empty: it has none
};

// The page as an answer: nothing from elsewhere, kept nowhere, in no frame. RFC 6749 §10.13
OutgoingReply framed(const Page& page);

// The sources of CSP's form-action for a form that leads to this server, then to `redirect_uri`.
std::string form_targets(const std::string& redirect_uri);

// `text` for HTML, also inside a quoted attribute; characters that would steer the reading order
// are replaced, and what is longer than 200 characters is cut.
std::string escape_html(std::string_view text);

// `text` for a quoted attribute that a program reads back: whole, and nothing replaced.
std::string attribute(std::string_view text);

}  // namespace xauth::demo
