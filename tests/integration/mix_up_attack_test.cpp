// A provider that sends its people to another one, to get the code that they bring back from there.
#include <doctest/doctest.h>

#include "support/tally.h"
#include "support/workplace.h"

using namespace xauth;
using namespace xauth::test;

namespace {

demo::Manner with_metadata() {
  demo::Manner manner = demo::plain();
  manner.tells_metadata = true;
  manner.iss_in_answers = true;
  return manner;
}

// The person logs in to the evil provider, which is this workplace's, and comes to the honest one.
struct MixUp : Workplace {
  MixUp() : Workplace(with_metadata()) {}

  Finished log_in_to_the_evil_one() const {
    return log_in({"login", "work", "--issuer", provider->url(), "--client-id", kPublicClient,
                   "--redirect-uri", "http://127.0.0.1:0/callback", "--no-browser"});
  }

  // The code was given, and went nowhere.
  void check_caught(const Finished& ended) const {
    CAPTURE(ended.err);
    CHECK(ended.status == 7);
    CHECK(ended.err.find("iss") != std::string::npos);
    CHECK(honest->server().count("/authorize") == 1);
    CHECK(honest->server().count("/consent") == 1);
    CHECK(provider->server().count("/token") == 0);
    CHECK(honest->server().count("/token") == 0);
    CHECK(files().empty());
    tally("mix-ups, planted codes and downgrades", 1);
  }

  // The evil provider's authorize endpoint sends the browser on, with all that it brings.
  void forward() const {
    provider->server().replace("/authorize", [to = honest->url()](const IncomingRequest& request) {
      return OutgoingReply{303, {{"Location", to + request.target}}, ""};
    });
  }

  std::unique_ptr<demo::Provider> honest = start_provider(with_metadata());
};

}  // namespace

TEST_CASE(
    "mix-up: an evil provider that forwards to an honest one never sees its code, CB-7, KD-3") {
  const MixUp here;
  here.forward();
  here.check_caught(here.log_in_to_the_evil_one());
}

TEST_CASE(
    "mix-up: evil metadata that names the honest authorize endpoint gets no code, CB-7, KD-3") {
  const MixUp here;
  for (const auto path : {demo::path::kMetadata, demo::path::kOpenidMetadata}) {
    here.provider->server().wrap(
        std::string(path), [endpoint = here.honest->authorize_url()](const IncomingRequest& request,
                                                                     const demo::Answer& original) {
          OutgoingReply reply = original(request);
          Json document = parse_json(reply.body).value();
          document.set("authorization_endpoint", Json(endpoint));
          reply.body = document.text();
          return reply;
        });
  }
  here.check_caught(here.log_in_to_the_evil_one());
}

TEST_CASE("mix-up: an honest provider that names no issuer, where one was announced, CB-8, KD-3") {
  MixUp here;
  here.honest = start_provider(demo::plain());
  here.forward();
  here.check_caught(here.log_in_to_the_evil_one());
}
