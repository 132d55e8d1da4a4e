// Saving and deleting a whole login: settings, client secret and tokens together.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/secret.h"
#include "base/time.h"
#include "store/profile.h"
#include "store/store.h"

namespace xauth::store {

// What a login has won.
struct Login {
  Profile profile;
  Tokens tokens;
  std::optional<Secret> client_secret;  // nothing: the kept one stays; empty: it is removed
  std::optional<Profile> former{};      // what `profile` was made from; nothing: from nothing
};

// Replaces the settings, secret and tokens of `profile` together, under its lock: all are on the
// disk before the first one takes its name, config.json first. Settings that the login left as they
// were in `former`, and that somebody has changed since, stay changed. A damaged token file is kept
// aside as PROFILE.json.corrupt-TIME. All but config.json is sealed if that says so; the member
// `storage` stays as it is there. The first profile made becomes the default, but never `demo`.
// Throws Error (storage, busy); nothing is changed then.
void keep_login(const Store& store, const std::string& profile, const Login& login, Time now);

// Deletes the tokens of `profile` and what lies beside them (temporary and damaged ones), under its
// lock; `first` (such as their revocation) runs under it before, with the newest tokens in place.
// Sealed ones are deleted even when their key is not to be had.
// False when there was no token file.
bool delete_tokens(const Store& store, const std::string& profile,
                   const std::function<void()>& first);

// Deletes settings and client secret of `profile`; a default that was it is unset.
void forget(const Store& store, const std::string& profile);

}  // namespace xauth::store
