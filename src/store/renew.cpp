#include "store/renew.h"

#include "base/error.h"
#include "store/consequence.h"
#include "store/leftovers.h"
#include "system/signals.h"

namespace xauth::store {

namespace {

constexpr std::chrono::seconds kPatience{45};  // above the 30 s that a request may take
constexpr const char* kNothingLost = "the provider was not asked, nothing is lost";

bool same_tokens(const Tokens& a, const Tokens& b) {
  return a.access_token.matches(b.access_token.reveal()) &&
         a.refresh_token.matches(b.refresh_token.reveal()) && a.issued_at == b.issued_at;
}

// Whether `current`, read under the lock, serves without asking: it is valid for long enough, or
// another process has just renewed it.
bool serves(const Tokens& current, const Tokens& seen, const Need& need, Time now) {
  if (!same_tokens(current, seen)) return current.valid_for(Seconds(0), now);
  return !need.force && current.valid_for(need.ttl, now);
}

void check_refreshable(const std::string& profile, const Tokens& current, const Need& need,
                       Time now) {
  if (!need.needs_refresh_token) return;
  if (current.refresh_token.empty()) throw no_refresh_token(profile, current, now);
  if (!current.refused.empty() && !need.force) throw dead_grant(profile, current.refused);
}

Tokens read_again(const Store& store, const Directory& tokens, const std::string& profile) {
  auto current = store.tokens_in(tokens, profile);
  if (!current) {
    throw Error(Code::login_needed, profile + " was logged out meanwhile",
                "xauth login " + profile);
  }
  return *std::move(current);
}

// Where the renewed tokens go; settled, and its space taken, before they are asked for.
struct Target {
  Target(const Store& store, const Directory& directory, const std::string& profile)
      : store(store),
        directory(directory),
        profile(profile),
        key(store.key_for(profile)),
        file(directory, token_file_name(profile)) {
    file.reserve(reserved_for(key));
  }

  void save(const Tokens& tokens) {
    file.write(content_of(key, {kTokens, profile}, text_of(tokens)).reveal());
    file.commit();
  }

  bool is_in(const Tokens& tokens, const std::string& entry) const {
    const auto found = salvage(store, directory, profile, entry);
    return found && same_tokens(*found, tokens);
  }

  const Store& store;
  const Directory& directory;
  const std::string& profile;
  std::optional<DataKey> key;
  NewFile file;
};

// The error for an answer that was not saved as it should be: it says where the answer is now.
Error not_saved(const Target& target, const Tokens& renewed, const Error& cause) {
  if (target.is_in(renewed, token_file_name(target.profile))) {
    return {Code::storage,
            cause.message + "; the new token is in its file, but a power failure may undo that",
            "xauth token " + target.profile};
  }
  const std::string answered =
      cause.message + "; the provider has already answered, its answer is ";
  if (target.is_in(renewed, target.file.temporary_name())) {
    return {Code::storage, answered + "in " + target.file.path(),
            "mend the cause and run the same command again: it takes that file up"};
  }
  return {
      Code::storage, answered + "lost",
      "mend the cause; should the provider refuse to refresh then: xauth login " + target.profile};
}

void save_renewed(Target& target, const Tokens& renewed) {
  try {
    target.save(renewed);
  } catch (const Error& error) {
    target.file.keep();
    throw not_saved(target, renewed, error);
  }
}

// Records that the provider will not refresh any more, unless another process has renewed in spite
// of the lock (a file system without locks): then that process' tokens serve.
Tokens refuse(Target& target, const Tokens& sent, const oauth::Refusal& refusal) {
  Tokens current = read_again(target.store, target.directory, target.profile);
  if (!current.refresh_token.matches(sent.refresh_token.reveal())) return current;
  current.refused = oauth::text_of(refusal);
  target.save(current);
  throw dead_grant(target.profile, current.refused);
}

Error refused_for_now(const oauth::Refusal& refusal) {
  const Code code = oauth::code_of(refusal);
  const char* hint = code == Code::usage
                         ? "check the client ID, the client secret and the application's settings"
                         : "";
  return {code, "the provider refused to refresh: " + oauth::text_of(refusal), hint,
          refusal.meaning};
}

}  // namespace

Error dead_grant(const std::string& profile, const std::string& reason) {
  return {Code::login_needed, profile + ": the provider refuses to refresh (" + reason + ")",
          "xauth login " + profile, "invalid_grant"};
}

Error no_refresh_token(const std::string& profile, const Tokens& tokens, Time now) {
  const char* what = tokens.valid_for(Seconds(0), now) ? "" : "the token has expired, and ";
  return {Code::login_needed, profile + ": " + what + "there is no refresh token to renew it with",
          "xauth login " + profile};
}

Tokens renew(const Store& store, const std::string& profile, const Tokens& seen, const Need& need,
             const std::function<Time()>& clock, const AskRefresh& ask) {
  with_consequence(kNothingLost, [&] { store.key_for(profile); });  // asked for without the lock
  const Directory directory = store.tokens_directory();
  const FileLock lock(directory, lock_file_name(profile), kPatience, store.warn());
  clear_leftovers(store, lock, directory, profile);
  const Tokens current = read_again(store, directory, profile);
  if (serves(current, seen, need, clock())) return current;
  check_refreshable(profile, current, need, clock());

  const SignalsHeld held;  // before the file, which is gone or saved when a signal acts
  std::optional<Target> reserved;
  with_consequence(kNothingLost, [&] { reserved.emplace(store, directory, profile); });
  const auto answer = ask(current);
  if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
    const bool dead = need.needs_refresh_token && oauth::is_dead_grant(*refusal);
    if (!dead) throw refused_for_now(*refusal);
    return refuse(*reserved, current, *refusal);
  }
  const auto& renewed = std::get<Tokens>(answer);
  save_renewed(*reserved, renewed);
  return renewed;
}

}  // namespace xauth::store
