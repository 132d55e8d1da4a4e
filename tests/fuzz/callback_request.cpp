#include "flow/callback_request.h"

#include "fuzz/property.h"
#include "system/request_reader.h"

using namespace xauth;
using namespace xauth::flow;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const CallbackPlace place =
      callback_place(*parse_url("http://127.0.0.1:8000/callback"), "127.0.0.1", 8000);
  RequestReader reader({});
  reader.feed(fuzz::text_of(data, size));
  if (!reader.complete()) return 0;
  const auto request = reader.take();
  const auto sorted = sort_request(request, place);
  if (sorted.kind == RequestKind::foreign) {
    const int status = sorted.status;
    fuzz::require(status == 403 || status == 404 || status == 405 || status == 421,
                  "a foreign request is refused");
    fuzz::require(sorted.query.empty(), "nothing of a foreign request is looked at");
    return 0;
  }
  const std::string path = sorted.kind == RequestKind::result ? "/callback/result" : "/callback";
  const std::string query = sorted.query.empty() ? "" : "?" + std::string(sorted.query);
  fuzz::require(request.method == "GET", "only GET is ours");
  fuzz::require(find_header(request.headers, "Host") == "127.0.0.1:8000", "only our host is ours");
  fuzz::require(request.target.starts_with(path) && request.target.ends_with(query),
                "path and query are the bytes of the wire");
  return 0;
}
