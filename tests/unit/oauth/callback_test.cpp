#include "oauth/callback.h"

#include <doctest/doctest.h>

#include "unit/oauth/pending.h"

using namespace xauth;
using namespace xauth::oauth;

namespace {

// "ignored", "code CODE", "refused ERROR" or "broken".
std::string judged(const PendingAuthorization& pending, const std::string& query) {
  const auto verdict = check_callback(pending, query);
  if (std::holds_alternative<NotOurs>(verdict)) return "ignored";
  if (const auto* callback = std::get_if<CheckedCallback>(&verdict)) {
    return "code " + callback->code().reveal();
  }
  if (const auto* refusal = std::get_if<Refusal>(&verdict)) return "refused " + refusal->error;
  CHECK(std::get<Error>(verdict).code == Code::bad_response);
  return "broken";
}

}  // namespace

TEST_CASE("check_callback: nothing is believed before the state matches, CB-1 to CB-6, CB-15") {
  const auto pending = pending_at();
  const std::string state = "state=" + pending.state.reveal();
  const std::pair<std::string, const char*> cases[] = {
      {"", "ignored"},
      {"code=c", "ignored"},
      {"state=&code=c", "ignored"},
      {"state=wrong&code=c", "ignored"},
      {"error=access_denied", "ignored"},
      {"state=wrong&error=access_denied", "ignored"},
      {state + "&" + state + "&code=c", "ignored"},
      {state + "x&code=c", "ignored"},
      {state + "%00&code=c", "ignored"},
      {"code=c&code=d", "ignored"},
      {state + "&code=c", "code c"},
      {state + "&code=abc==", "code abc=="},
      {state + "&code=a+b%2Bc", "code a b+c"},
      {state + "&code=c&unknown=%FF&also=%2", "code c"},
      {state + "&code=c&session_state=1&session_state=2", "code c"},
      {"%73tate=" + pending.state.reveal() + "&code=c", "code c"},
      {state + "&error=access_denied&error_description=No+thanks", "refused access_denied"},
      {state, "broken"},
      {state + "&code=", "broken"},
      {state + "&error=", "broken"},
      {state + "&code=c&code=c", "broken"},
      {state + "&error=a&error=b", "broken"},
      {state + "&code=c&error=access_denied", "broken"},
      {state + "&code=c%00", "broken"},
      {state + "&code=c%0A", "broken"},
      {state + "&code=%FF", "broken"},
      {state + "&code=%2", "broken"},
      {state + "&code=c&iss=a&iss=a", "broken"},
      {state + "&code=c&id_token=x", "broken"},
      {state + "&code=c&access_token=x", "broken"},
      {state + "&code=c&response=x", "broken"},
  };
  for (const auto& [query, expected] : cases) {
    CAPTURE(query);
    CHECK(judged(pending, query) == expected);
  }
}

TEST_CASE("check_callback: iss must be the known issuer where one is known, CB-7, CB-9") {
  const auto known = pending_at("https://as.example");
  const std::string query = "code=c&state=" + known.state.reveal();
  CHECK(judged(known, query) == "code c");
  CHECK(judged(known, query + "&iss=https%3A%2F%2Fas.example") == "code c");
  CHECK(judged(known, query + "&iss=https%3A%2F%2Fas.example%2F") == "broken");
  CHECK(judged(known, query + "&iss=") == "broken");
  CHECK(judged(known, "error=access_denied&iss=evil&state=" + known.state.reveal()) == "broken");
  CHECK(judged(pending_at(), query + "&iss=anything") == "code c");
}

TEST_CASE("a refusal's texts are cut to what may be shown, CB-12") {
  const auto pending = pending_at();
  const auto verdict =
      check_callback(pending, "error=a%22b&error_description=%1B%5D0%3Bx%07%E2%80%AE" +
                                  std::string(2000, 'd') + "&state=" + pending.state.reveal());
  const auto& refusal = std::get<Refusal>(verdict);
  CHECK(refusal.error == "ab");
  CHECK(refusal.error_description.size() == 512);
  CHECK(refusal.error_description.starts_with("]0;xddd"));
}

TEST_CASE("a refusal does not show the state that it echoes, ST-15") {
  const auto pending = pending_at();
  const auto verdict =
      check_callback(pending, "error=e&error_description=got+" + pending.state.reveal() +
                                  "&state=" + pending.state.reveal());
  CHECK(std::get<Refusal>(verdict).error_description == "got ***");
}

TEST_CASE("query_of_pasted takes a whole URL or the bare query, CB-13") {
  CHECK(query_of_pasted("http://127.0.0.1:8000/callback?code=c&state=s\r\n") == "code=c&state=s");
  CHECK(query_of_pasted("  ?code=c&state=s#frag  ") == "code=c&state=s");
  CHECK(query_of_pasted("code=c&state=s") == "code=c&state=s");
  CHECK(query_of_pasted("https://x/cb?a=https://y?b=1") == "a=https://y?b=1");
  CHECK(query_of_pasted(" \t\n").empty());
}

TEST_CASE("check_callback: iss must be there where the issuer announces it, CB-8") {
  auto announced = pending_at("https://as.example");
  announced.provider.sends_iss = true;
  const std::string state = "state=" + announced.state.reveal();
  CHECK(judged(announced, "code=c&" + state) == "broken");
  CHECK(judged(announced, "error=access_denied&" + state) == "broken");
  CHECK(judged(announced, "code=c&iss=https%3A%2F%2Fevil.example&" + state) == "broken");
  CHECK(judged(announced, "code=c&iss=https%3A%2F%2Fas.example&" + state) == "code c");
  CHECK(judged(announced, "code=c") == "ignored");
}
