#include "system/libsecret.h"

#include <dlfcn.h>
#include <libsecret/secret.h>

#include "base/error.h"
#include "base/terminal_text.h"

namespace xauth {

namespace {

constexpr const char* kId = "id";  // the attribute by which an item is found

const SecretSchema* schema() {
  static const SecretSchema one = [] {
    SecretSchema made = {};
    made.name = "xauth.Key";
    made.attributes[0] = {kId, SECRET_SCHEMA_ATTRIBUTE_STRING};
    return made;
  }();
  return &one;
}

Error unusable(const std::string& reason, const std::string& hint) {
  return Error(Code::storage, "the keyring cannot be used: " + reason, hint);
}

// What a call of libsecret says was wrong with it; nothing is freed, the process ends soon.
struct Fault {
  GError* error = nullptr;

  void throw_if_any() const {
    if (error == nullptr) return;
    throw unusable(for_terminal(error->message),
                   "log in to a desktop whose keyring serves as the Secret Service");
  }
};

}  // namespace

// A function of the library by its name and the type that its header declares.
#define XAUTH_FUNCTION(name) reinterpret_cast<decltype(&(name))>(find(#name))

Libsecret::Libsecret() : library_(::dlopen("libsecret-1.so.0", RTLD_NOW)) {
  if (library_ == nullptr) {
    throw unusable("libsecret is not installed", "sudo apt-get install libsecret-1-0");
  }
}

void* Libsecret::find(const char* name) const {
  void* function = ::dlsym(library_, name);
  if (function == nullptr) throw unusable(std::string("libsecret has no ") + name, "");
  return function;
}

// Why a call failed, or found nothing: a person who does not unlock the keyring when asked is no
// error to libsecret. Throws when it is locked; else says whether there is one.
bool Libsecret::has_keyring() const {
  Fault fault;
  SecretService* const service =
      XAUTH_FUNCTION(secret_service_get_sync)(SECRET_SERVICE_NONE, nullptr, &fault.error);
  fault.throw_if_any();
  SecretCollection* const keyring = XAUTH_FUNCTION(secret_collection_for_alias_sync)(
      service, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, nullptr, &fault.error);
  fault.throw_if_any();
  if (keyring != nullptr && XAUTH_FUNCTION(secret_collection_get_locked)(keyring) != FALSE) {
    throw unusable("it is locked", "unlock the keyring");
  }
  return keyring != nullptr;
}

std::optional<Secret> Libsecret::lookup(const std::string& id) const {
  Fault fault;
  char* const found = XAUTH_FUNCTION(secret_password_lookup_sync)(schema(), nullptr, &fault.error,
                                                                  kId, id.c_str(), nullptr);
  fault.throw_if_any();
  if (found == nullptr) {
    has_keyring();
    return std::nullopt;
  }
  Secret secret{std::string(found)};
  XAUTH_FUNCTION(secret_password_free)(found);
  return secret;
}

void Libsecret::store(const std::string& id, const std::string& label, const Secret& secret) const {
  Fault fault;
  const auto stored = XAUTH_FUNCTION(secret_password_store_sync)(
      schema(), SECRET_COLLECTION_DEFAULT, label.c_str(), secret.reveal().c_str(), nullptr,
      &fault.error, kId, id.c_str(), nullptr);
  if (stored != FALSE) return;
  if (!has_keyring()) throw unusable("there is none yet", "make a keyring");
  fault.throw_if_any();
  throw unusable("it did not take the key", "");
}

void Libsecret::clear(const std::string& id) const {
  Fault fault;
  const auto cleared = XAUTH_FUNCTION(secret_password_clear_sync)(schema(), nullptr, &fault.error,
                                                                  kId, id.c_str(), nullptr);
  fault.throw_if_any();
  if (cleared == FALSE) has_keyring();
}

#undef XAUTH_FUNCTION

}  // namespace xauth
