// Secrets in the desktop's Secret Service (GNOME's keyring, KWallet, KeePassXC). It may ask the
// person to unlock it; who has not answered after `limit` is not waited for.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "base/secret.h"

namespace xauth {

// All throw Error (storage) when libsecret is not installed, no service can be reached, it is
// locked and stays so, or took longer than `limit`; and Error (interrupted). A secret is text
// without NUL, of 4 KiB at most. Several may be busy at once.

// The secret kept under `id`; nothing when there is no such item in an unlocked keyring.
std::optional<Secret> keyring_lookup(const std::string& id, std::chrono::seconds limit);

// Keeps `secret` under `id`, in the place of what was there; `label` is what the person sees.
void keyring_store(const std::string& id, const std::string& label, const Secret& secret,
                   std::chrono::seconds limit);

// Forgets what is kept under `id`, if anything is.
void keyring_clear(const std::string& id, std::chrono::seconds limit);

}  // namespace xauth
