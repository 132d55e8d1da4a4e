// The data key, once somebody has asked for it.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "store/config.h"
#include "store/sealed_text.h"

namespace xauth::store {

// Finds the data key out when it is first needed and keeps it until the process ends, so that
// nobody types a passphrase twice; that it was not to be had is remembered as well.
class Keys {
 public:
  // The data key that `config` holds, wrapped. Throws Error (storage) when there is none, or when
  // what unwraps it is not to be had or wrong.
  const DataKey& get(const Config& config);

  // The key of that ID if it is known already; else nothing.
  const DataKey* known(const std::string& id) const;

  // From now on `key` is known.
  void learn(DataKey key);

 private:
  std::optional<DataKey> key_;
  std::optional<Error> failure_;
};

}  // namespace xauth::store
