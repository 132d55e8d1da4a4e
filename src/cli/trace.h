// `--trace` and `-v`: what is sent and what comes back, without its secrets.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "system/system.h"

namespace xauth::cli {

using Send = std::function<HttpResponse(const HttpRequest&)>;
using Tell = std::function<void(const std::string& line)>;

// `send`, which also tells every request and answer, a line at a time: `>` before what goes out,
// `<` before what comes back. Blanked are: what the request holds as Secret, parameters and JSON
// members that by their name, or as `secret_paths` say, hold a secret, cookies and credentials
// among the headers, and every one of these values wherever else it stands, also in later requests
// and answers. A body that is neither JSON nor a form is cut to 200 characters, and left out where
// it speaks of a secret.
Send traced(Send send, Tell tell, std::vector<std::string> secret_paths);

// `send`, which also tells one line a request: method, host, path, status and time; where a
// redirect would have led, and through which proxy it went.
Send told_briefly(Send send, Tell tell);

}  // namespace xauth::cli
