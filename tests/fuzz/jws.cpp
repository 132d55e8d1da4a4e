#include "jose/jws.h"

#include "base/encoding.h"
#include "base/error.h"
#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::jose;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  try {
    const Jws jws = parse_jws(text, "the token");
    fuzz::require(jws.signing_input + "." + base64url(jws.signature) == text,
                  "a token has one spelling");
    fuzz::require(jws.signing_input.ends_with("." + base64url(jws.payload)),
                  "what is signed is what is read");
    fuzz::require(jws.header.object() != nullptr && jws.header.find("crit") == nullptr,
                  "no extension is passed over");
    fuzz::require(!jws.algorithm || algorithm_from(jws.alg) == jws.algorithm,
                  "an algorithm is one that we know");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::bad_response && is_printable_ascii(error.message) &&
                      error.message.starts_with("the token "),
                  "what is wrong with a token is told");
  }
  return 0;
}
