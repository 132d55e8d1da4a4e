// What a kept login is good for, by its files alone.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/found_once.h"
#include "cli/context.h"
#include "oauth/provider.h"
#include "store/config.h"
#include "store/token_file.h"

namespace xauth::cli {

enum class State { valid, refreshable, login_needed, unreadable };

// The name of `state` in JSON, such as "login_needed".
const char* name_of(State state);

struct LoginState {
  std::string profile;
  bool is_default = false;
  std::string provider;
  State state = State::login_needed;
  bool has_tokens = false;  // that could be read; what they say is empty else
  std::string account;
  std::string scope;
  std::optional<Time> expires_at;
  std::string refused;  // why the provider will not refresh them any more
  bool renews = false;
  bool sealed = false;
  std::string problem;  // of an unreadable one
  std::string fix;      // what to do about that, if anybody knows
};

// The states of logins; no provider is asked. What several of them need is looked for once.
class LoginStates {
 public:
  LoginStates(const Context& context, const store::Config& config);

  LoginState of(const std::string& profile);

  // The same of many, in their order; several threads read the files.
  std::vector<LoginState> of(const std::vector<std::string>& profiles);

 private:
  void read(LoginState& login);
  std::optional<store::Tokens> tokens_of(LoginState& login, const std::string& storage);
  State state_of(const store::Profile& profile, const store::Tokens& tokens);
  const std::optional<Directory>& directory();
  const store::DataKey& key_of(const std::string& id);
  const std::optional<oauth::Provider>& preset_of(const store::Profile& profile);
  const std::string& token_url_of(const store::Profile& profile);
  std::string find_token_url(const store::Profile& profile);

  const Context& context_;
  const store::Config& config_;
  const std::string default_;
  std::unordered_map<std::string, std::size_t> places_;    // of the profiles in the settings
  std::mutex shared_;                                      // for what follows, and the store's keys
  FoundOnce<std::optional<Directory>> directory_;          // of the tokens
  std::map<std::string, FoundOnce<store::DataKey>> keys_;  // by ID
  std::map<std::string, FoundOnce<std::optional<oauth::Provider>>> presets_;  // by ID
  std::map<std::string, std::string> token_urls_;  // by all that they depend on
};

// How long its token is good, in words: `2 hours left`, `expired, renews itself`, `login needed`…
std::string time_left(const LoginState& login, Time now);

// The error that a login which is no good ends a command with: login_needed or storage; nothing for
// one that is valid or will be renewed.
std::optional<Error> error_of(const LoginState& login);

}  // namespace xauth::cli
