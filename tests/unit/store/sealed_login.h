// A config directory whose sealing key is known.
#pragma once

#include "store/convert.h"
#include "system/key_file.h"
#include "unit/store/logged_in.h"

namespace xauth::store {

struct SealedLogin : StoredLogin {
  SealedLogin() {
    const DataKey key = make_data_key();
    const KeyRecord record = wrap(key, {Keeper::file, path_of("key")}, password);
    store.change_config([&](Config& config) { config.set_sealing(record); });
    make_key_file(path_of("key"), password.reveal() + "\n");
  }

  void log_in(const std::string& profile, const Tokens& tokens,
              const std::optional<Secret>& secret = std::nullopt) const {
    keep_login(store, profile, {profile_of_x(), tokens, secret}, kNow);
  }

  void set_storage(const char* value) const {
    store.change_config([&](Config& config) { config.set_setting(kStorage, value); });
  }

  std::string content(const std::string& name) const { return test::content_of(path_of(name)); }

  // The entries of a directory, sorted.
  std::vector<std::string> names(const std::string& directory) const {
    auto names = store.root().make_inside(directory).list();
    std::sort(names.begin(), names.end());
    return names;
  }

  const Secret password = make_password();
};

}  // namespace xauth::store
