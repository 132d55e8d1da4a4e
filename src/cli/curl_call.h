// How curl is called so that it sends a token that its command line does not show. curl(1)
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"

namespace xauth::cli {

// Refuses, with Error (usage), arguments for curl that hold `--next`, abbreviated or not, or `-:`,
// also in a cluster such as `-s:`: the header would not go to what follows. The value of a long
// option that looks like one of them is refused too, as only curl knows which of them have values.
void check_curl_arguments(const std::vector<std::string>& arguments);

// The whole command line: curl reads the configuration from the descriptor `config`. `-q`, which
// keeps .curlrc away, stays first.
std::vector<std::string> curl_call(int config, const std::vector<std::string>& arguments);

// curl's configuration: the header with the token, and, unless plain http may be used, https alone.
Secret curl_config(const Secret& access_token, bool https_only);

}  // namespace xauth::cli
