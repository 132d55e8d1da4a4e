// A browser that needs nobody in front of it: it answers the consent page of the embedded
// provider by itself.
#pragma once

#include <string>

#include "base/url.h"
#include "system/system.h"

namespace xauth::demo {

enum class Decision { allow, deny };

// Where the browser ended up.
struct FinalPage {
  Url url;
  int status = 0;
  std::string body;
};

// Opens `authorize_url`, answers the consent page that is there by its button, and follows the
// redirects, or the form that sends itself, through the client's callback to the page that a person
// would see last. Where there is no consent page (the server showed an error, or sent the browser
// back with one), that is the last page. Only System::send is used. It ends when the callback is
// answered, which may need the caller: run it by std::async beside the wait. Throws Error
// (bad_response) at anything but http on a loopback host, at more than ten redirects or one without
// a usable Location, and what System::send throws. RFC 6749 §4.1, RFC 9110 §15.4
FinalPage consent(const System& system, const Url& authorize_url,
                  Decision decision = Decision::allow);

}  // namespace xauth::demo
