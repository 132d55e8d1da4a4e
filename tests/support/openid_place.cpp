#include "support/openid_place.h"

#include <doctest/doctest.h>

#include "base/encoding.h"
#include "support/kept_login.h"

namespace xauth::test {

namespace {

const std::string kMetadata(demo::path::kOpenidMetadata);

}  // namespace

OpenidPlace::OpenidPlace(demo::Manner manner) : Workplace(std::move(manner)) {
  variables["XAUTH_CLIENT_SECRET"] = kClientSecret;
}

Finished OpenidPlace::sign_in(const std::string& scope) const {
  return log_in({"login", "work", "--issuer", provider->url(), "--client-id", kBasicClient,
                 "--redirect-uri", "http://127.0.0.1:0/callback", "--no-browser", "--scope",
                 scope});
}

void OpenidPlace::check_refused(const std::string& complaint) const {
  CAPTURE(complaint);
  const int asked_who = asked("/me");
  const int exchanged = asked("/token");
  const Finished login = sign_in();
  CHECK(login.status == 7);
  CHECK_MESSAGE(login.err.find(complaint) != std::string::npos, login.err);
  CHECK(login.err.find("the new login was not kept") != std::string::npos);
  CHECK(login.out.empty());
  check_no_secret(login.err);
  CHECK(asked("/token") == exchanged + 1);
  CHECK(asked("/me") == asked_who);
  CHECK(provider->server().grants_alive() == 0);
  CHECK(files().empty());
}

void OpenidPlace::check_accepted() const {
  const Finished login = sign_in();
  CHECK_MESSAGE(login.status == 0, login.err);
  REQUIRE(has("tokens/work.json"));
  CHECK(login.err.find("warning") == std::string::npos);
  CHECK(token("account_id") == demo::kSubject);
  CHECK(run(start({"token", "--id-token"})).out == token("id_token") + "\n");
}

void OpenidPlace::change_id_tokens(demo::ChangeIdToken change) const {
  provider->server().change_id_tokens(std::move(change));
}

void OpenidPlace::set_claim(const std::string& name, Json value) const {
  change_id_tokens([=](demo::IdTokenDraft& draft) { draft.claims.set(name, value); });
}

void OpenidPlace::erase_claim(const std::string& name) const {
  change_id_tokens([=](demo::IdTokenDraft& draft) { draft.claims.erase(name); });
}

void OpenidPlace::tell(const std::string& member, Json value) {
  std::erase_if(told_, [&](const auto& other) { return other.first == member; });
  told_.emplace_back(member, std::move(value));
  provider->server().wrap(kMetadata, [told = told_](const auto& request, const auto& original) {
    OutgoingReply reply = original(request);
    Json document = parse_json(reply.body).value();
    for (const auto& [name, value] : told) document.set(name, value);
    reply.body = document.text();
    return reply;
  });
}

void OpenidPlace::move(const std::string& member, const std::string& from, const std::string& to) {
  tell(member, Json(provider->url(to)));
  provider->server().replace(from, always(404, "{}"));
  provider->server().wrap(to, [=](const IncomingRequest& request, const demo::Answer& original) {
    IncomingRequest there = request;
    there.target.replace(0, to.size(), from);
    return original(there);
  });
}

demo::LoggedRequest OpenidPlace::last(const std::string& path) const {
  const auto requests = provider->server().requests(path);
  REQUIRE_MESSAGE(!requests.empty(), path);
  return requests.back();
}

std::string OpenidPlace::token(const std::string& member) const {
  return kept("tokens/work.json", member).value_or("");
}

Json OpenidPlace::id_token_part(int index) const {
  std::string text = token("id_token");
  if (index > 0) text.erase(0, text.find('.') + 1);
  const auto part = base64url_decode(text.substr(0, text.find('.')));
  REQUIRE(part);
  return parse_json(*part).value();
}

std::string header_of(const demo::LoggedRequest& request, std::string_view name) {
  return find_header(request.request.headers, name).value_or("");
}

std::string basic_credentials() {
  return "Basic " + base64(std::string(kBasicClient) + ":" + kClientSecret);
}

}  // namespace xauth::test
