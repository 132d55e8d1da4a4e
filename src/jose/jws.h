// A compact JSON Web Signature taken apart; nothing in it is believed yet.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "jose/algorithm.h"

namespace xauth::jose {

struct Jws {
  Json header;  // an object
  std::string alg;
  std::optional<Algorithm> algorithm;  // nothing: `none`, or one that we do not know
  std::optional<std::string> kid;
  std::string payload;
  std::string signing_input;
  std::string signature;
};

// Takes `compact` apart: three segments of canonical base64url, 64 KiB at most, the header an
// object without repeated members, with a string `alg`, and without `crit` and `b64`. Of the header
// only `alg` and `kid` are looked at; a key in it is never used. Throws Error (bad_response) that
// begins with `what`, such as "the ID token", and names what is wrong. RFC 7515 §4, §5.2
Jws parse_jws(std::string_view compact, const std::string& what);

}  // namespace xauth::jose
