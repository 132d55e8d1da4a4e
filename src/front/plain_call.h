// `xauth token` and `xauth exec` as scripts call them thousands of times a day.
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
  Seconds min_ttl = store::kUsualTtl;

  // Of `token`.
  store::TokenFormat format = store::TokenFormat::token;
  bool newline = true;

  // Of `exec`.
  std::string variable = "XAUTH_TOKEN";
  std::vector<std::string> command;  // with its arguments; empty: this is no `exec`
};

// The arguments after the program's name as such a call: `token` with PROFILE, -o, --min-ttl,
// --no-newline, --config-dir and -q at most, or `exec` with PROFILE, --env, --min-ttl,
// --config-dir, -q and a command behind `--`; each once and none of them wrong. Nothing for any
// other, which is the lean program's.
std::optional<PlainCall> read_call(const std::vector<std::string>& arguments);

}  // namespace xauth::front
