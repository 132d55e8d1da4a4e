// Sealed files, and the wrapped key of config.json.
#include "base/error.h"
#include "fuzz/property.h"
#include "store/key_record.h"
#include "store/sealed_text.h"

using namespace xauth;
using namespace xauth::store;

namespace {

const Place kPlace{kTokens, "fuzz"};

void check_text(const std::string& text) {
  const DataKey key{"AAECAwQFBgcICQoL", Secret(std::string(kKeySize, 'k'))};
  const auto sealed = read_sealed(text);
  const auto opened = sealed ? unseal(key, kPlace, *sealed) : std::nullopt;
  fuzz::require(!opened || sealed->key_id == key.id, "what opens says so");
  const auto own = read_sealed(seal(key, kPlace, Secret(text)));
  fuzz::require(unseal(key, kPlace, *own)->matches(text), "any text can be sealed");
}

void check_record(const Json& json) {
  try {
    const KeyRecord record = key_record_from(json, "config.json");
    fuzz::require(!record.cost || is_bearable(*record.cost), "no cost is beyond the bound");
    const Json written = json_of(record);
    fuzz::require(json_of(key_record_from(written, "config.json")).text() == written.text(),
                  "what is written is read as the same");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::storage, "what is wrong with a key is told");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(fuzz::text_of(data, size));
  check_text(text);
  if (const auto json = parse_json(text)) check_record(*json);
  return 0;
}
