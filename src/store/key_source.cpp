#include "store/key_source.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>

#include "base/encoding.h"
#include "system/key_file.h"
#include "system/keyring.h"
#include "system/passphrase.h"
#include "system/password_command.h"
#include "system/terminal.h"

namespace xauth::store {

namespace {

using std::chrono::seconds;

constexpr const char* kPassphrase = "XAUTH_PASSPHRASE";
constexpr const char* kNewPassphrase = "XAUTH_NEW_PASSPHRASE";
constexpr const char* kLabel = "xauth: the key of its files";
constexpr seconds kCommandLimit{120};  // it may ask a person in a window of its own

// A desktop may have to be unlocked first, by somebody who types; a script gets its answer soon.
seconds keyring_limit() { return error_is_terminal() ? seconds(120) : seconds(10); }

Secret in_environment(const char* name) {
  const char* value = std::getenv(name);
  return Secret(value == nullptr ? "" : value);
}

Secret from_keyring(const std::string& item) {
  auto found = keyring_lookup(item, keyring_limit());
  if (found) return *std::move(found);
  throw Error(Code::storage, "the Secret Service has no key of xauth's named " + item,
              "unlock or put back the keyring that it was kept in");
}

Secret from_command(const std::string& command) {
  if (command.empty()) {
    throw Error(Code::storage, "the sealing key is opened by password_command, which is not set",
                "xauth config set password_command COMMAND");
  }
  return password_from_command(command, kCommandLimit);
}

Secret passphrase() {
  Secret given = in_environment(kPassphrase);
  if (!given.empty()) return given;
  auto typed = ask_passphrase("Passphrase of xauth: ");
  if (typed) return *std::move(typed);
  throw Error(Code::storage, "what is kept is sealed by a passphrase, and nobody can be asked here",
              "set XAUTH_PASSPHRASE, or run it in a terminal");
}

Secret typed_twice() {
  const auto first = ask_passphrase("New passphrase of xauth: ");
  const auto second = first ? ask_passphrase("Once more: ") : std::nullopt;
  if (!second) {
    throw Error(Code::usage, "there is no terminal to ask for the new passphrase on",
                "set XAUTH_NEW_PASSPHRASE");
  }
  if (!first->matches(second->reveal())) throw Error(Code::usage, "the two passphrases differ");
  return *first;
}

Secret new_passphrase(const std::optional<KeptBy>& before) {
  Secret given = in_environment(kNewPassphrase);
  const bool current_one = before && before->keeper == Keeper::passphrase;
  if (given.empty() && !current_one) given = in_environment(kPassphrase);
  return given.empty() ? typed_twice() : given;
}

Secret new_in_keyring(KeptBy& by) {
  constexpr std::size_t kItemOctets = 12;
  by.item = base64url(random_octets(kItemOctets));  // never an old one's: that may be needed yet
  Secret made = make_password();
  keyring_store(by.item, kLabel, made, keyring_limit());
  return made;
}

Secret new_in_file(const std::string& path) {
  if (::access(path.c_str(), F_OK) == 0) return password_from_file(path);
  Secret made = make_password();
  make_key_file(path, Secret(made.reveal() + "\n").reveal());
  return made;
}

}  // namespace

Secret password_of(const KeptBy& by, const std::string& command) {
  if (!in_environment("XAUTH_ASK_NOBODY").empty()) {
    throw Error(Code::storage, "what is kept is sealed, and XAUTH_ASK_NOBODY is set");
  }
  switch (by.keeper) {
    case Keeper::keyring:
      return from_keyring(by.item);
    case Keeper::command:
      return from_command(command);
    case Keeper::file:
      return password_from_file(by.file);
    case Keeper::passphrase:
      break;
  }
  return passphrase();
}

Secret new_password(KeptBy& by, const std::string& command, const std::optional<KeptBy>& before) {
  switch (by.keeper) {
    case Keeper::keyring:
      return new_in_keyring(by);
    case Keeper::command:
      return from_command(command);
    case Keeper::file:
      return new_in_file(by.file);
    case Keeper::passphrase:
      break;
  }
  return new_passphrase(before);
}

void forget_password(const KeptBy& by) {
  if (by.keeper != Keeper::keyring) return;
  try {
    keyring_clear(by.item, keyring_limit());
  } catch (const Error&) {
    return;  // an item that opens nothing any more
  }
}

Error wrong_password(const KeptBy& by) {
  switch (by.keeper) {
    case Keeper::keyring:
      return {Code::storage, "what the Secret Service keeps does not open the sealing key"};
    case Keeper::command:
      return {Code::storage, "the password that password_command gives is wrong",
              "xauth config get password_command"};
    case Keeper::file:
      return {Code::storage, "the password in " + by.file + " is wrong"};
    case Keeper::passphrase:
      break;
  }
  return {Code::storage, "the passphrase is wrong"};
}

}  // namespace xauth::store
