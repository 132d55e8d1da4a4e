// The desktop's Secret Service through libsecret, which is loaded when one of these is made: most
// people have no use for it. A call may wait for the person, or for ever: see keyring.h.
#pragma once

#include <optional>
#include <string>

#include "base/secret.h"

namespace xauth {

class Libsecret {
 public:
  // Throws Error (storage) when it is not installed.
  Libsecret();

  // Throw Error (storage) when the service cannot be reached, or its keyring stays locked.
  std::optional<Secret> lookup(const std::string& id) const;  // nothing: it has no such item
  void store(const std::string& id, const std::string& label, const Secret& secret) const;
  void clear(const std::string& id) const;

 private:
  void* find(const char* name) const;
  bool has_keyring() const;

  void* library_;
};

}  // namespace xauth
