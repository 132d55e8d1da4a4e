// The pages on which a person allows a login that another device waits for.
#pragma once

#include <string>
#include <string_view>

#include "base/http_message.h"

namespace xauth::demo {

// The page that asks for the code which the device shows; `trouble` says what was wrong with the
// one before, or is empty. RFC 8628 §3.3
OutgoingReply ask_for_code_page(int status, std::string_view trouble);

// What the consent page tells and asks. Nothing in it is escaped yet.
struct DeviceQuestion {
  std::string page_token;  // goes back with the answer; base64url
  std::string user_code;
  std::string client_name;
  std::string scope;  // separated by spaces
};

// The page that shows the code again, to be compared, with the buttons Allow and Deny. RFC 8628
// §3.3.1, §5.4
OutgoingReply device_consent_page(const DeviceQuestion& question);

// The last page: the device goes on by itself.
OutgoingReply device_done_page(bool allowed);

}  // namespace xauth::demo
