// The person's browser, started without a shell.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/url.h"

namespace xauth {

// The commands to try, in order: `chosen` alone (from --browser or the settings) when not empty,
// else the entries of XAUTH_BROWSER, else those of BROWSER (both colon-separated), else xdg-open,
// wslview, open. An entry is split on spaces; `%s` in a word becomes the URL, else the URL is
// appended; an entry with another `%` letter, or an empty one, is left out.
std::vector<std::vector<std::string>> browser_commands(const std::string& chosen,
                                                       const std::string& url);

// How long an opener may take to find that there is no browser, before it counts as started: no
// person notices the wait, and xdg-open needs less.
constexpr std::chrono::milliseconds kFailsAtOnce{1000};

// Starts the first of those commands that can be started and does not fail within `at_once` (which
// is waited for only while the opener runs), with `url` as (part of) exactly one argument. The
// browser loses our secrets (system/process.h) and XAUTH_TOKEN, and its chatter goes
// nowhere. Throws Error (failure) when none could be started, Error (bad_response) when `url` is
// not https (or http to loopback): then nothing is started.
void open_browser(const Url& url, const std::string& chosen,
                  std::chrono::milliseconds at_once = kFailsAtOnce);

}  // namespace xauth
