#include "base/error.h"
#include "fuzz/property.h"
#include "store/profile.h"

using namespace xauth;
using namespace xauth::store;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json(fuzz::text_of(data, size));
  if (!json) return 0;
  try {
    const auto profile = profile_from(*json, "config.json: profile fuzz");
    const auto written = json_of(profile);
    const auto again = profile_from(written, "config.json: profile fuzz");
    fuzz::require(json_of(again).text() == written.text(), "what is written is read as the same");
    fuzz::require(again.provider_name() == profile.provider_name() &&
                      again.redirect_uri == profile.redirect_uri &&
                      again.others.text() == profile.others.text(),
                  "nothing is lost by a save");
  } catch (const Error& error) {
    fuzz::require(error.code == Code::storage, "what is wrong with a profile is told");
  }
  return 0;
}
