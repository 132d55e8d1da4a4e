#include "cli/keeping.h"

#include <algorithm>

#include "base/terminal_text.h"
#include "store/convert.h"
#include "store/key_source.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

using store::Keeper;
using store::KeptBy;
using store::KeyRecord;

constexpr const char* kSealedBy = "sealed_by";
constexpr const char* kCommand = "password_command";

bool can_ask() { return input_is_ours() && error_is_terminal(); }

// A key and its record, before anybody has it.
struct Wrapped {
  store::DataKey key;
  KeyRecord record;
};

Wrapped wrapped(const store::DataKey& key, KeptBy by, const std::string& command,
                const std::optional<KeyRecord>& before) {
  const auto former = before ? std::optional(before->by) : std::nullopt;
  const Secret password = store::new_password(by, command, former);
  return {key, store::wrap(key, by, password)};
}

Error no_keeper(const Error& why) {
  return {Code::usage, "there is no way to keep the sealing key: " + why.message,
          "set password_command, or XAUTH_PASSPHRASE, or xauth config set sealed_by file:PATH"};
}

// Nobody has said what is to keep the key: the first way that there is.
Wrapped wrapped_somehow(const Context& context, const store::DataKey& key,
                        const std::string& command) {
  if (!command.empty()) return wrapped(key, {Keeper::command}, command, {});
  if (!environment("XAUTH_PASSPHRASE").empty()) return wrapped(key, {Keeper::passphrase}, {}, {});
  try {
    return wrapped(key, {Keeper::keyring}, {}, {});
  } catch (const Error& error) {
    if (error.signal != 0) throw;
    if (!can_ask()) throw no_keeper(error);
    context.out.note(error.message + "; so a passphrase is to open what is sealed");
  }
  return wrapped(key, {Keeper::passphrase}, {}, {});
}

bool same_record(const std::optional<KeyRecord>& a, const std::optional<KeyRecord>& b) {
  const auto text = [](const std::optional<KeyRecord>& record) {
    return record ? json_of(*record).text() : std::string();
  };
  return text(a) == text(b);
}

Error changed_meanwhile() {
  return {Code::busy, "another process has changed the sealing key meanwhile", "try again"};
}

// Whether the settings hold the record; also when that cannot be told.
bool may_hold(const Context& context, const KeyRecord& record) {
  try {
    return same_record(context.store.config().sealing(), record);
  } catch (const Error&) {
    return true;
  }
}

// Saves what `change` does to the settings together with the record, unless another process has
// changed that meanwhile; then what `by` of the old one kept is forgotten. A save that failed may
// have come about all the same.
template <class Change>
void save(const Context& context, const std::optional<KeyRecord>& before, const Wrapped& made,
          Change change) {
  try {
    context.store.change_config([&](store::Config& config) {
      if (!same_record(config.sealing(), before)) throw changed_meanwhile();
      change(config);
      config.set_sealing(made.record);
    });
  } catch (const Error&) {
    if (!may_hold(context, made.record)) store::forget_password(made.record.by);
    throw;
  }
  context.store.keys().learn(made.key);
  if (before) store::forget_password(before->by);
}

void tell_keeper(const Context& context, const KeptBy& by) {
  context.out.note("what is sealed is opened by " + in_words(by));
}

// Brings the files of `profiles` into the form that the settings say now. One that cannot be does
// not keep the others back.
void convert_all(const Context& context, const std::vector<std::string>& profiles) {
  std::optional<Error> first;
  for (const std::string& profile : profiles) {
    try {
      store::convert(context.store, profile);
    } catch (const Error& error) {
      if (error.signal != 0) throw;
      Error told = error;
      told.message = profile + " is kept as it was: " + error.message;
      if (first) context.out.warn(told.message);
      if (!first) first = told;
    }
  }
  if (first) throw Error(*first);
}

// Whether there is a sealing key, or there once was one: another would leave files that nobody can
// open.
bool has_key(const Context& context, const store::Config& config) {
  return config.sealing() || any_sealed(context.store);
}

