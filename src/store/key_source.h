// Asking for the password that unwraps the data key, wherever it is kept, and making a new one.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/secret.h"
#include "store/key_record.h"

namespace xauth::store {

// The password that `by` keeps; `command` is the setting password_command. The person at the
// terminal may be asked, or XAUTH_PASSPHRASE is taken. Throws Error (storage) when it is not to be
// had, the desktop's Secret Service within 10 s (2 min on a terminal), a command within 2 min; at
// once where XAUTH_ASK_NOBODY is set, as when a shell completes a word.
Secret password_of(const KeptBy& by, const std::string& command);

// A password to wrap the key under from now on: one that is made and put into the Secret Service
// (under a name that `by` learns) or into a file that is not there yet; else what the file or the
// command gives, or a passphrase that is typed twice or XAUTH_NEW_PASSPHRASE. XAUTH_PASSPHRASE
// will do where `before`, which has kept the password so far, is no passphrase. Throws Error:
// storage as above, usage when there is nobody to ask or the two differ.
Secret new_password(KeptBy& by, const std::string& command, const std::optional<KeptBy>& before);

// What `by` keeps is of no use any more: our item in the Secret Service is removed, if it can be.
void forget_password(const KeptBy& by);

// The error for a password that unwraps nothing.
Error wrong_password(const KeptBy& by);

}  // namespace xauth::store
