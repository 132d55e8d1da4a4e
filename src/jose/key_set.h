// A JSON Web Key Set: a provider's keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jose/jws.h"
#include "jose/key.h"

namespace xauth::jose {

// What checking a signature came to.
enum class Verdict { valid, invalid, no_key };

class KeySet {
 public:
  // The keys that may have made a signature by `algorithm` under `kid`: of its type and curve, not
  // meant for another use or algorithm, and of that very `kid`. A `kid` is a string to compare and
  // nothing else; without one every suitable key is tried. RFC 7515 §4.1.4, §6
  std::vector<PublicKey> candidates(const std::optional<std::string>& kid,
                                    Algorithm algorithm) const;

  // Whether one of the candidates made the signature; `no_key` when there is no candidate.
  Verdict verify(const Jws& jws) const;

 private:
  struct Entry {
    PublicKey key;
    std::optional<std::string> kid;
    std::optional<std::string> alg;
  };
  friend KeySet parse_key_set(std::string_view text, const std::string& what);
  std::vector<Entry> entries_;
};

// The signing keys in the text of a key set: an object whose `keys` holds 100 keys at most, of 1
// MiB at most. A key that we cannot use (unknown type, missing or broken member, out of range, not
// for signatures) is skipped; whatever lies beside `keys` is ignored. Throws Error (bad_response)
// that begins with `what`, such as "the key set of as.example". RFC 7517 §5
KeySet parse_key_set(std::string_view text, const std::string& what);

}  // namespace xauth::jose
