#include "flow/revoke.h"

#include <doctest/doctest.h>

#include <vector>

#include "unit/oauth/pending.h"

using namespace xauth;

namespace {

struct Revoking {
  // Revokes with the answers given, one a request; what there is to say about it.
  std::optional<Error> revoke(std::vector<HttpResponse> answers, const char* refresh_token = "rt",
                              const char* access_token = "at") {
    System system;
    system.now = [] { return Time(Seconds(1'700'000'000)); };
    system.sleep = [](std::chrono::milliseconds) {};
    system.fill_random = [](std::span<std::byte>) {};
    system.send = [&](const HttpRequest& request) {
      sent.push_back(request);
      const std::size_t k = sent.size();
      if (k == failing) throw SendFailure(Code::unreachable, "cut", {}, true);
      REQUIRE(k <= answers.size());
      return answers[k - 1];
    };
    return flow::revoke(system, oauth::pending_at().provider, {.id = "client"},
                        Secret(std::string(refresh_token)), Secret(std::string(access_token)));
  }

  std::string form(std::size_t k) const { return encode_form(*sent.at(k).form).reveal(); }

  std::size_t failing = 0;
  std::vector<HttpRequest> sent;
};

const HttpResponse kGone = {200, {}, "whatever"};

HttpResponse refused(const std::string& error) {
  return {400, {}, "{\"error\":\"" + error + "\"}"};
}

}  // namespace

TEST_CASE("the refresh token is revoked first, then the access token, RV-1, RV-2") {
  Revoking revoking;
  CHECK_FALSE(revoking.revoke({kGone, kGone}));
  REQUIRE(revoking.sent.size() == 2);
  CHECK(revoking.sent[0].url.text() == "https://as.example/revoke");
  CHECK(revoking.form(0) == "token=rt&token_type_hint=refresh_token&client_id=client");
  CHECK(revoking.form(1) == "token=at&token_type_hint=access_token&client_id=client");
}

TEST_CASE("a token that is not there is not revoked, RV-2") {
  Revoking only_access;
  CHECK_FALSE(only_access.revoke({kGone}, ""));
  CHECK(only_access.form(0).starts_with("token=at&"));
  Revoking only_refresh;
  CHECK_FALSE(only_refresh.revoke({kGone}, "rt", ""));
  CHECK(only_refresh.form(0).starts_with("token=rt&"));
  Revoking neither;
  CHECK_FALSE(neither.revoke({}, "", ""));
}

TEST_CASE("an access token that went with its grant is gone, RV-2, RV-3") {
  Revoking revoking;
  CHECK_FALSE(revoking.revoke({kGone, refused("invalid_token")}));
  Revoking without_grant;
  CHECK_FALSE(without_grant.revoke({refused("invalid_token")}, ""));
  Revoking unwilling;
  const auto error = unwilling.revoke({refused("unsupported_token_type")}, "");
  REQUIRE(error);
  CHECK(error->code == Code::failure);
}

TEST_CASE("a refresh token that cannot be revoked is told, the access token still goes, RV-3") {
  Revoking revoking;
  const auto error = revoking.revoke({refused("unsupported_token_type"), kGone});
  REQUIRE(error);
  CHECK(error->code == Code::failure);
  CHECK(error->provider_error == "unsupported_token_type");
  CHECK(revoking.sent.size() == 2);
}

TEST_CASE("a provider that is busy has revoked nothing: it is asked again, then told, RV-3") {
  const HttpResponse busy{503, {{"Retry-After", "1"}}, ""};
  Revoking revoking;
  const auto error = revoking.revoke({busy, busy, busy});
  REQUIRE(error);
  CHECK(error->code == Code::unreachable);
  Revoking later;
  CHECK_FALSE(later.revoke({busy, kGone, kGone}));
  CHECK(later.form(0) == later.form(1));
}

TEST_CASE("a failure of the k-th request is a value, so that the deletion goes on, RV-4") {
  for (std::size_t k = 1; k <= 2; ++k) {
    Revoking revoking;
    revoking.failing = k;
    const auto error = revoking.revoke({kGone, kGone});
    REQUIRE(error);
    CHECK(error->code == Code::unreachable);
    CHECK(revoking.sent.size() == k);
  }
}
