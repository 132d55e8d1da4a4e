// A client and a person at the embedded authorization server, without a socket.
#pragma once

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>

#include "base/encoding.h"
#include "base/json.h"
#include "demo/authorization_server.h"

namespace xauth::demo {

// The pair of RFC 7636 App. B.
inline const std::string kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline const std::string kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
inline const std::string kRedirect = "http://127.0.0.1:8000/callback";
inline const std::string kScope = "tweet.read users.read offline.access";

using Fields = std::vector<std::pair<std::string, std::string>>;

inline std::string encode(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    out += (out.empty() ? "" : "&") + form_encode(name) + "=" + form_encode(value);
  }
  return out;
}

// `fields` with `name` set to `value`, or without it.
inline Fields with(Fields fields, const std::string& name,
                   const std::optional<std::string>& value) {
  std::erase_if(fields, [&](const auto& field) { return field.first == name; });
  if (value) fields.emplace_back(name, *value);
  return fields;
}

inline std::string header(const OutgoingReply& reply, std::string_view name) {
  return find_header(reply.headers, name).value_or("");
}

inline std::string member(const OutgoingReply& reply, std::string_view name) {
  const auto json = parse_json(reply.body);
  const auto* value = json ? json->find(name) : nullptr;
  return value != nullptr && value->string() != nullptr ? *value->string() : "";
}

// A parameter of the URL that the reply redirects to.
inline std::string redirected(const OutgoingReply& reply, std::string_view name) {
  const auto location = header(reply, "Location");
  for (const auto& parameter : parse_query(location.substr(location.find('?') + 1))) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  return "";
}

inline RegisteredClients demo_clients() {
  return {{"public", "xauth", {kRedirect, "http://127.0.0.1:8001/callback"}},
          {"other", "Other", {kRedirect}},
          {"basic", "Web", {kRedirect}, ClientAuth::client_secret_basic, Secret("s:e c")},
          {"post", "Web", {kRedirect}, ClientAuth::client_secret_post, Secret("s:e c")}};
}

// Bytes that differ from draw to draw.
inline FillRandom counting_random() {
  return [next = std::uint8_t{0}](std::span<std::byte> bytes) mutable {
    ++next;
    for (auto& byte : bytes) byte = std::byte{next};
  };
}

struct DemoLogin {
  explicit DemoLogin(Manner manner = x())
      : server(
            std::move(manner), demo_clients(), [this] { return now; }, counting_random()) {
    server.answers_at(9000);
  }

  OutgoingReply get(const std::string& target, Headers headers = {}) {
    headers.emplace_back("Host", "127.0.0.1:9000");
    return server.answer({"GET", target, headers, ""});
  }

  OutgoingReply post(const std::string& target, const Fields& form, Headers headers = {}) {
    headers.emplace_back("Host", "127.0.0.1:9000");
    headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    return server.answer({"POST", target, headers, encode(form)});
  }

  static Fields authorize_fields(const std::string& client_id = "public") {
    return {{"response_type", "code"},
            {"client_id", client_id},
            {"redirect_uri", kRedirect},
            {"scope", kScope},
            {"state", "s t+%"},
            {"code_challenge", kChallenge},
            {"code_challenge_method", "S256"}};
  }

  OutgoingReply authorize(const Fields& fields) { return get("/authorize?" + encode(fields)); }

  // The one-time token of a consent page.
  static std::string page_token(const OutgoingReply& page) {
    const std::string mark = "name=\"page\" value=\"";
    const auto at = page.body.find(mark);
    REQUIRE(at != std::string::npos);
    const auto start = at + mark.size();
    return page.body.substr(start, page.body.find('"', start) - start);
  }

  OutgoingReply decide(const OutgoingReply& page, const std::string& decision) {
    return post("/consent", {{"page", page_token(page)}, {"decision", decision}});
  }

  std::string code(const Fields& fields = authorize_fields()) {
    return redirected(decide(authorize(fields), "allow"), "code");
  }

  static Fields exchange_fields(const std::string& code, const std::string& client_id = "public") {
    return {{"grant_type", "authorization_code"},
            {"client_id", client_id},
            {"code", code},
            {"redirect_uri", kRedirect},
            {"code_verifier", kVerifier}};
  }

  OutgoingReply exchange(const std::string& code) { return post("/token", exchange_fields(code)); }

  OutgoingReply log_in(const std::string& scope = kScope) {
    return exchange(code(with(authorize_fields(), "scope", scope)));
  }

  OutgoingReply refresh(const std::string& refresh_token) {
    return post("/token", {{"grant_type", "refresh_token"},
                           {"client_id", "public"},
                           {"refresh_token", refresh_token}});
  }

  int account_status(const std::string& access_token) {
    return get("/me", {{"Authorization", "Bearer " + access_token}}).status;
  }

  Time now{Seconds(1'700'000'000)};
  AuthorizationServer server;
};

inline void check_error(const OutgoingReply& reply, int status, const std::string& error,
                        const std::string& description) {
  CHECK(reply.status == status);
  CHECK(member(reply, "error") == error);
  CHECK(member(reply, "error_description") == description);
}

}  // namespace xauth::demo
