#include "store/key_record.h"

#include <array>

#include "base/encoding.h"
#include "base/error.h"

namespace xauth::store {

namespace {

constexpr std::int64_t kVersion = 1;
constexpr std::size_t kSaltSize = 16;
constexpr std::string_view kFile = "file:";
constexpr std::array<std::pair<Keeper, const char*>, 4> kKeepers = {{
    {Keeper::keyring, "keyring"},
    {Keeper::command, "command"},
    {Keeper::file, "file"},
    {Keeper::passphrase, "passphrase"},
}};

const char* name_of(Keeper keeper) {
  for (const auto& [known, name] : kKeepers) {
    if (known == keeper) return name;
  }
  return "";
}

std::optional<Keeper> keeper_named(const std::string& name) {
  for (const auto& [keeper, known] : kKeepers) {
    if (name == known) return keeper;
  }
  return std::nullopt;
}

// What a record is not to be separated from.
std::string bound_to(const KeyRecord& record) {
  return "xauth data key 1\n" + record.id + "\n" + (record.cost ? "scrypt" : "none");
}

// The octets that the password is; nothing for one that people make up.
std::optional<Secret> key_itself(const Secret& password) {
  constexpr std::size_t kCharacters = 43;
  if (password.reveal().size() != kCharacters) return std::nullopt;
  auto octets = base64url_decode(password.reveal());
  return octets ? std::optional(Secret(*std::move(octets))) : std::nullopt;
}

std::optional<Secret> wrapping_key(const KeyRecord& record, const Secret& password) {
  return record.cost ? scrypt(password, record.salt, *record.cost) : key_itself(password);
}

// Reads the members of a record, and remembers whether all of them were there.
class Reader {
 public:
  explicit Reader(const Json& json) : json_(json) {}

  std::string text(const char* name) {
    const Json* member = json_.find(name);
    sound = sound && member != nullptr && member->string() != nullptr;
    return sound ? *member->string() : std::string();
  }

  std::string octets(const char* name, std::size_t size) {
    const auto octets = base64url_decode(text(name));
    sound = sound && octets && octets->size() == size;
    return octets.value_or("");
  }

  std::int64_t number(const char* name) {
    const Json* member = json_.find(name);
    const auto value = member != nullptr ? member->integer() : std::nullopt;
    sound = sound && value;
    return value.value_or(0);
  }

  bool sound = true;

 private:
  const Json& json_;
};

void read_cost(Reader& reader, KeyRecord& record) {
  const std::string kdf = reader.text("kdf");
  if (kdf == "none") return;
  const ScryptCost cost{reader.number("n"), reader.number("r"), reader.number("p")};
  reader.sound = reader.sound && kdf == "scrypt" && is_bearable(cost);
  record.cost = cost;
  record.salt = reader.octets("salt", kSaltSize);
}

}  // namespace

std::string text_of(const KeptBy& by) {
  return by.keeper == Keeper::file ? std::string(kFile) + by.file : name_of(by.keeper);
}

std::optional<KeptBy> kept_by(const std::string& text) {
  if (text.starts_with(kFile)) {
    const std::string path = text.substr(kFile.size());
    return path.starts_with('/') ? std::optional(KeptBy{Keeper::file, path}) : std::nullopt;
  }
  const auto keeper = keeper_named(text);
  if (!keeper || *keeper == Keeper::file) return std::nullopt;
  return KeptBy{*keeper};
}

KeyRecord key_record_from(const Json& json, const std::string& where) {
  Reader reader(json);
  KeyRecord record;
  reader.sound = reader.number("version") == kVersion;
  const auto keeper = keeper_named(reader.text("by"));
  record.by.keeper = keeper.value_or(Keeper::passphrase);
  record.id = reader.text("key");
  read_cost(reader, record);
  record.nonce = reader.octets("nonce", kNonceSize);
  record.wrapped = reader.octets("wrapped", kKeySize + kTagSize);
  if (record.by.keeper == Keeper::file) record.by.file = reader.text("file");
  if (record.by.keeper == Keeper::keyring) record.by.item = reader.text("item");
  if (reader.sound && keeper) return record;
  throw Error(Code::storage, where + ": the sealing key is damaged, or of another version of xauth",
              "put back the member \"sealing\" of its settings from a backup");
}

Json json_of(const KeyRecord& record) {
  Json json;
  json.set("version", Json(kVersion));
  json.set("key", Json(record.id));
  json.set("by", Json(name_of(record.by.keeper)));
  if (!record.by.file.empty()) json.set("file", Json(record.by.file));
  if (!record.by.item.empty()) json.set("item", Json(record.by.item));
  json.set("kdf", Json(record.cost ? "scrypt" : "none"));
  if (record.cost) {
    json.set("n", Json(record.cost->n));
    json.set("r", Json(record.cost->r));
    json.set("p", Json(record.cost->p));
    json.set("salt", Json(base64url(record.salt)));
  }
  json.set("nonce", Json(base64url(record.nonce)));
  json.set("wrapped", Json(base64url(record.wrapped)));
  return json;
}

KeyRecord wrap(const DataKey& key, const KeptBy& by, const Secret& password) {
  KeyRecord record{.id = key.id, .by = by};
  if (by.keeper == Keeper::passphrase || !key_itself(password)) {
    record.cost.emplace();
    record.salt = random_octets(kSaltSize);
  }
  record.nonce = random_octets(kNonceSize);
  record.wrapped =
      encrypt(*wrapping_key(record, password), record.nonce, bound_to(record), key.key);
  return record;
}

std::optional<DataKey> unwrap(const KeyRecord& record, const Secret& password) {
  const auto key = wrapping_key(record, password);
  auto data_key =
      key ? decrypt(*key, record.nonce, bound_to(record), record.wrapped) : std::nullopt;
  return data_key ? std::optional(DataKey{record.id, *std::move(data_key)}) : std::nullopt;
}

Secret make_password() {
  const Secret octets(random_octets(kKeySize));
  return Secret(base64url(octets.reveal()));
}

}  // namespace xauth::store
