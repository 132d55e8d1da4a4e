// Links in terminals that can show them.
#pragma once

#include <string>

#include "base/url.h"

namespace xauth::cli {

// Whether the terminal, by what it puts into the environment, shows OSC 8 links; inside of a
// multiplexer nobody can tell.
bool shows_links();

// `text` as a link that leads to `url`.
std::string link_to(const Url& url, const std::string& text);

}  // namespace xauth::cli
