#include "system/real_system.h"

#include "system/browser.h"
#include "system/clock.h"
#include "system/http_client.h"
#include "system/random.h"
#include "system/signals.h"

namespace xauth {

System real_system(const RealSystem& settings) {
  HttpSettings http;
  http.ca_file = settings.ca_file;
  http.limits = settings.limits;
  http.interrupted = [] { return SignalsWatched::received() != 0; };
  return {
      .now = wall_clock,
      .sleep = SignalsWatched::sleep,
      .fill_random = fill_random,
      .send = [http](const HttpRequest& request) { return send_http(request, http); },
      .open_browser = [browser = settings.browser](const Url& url) { open_browser(url, browser); },
      .say = settings.say,
  };
}

}  // namespace xauth
