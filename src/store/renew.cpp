#include "store/renew.h"

#include "base/error.h"
#include "store/consequence.h"
#include "store/leftovers.h"
#include "system/signals.h"

namespace xauth::store {

namespace {

constexpr std::chrono::seconds kPatience{45};  // above the 30 s that a request may take

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

void check_refreshable(const std::string& profile, const Tokens& current, const Need& need) {
  if (!need.needs_refresh_token) return;
  if (current.refresh_token.empty()) throw expired(profile);
  if (!current.refused.empty() && !need.force) throw dead_grant(profile, current.refused);
}

Tokens read_again(const Directory& tokens, const std::string& profile) {
  auto current = read_tokens(tokens, profile);
  if (!current) {
    throw Error(Code::login_needed, profile + " was logged out meanwhile",
                "xauth login " + profile);
  }
  return *std::move(current);
}

void save(NewFile& file, const Tokens& tokens) {
  file.write(text_of(tokens).reveal());
  file.commit();
}

// The error for an answer that was not saved as it should be: it says where the answer is now.
Error not_saved(const Directory& directory, const std::string& profile, const NewFile& file,
                const Tokens& renewed, const Error& cause) {
  const auto is_in = [&](const std::string& entry) {
    const auto found = salvage(directory, entry);
    return found && same_tokens(*found, renewed);
  };
  if (is_in(token_file_name(profile))) {
    return {Code::storage,
            cause.message + "; the new token is in its file, but a power failure may undo that",
            "xauth token " + profile};
  }
  const std::string answered =
      cause.message + "; the provider has already answered, its answer is ";
  if (is_in(file.temporary_name())) {
    return {Code::storage, answered + "in " + file.path(),
            "mend the cause and run the same command again: it takes that file up"};
  }
  return {Code::storage, answered + "lost",
          "mend the cause; should the provider refuse to refresh then: xauth login " + profile};
}

void save_renewed(const Directory& directory, const std::string& profile, NewFile& file,
                  const Tokens& renewed) {
  try {
    save(file, renewed);
  } catch (const Error& error) {
    file.keep();
    throw not_saved(directory, profile, file, renewed, error);
  }
}

// Records that the provider will not refresh any more, unless another process has renewed in spite
// of the lock (a file system without locks): then that process' tokens serve.
Tokens refuse(const Directory& directory, const std::string& profile, NewFile& file,
              const Tokens& sent, const oauth::Refusal& refusal) {
  Tokens current = read_again(directory, profile);
  if (!current.refresh_token.matches(sent.refresh_token.reveal())) return current;
  current.refused = oauth::text_of(refusal);
  save(file, current);
  throw dead_grant(profile, current.refused);
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

Error expired(const std::string& profile) {
  return {Code::login_needed, profile + ": the token has no refresh token to renew it with",
          "xauth login " + profile};
}

Tokens renew(const Store& store, const std::string& profile, const Tokens& seen, const Need& need,
             const std::function<Time()>& clock, const AskRefresh& ask) {
  const Directory directory = store.tokens_directory();
  const FileLock lock(directory, lock_file_name(profile), kPatience, store.warn());
  clear_leftovers(directory, profile);
  const Tokens current = read_again(directory, profile);
  if (serves(current, seen, need, clock())) return current;
  check_refreshable(profile, current, need);

  const SignalsHeld held;  // before the file, which is gone or saved when a signal acts
  std::optional<NewFile> reserved;
  with_consequence("the provider was not asked, nothing is lost", [&] {
    reserved.emplace(directory, token_file_name(profile));
    reserved->reserve(kReserved);
  });
  NewFile& file = *reserved;
  const auto answer = ask(current);
  if (const auto* refusal = std::get_if<oauth::Refusal>(&answer)) {
    const bool dead = need.needs_refresh_token && oauth::is_dead_grant(*refusal);
    if (!dead) throw refused_for_now(*refusal);
    return refuse(directory, profile, file, current, *refusal);
  }
  const auto& renewed = std::get<Tokens>(answer);
  save_renewed(directory, profile, file, renewed);
  return renewed;
}

}  // namespace xauth::store