void change_storage(const Context& context, const ConfigKey& key, const std::string& value) {
  const store::Config before = context.store.config();
  store::Config after = before;
  set_value(context, after, key, value);  // refused before anybody is asked for a password
  const auto change = [&](store::Config& config) { set_value(context, config, key, value); };
  const bool needs_key = value == store::kSealed || any_sealed(context.store);
  if (needs_key && !has_key(context, before)) {
    const auto made = wrapped_somehow(context, store::make_data_key(), before.setting(kCommand));
    save(context, {}, made, change);
    tell_keeper(context, made.record.by);
  } else {
    if (needs_key) context.store.keys().get(before);
    context.store.change_config([&](store::Config& config) {
      if (needs_key && !config.sealing()) throw changed_meanwhile();  // by `unset sealed_by`
      change(config);
    });
  }
  convert_all(context, key.profile.empty() ? profiles_with_files(context.store)
                                           : std::vector<std::string>{key.profile});
}

KeptBy keeper_for(const store::Config& config, const std::string& value) {
  const auto by = store::kept_by(value);
  if (!by) {
    throw Error(Code::usage, "sealed_by cannot be '" + for_terminal(value, 64) + "'",
                "keyring, command, passphrase, or file:PATH with a path from the root");
  }
  if (by->keeper == Keeper::command && config.setting(kCommand).empty()) {
    throw Error(Code::usage, "password_command is not set",
                "xauth config set password_command COMMAND");
  }
  return *by;
}

// Wraps the key, a new one where there is none, under what `by` keeps from now on.
template <class Change>
void rewrap(const Context& context, const store::Config& config, const KeptBy& by,
            const std::string& command, Change change) {
  const auto before = config.sealing();
  const store::DataKey key =
      has_key(context, config) ? context.store.keys().get(config) : store::make_data_key();
  const Wrapped made = wrapped(key, by, command, before);
  save(context, before, made, change);
  tell_keeper(context, made.record.by);
}

// Some profile's name where what is saved is to be sealed; empty: nowhere.
std::string some_sealing_profile(const store::Config& config) {
  auto names = config.names();
  names.emplace_back("any other profile");
  const auto found = std::find_if(names.begin(), names.end(),
                                  [&](const auto& name) { return config.seals(name); });
  return found == names.end() ? std::string() : *found;
}

void refuse_while_sealing(const store::Config& config) {
  const std::string name = some_sealing_profile(config);
  if (name.empty()) return;
  throw Error(Code::usage, "the sealing key is needed: " + name + " is kept sealed",
              "xauth config set storage file");
}

// Forgets the key, which opens nothing any more: each profile's lock was ours once since the
// settings say that nothing is to be sealed.
void unset_sealed_by(const Context& context) {
  const store::Config config = context.store.config();
  const auto record = config.sealing();
  if (!record) return;
  refuse_while_sealing(config);
  convert_all(context, profiles_with_files(context.store));
  context.store.change_config([&](store::Config& now) {
    refuse_while_sealing(now);
    if (!same_record(now.sealing(), record)) throw changed_meanwhile();
    now.unset_sealing();
  });
  store::forget_password(record->by);
}

void change_sealed_by(const Context& context, const ConfigKey& key, const std::string& value) {
  if (value.empty()) return unset_sealed_by(context);
  check_text(key, value);
  const store::Config config = context.store.config();
  rewrap(context, config, keeper_for(config, value), config.setting(kCommand),
         [](store::Config&) {});
}

void change_command(const Context& context, const ConfigKey& key, const std::string& value) {
  const store::Config config = context.store.config();
  const auto record = config.sealing();
  const auto change = [&](store::Config& now) { set_value(context, now, key, value); };
  if (!record || record->by.keeper != Keeper::command) return context.store.change_config(change);
  if (value.empty()) {
    throw Error(Code::usage, "what is sealed is opened by password_command",
                "xauth config set sealed_by ANOTHER");
  }
  check_text(key, value);
  rewrap(context, config, record->by, value, change);
}

}  // namespace

std::string in_words(const KeptBy& by) {
  switch (by.keeper) {
    case Keeper::keyring:
      return "the desktop's Secret Service";
    case Keeper::command:
      return "what password_command prints";
    case Keeper::file:
      return "the file " + for_terminal(by.file);
    case Keeper::passphrase:
      break;
  }
  return "a passphrase";
}

bool decides_keeping(const ConfigKey& key) {
  const bool setting = key.profile.empty() && (key.name == kSealedBy || key.name == kCommand);
  return setting || key.name == store::kStorage;
}

void change_keeping(const Context& context, const ConfigKey& key, const std::string& value) {
  if (key.name == store::kStorage) return change_storage(context, key, value);
  if (key.name == kSealedBy) return change_sealed_by(context, key, value);
  change_command(context, key, value);
}

}  // namespace xauth::cli
