// A config directory of its own with a login in it.
#pragma once

#include <algorithm>

#include "store/keep_login.h"
#include "store/store.h"
#include "unit/system/scratch.h"

namespace xauth::store {

inline const Time kNow{Seconds(1'700'000'000)};

inline Tokens tokens_named(const std::string& name, Seconds life = Seconds(7'200)) {
  Tokens tokens;
  tokens.provider = "x";
  tokens.client_id = "client";
  tokens.access_token = Secret("access-" + name);
  tokens.refresh_token = Secret("refresh-" + name);
  tokens.issued_at = kNow;
  tokens.expires_at = kNow + life;
  tokens.account_id = "7";
  return tokens;
}

inline Profile profile_of_x() { return {.provider = "x", .client_id = "client", .scope = "a b"}; }

struct StoredLogin {
  void log_in(const std::string& profile, const Tokens& tokens) const {
    keep_login(store, profile, {profile_of_x(), tokens, std::nullopt}, kNow);
  }

  std::string path_of(const std::string& name) const { return scratch / "xauth/" + name; }

  std::string token_file(const std::string& profile) const {
    return test::content_of(path_of("tokens/" + profile + ".json"));
  }

  std::vector<std::string> token_files() const {
    auto names = store.tokens_directory().list();
    std::sort(names.begin(), names.end());
    return names;
  }

  const test::Scratch scratch;
  test::Warnings warnings;
  const Store store{scratch / "xauth", warnings.warn()};
};

}  // namespace xauth::store
