// What the embedded provider says, signed, of who has logged in.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/json.h"
#include "demo/addresses.h"
#include "demo/grants.h"
#include "demo/manner.h"
#include "demo/registered_client.h"
#include "demo/signing_keys.h"

namespace xauth::demo {

// An ID token before it is signed: whoever changes it can make every kind of bad one.
struct IdTokenDraft {
  Json header;  // its alg is not looked at
  Json claims;
  jose::SigningKey key;
  jose::Algorithm algorithm;             // by which `key` signs
  std::optional<std::string> signature;  // bytes to stand there instead
  bool breaks_signature = false;         // one byte of it is changed
};
using ChangeIdToken = std::function<void(IdTokenDraft&)>;

// Not for several threads at once: its owner has the lock.
class IdTokens {
 public:
  IdTokens(const Manner& manner, const Addresses& addresses, Now now, SigningKeys& keys);

  // The ID token that belongs to `tokens`; nothing where none is due: without the scope openid, or
  // at a refresh in a manner without. OpenID Connect Core §2, §3.1.3.6, §12.2
  std::optional<std::string> issue(const RegisteredClient& client, const Tokens& tokens);

  // Lets `change` see every ID token before it is signed; an empty function ends that.
  void set_change(ChangeIdToken change) { change_ = std::move(change); }

 private:
  Json claims_of(const RegisteredClient& client, const Tokens& tokens) const;

  const Manner& manner_;
  const Addresses& addresses_;
  Now now_;
  SigningKeys& keys_;
  ChangeIdToken change_;
};

}  // namespace xauth::demo
