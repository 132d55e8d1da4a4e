#include "jose/key_set.h"

#include "base/error.h"
#include "fuzz/property.h"

using namespace xauth;
using namespace xauth::jose;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    const KeySet keys = parse_key_set(fuzz::text_of(data, size), "the key set");
    for (const auto algorithm : {Algorithm::RS256, Algorithm::PS384, Algorithm::ES256,
                                 Algorithm::ES384, Algorithm::ES512, Algorithm::EdDSA}) {
      for (const auto& key : keys.candidates(std::nullopt, algorithm)) {
        fuzz::require(key.fits(algorithm), "a candidate fits");
        fuzz::require(!key.verify(algorithm, "input", "signature"), "noise is no signature");
        const auto again = PublicKey::from_jwk(key.jwk());
        fuzz::require(again && again->thumbprint() == key.thumbprint(), "a key is read as written");
      }
    }
    fuzz::require(keys.candidates(std::nullopt, Algorithm::HS256).empty(),
                  "no key of a set is a shared secret");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::bad_response, "what is wrong with a key set is told");
  }
  return 0;
}
