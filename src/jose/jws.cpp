#include "jose/jws.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::jose {

namespace {

constexpr std::size_t kLongest = 64 * 1024;  // what we take as a token

[[noreturn]] void bad(const std::string& what, const std::string& how) {
  throw Error(Code::bad_response, what + " " + how);
}

// The three segments. A fourth dot is enough to know that it is none of ours: the text is never
// split at every dot that it holds.
std::array<std::string_view, 3> split(std::string_view compact, const std::string& what) {
  const auto first = compact.find('.');
  const auto second = first == compact.npos ? first : compact.find('.', first + 1);
  if (second == compact.npos) bad(what, "is no signed JSON Web Token: it has no three parts");
  if (const auto third = compact.find('.', second + 1); third != compact.npos) {
    const auto fourth = compact.find('.', third + 1);
    const bool five = fourth != compact.npos && compact.find('.', fourth + 1) == compact.npos;
    bad(what, five ? "is encrypted, which xauth does not read"
                   : "is no signed JSON Web Token: it has more than three parts");
  }
  return {compact.substr(0, first), compact.substr(first + 1, second - first - 1),
          compact.substr(second + 1)};
}

std::string decode(std::string_view segment, const char* name, const std::string& what) {
  auto bytes = base64url_decode(segment);
  if (!bytes) bad(what, std::string("has a ") + name + " that is not base64url");
  return *std::move(bytes);
}

std::optional<std::string> text_member(const Json& header, const char* name,
                                       const std::string& what) {
  const Json* member = header.find(name);
  if (member == nullptr) return std::nullopt;
  if (member->string() == nullptr)
    bad(what, std::string("does not name its ") + name + " by a string");
  return *member->string();
}

Json parse_header(std::string_view segment, const std::string& what) {
  auto header = parse_json(decode(segment, "header", what));
  if (!header || header->object() == nullptr) bad(what, "has a header that is no JSON object");
  for (const char* name : {"crit", "b64"}) {
    if (header->find(name) != nullptr) {
      bad(what, std::string("needs an extension that xauth does not have (") + name + ")");
    }
  }
  return *std::move(header);
}

}  // namespace

Jws parse_jws(std::string_view compact, const std::string& what) {
  if (compact.size() > kLongest) bad(what, "is larger than 64 KiB");
  const auto [header, payload, signature] = split(compact, what);
  Jws jws;
  jws.header = parse_header(header, what);
  const auto alg = text_member(jws.header, "alg", what);
  if (!alg) bad(what, "names no signature algorithm (alg)");
  jws.alg = *alg;
  jws.algorithm = algorithm_from(jws.alg);
  jws.kid = text_member(jws.header, "kid", what);
  jws.payload = decode(payload, "payload", what);
  jws.signature = decode(signature, "signature", what);
  jws.signing_input = compact.substr(0, header.size() + 1 + payload.size());
  return jws;
}

}  // namespace xauth::jose
