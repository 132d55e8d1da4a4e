#include "store/keys.h"

#include "store/key_source.h"

namespace xauth::store {

namespace {

DataKey ask_for(const KeyRecord& record, const Config& config) {
  auto key = unwrap(record, password_of(record.by, config.setting("password_command")));
  if (!key) throw wrong_password(record.by);
  return *std::move(key);
}

}  // namespace

const DataKey& Keys::get(const Config& config) {
  const auto record = config.sealing();
  if (!record) {
    throw Error(Code::storage, "the settings hold no key for what is sealed",
                "put back the member \"sealing\" of the settings in config.json from a backup");
  }
  if (const DataKey* key = known(record->id)) return *key;
  if (failure_) throw Error(*failure_);
  try {
    learn(ask_for(*record, config));
  } catch (const Error& error) {
    failure_ = error;
    throw;
  }
  return *key_;
}

const DataKey* Keys::known(const std::string& id) const {
  return key_ && key_->id == id ? &*key_ : nullptr;
}

void Keys::learn(DataKey key) {
  key_ = std::move(key);
  failure_.reset();
}

}  // namespace xauth::store
