// `xauth token` as scripts call it thousands of times a day.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "store/token_file.h"
#include "store/token_text.h"

namespace xauth::front {

struct PlainCall {
  std::string profile;  // empty: not given, likewise below
  std::string config_dir;
  store::TokenFormat format = store::TokenFormat::token;
  Seconds min_ttl = store::kUsualTtl;
  bool newline = true;
};

// The arguments after the program's name as such a call: `token` with PROFILE, -o, --min-ttl,
// --no-newline, --config-dir and -q at most, each once and none of them wrong. Nothing for any
// other, which is the full program's.
std::optional<PlainCall> read_call(const std::vector<std::string>& arguments);

}  // namespace xauth::front
