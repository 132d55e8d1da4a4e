#include "oauth/account.h"

#include "base/json.h"
#include "base/terminal_text.h"
#include "oauth/answer.h"
#include "oauth/error_answer.h"
#include "oauth/json_path.h"
#include "oauth/refusal.h"
#include "oauth/url_template.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestName = 255;  // as OpenID Connect bounds `sub`

// The text or number at `path`; empty when there is none.
std::string name_at(const Json& body, const Path& path) {
  const Json* found = path.empty() ? nullptr : find_at(body, path);
  return found == nullptr || found->boolean() != nullptr ? std::string() : text_at(*found, "");
}

// Whether the answer says itself that it is none, as some do with status 200. An `error` that is no
// text may be part of a success: {"data":{…},"error":{"code":"ok"}}.
bool says_no(const GrantFields& fields, const Json& body) {
  if (!fields.success_field.empty() && find_at(body, fields.success_field) != nullptr) {
    return text_at(body, fields.success_field) != fields.success_value;
  }
  const Json* error = body.find("error");
  return error != nullptr && error->string() != nullptr && !error->string()->empty();
}

// JSON counts here of whatever type it comes as.
Answer read_any_json(const GrantFields& fields, const HttpResponse& response,
                     const std::string& host) {
  Answer answer = read_answer(fields, response, host);
  if (!answer.body.is_null()) return answer;
  auto json = parse_json(response.body);
  if (json && json->object() != nullptr) answer.body = *std::move(json);
  return answer;
}

Code code_of_refused_account(const Refusal& refusal) {
  const bool dead = is_dead_grant(refusal) || refusal.meaning == "invalid_token";
  return dead ? Code::login_needed : code_of(refusal);
}

// What the answer says instead of whose account this is.
[[noreturn]] void fail_unanswered(const Provider& provider, const HttpRequest& request,
                                  const HttpResponse& response, const Answer& answer) {
  const std::string what = request.url.host + " did not say whose account this is";
  if (answer.body.is_null()) check_answered(response, request.url.host);
  const auto refusal = answer.body.is_null()
                           ? std::nullopt
                           : find_refusal(provider, request, response, answer, "account");
  if (!refusal) throw Error(Code::bad_response, what + status_and_words(answer.status));
  throw Error(code_of_refused_account(*refusal),
              what + status_and_words(answer.status, text_of(*refusal)), {}, refusal->meaning);
}

// An account endpoint with an identifier of its own name is no userinfo endpoint: it has no sub.
void check_subject(const Provider& provider, const Json& body, const std::string& sub,
                   const std::string& host) {
  const bool userinfo = provider.account_id_field.empty() || provider.account_id_field == "sub";
  if (sub.empty() || !userinfo || text_at(body, "sub") == sub) return;
  throw Error(
      Code::bad_response,
      host + " tells of another person than the ID token does (sub), so nothing of it is used");
}

}  // namespace

std::optional<HttpRequest> make_account_request(const Provider& provider,
                                                const Secret& access_token,
                                                const std::string& client_id) {
  if (provider.userinfo_url.empty()) return std::nullopt;
  HttpRequest request;
  request.url = endpoint("userinfo_url", provider.userinfo_url);
  request.authorization = Secret("Bearer " + access_token.reveal());
  request.method = provider.account_method;
  for (const auto& [name, value] : provider.account_headers) {
    request.headers.emplace_back(name, fill(value, {{"client_id", client_id}}));
  }
  if (!provider.account_body.empty()) {
    request.format = provider.account_body_format;
    Form& form = request.form.emplace();
    for (const auto& [name, value] : provider.account_body) form.push_back({name, value});
  }
  return request;
}

Account read_account(const Provider& provider, const HttpRequest& request,
                     const HttpResponse& response, const std::string& sub) {
  const std::string& host = request.url.host;
  check_no_redirect(response, host);
  Answer answer = read_any_json(provider.grant, response, host);
  const Json& body = answer.body;
  if (answer.status != 200 || body.is_null() || says_no(provider.grant, body)) {
    fail_unanswered(provider, request, response, answer);
  }
  check_subject(provider, body, sub, host);
  Account account;
  for (const std::string& field : {provider.account_field, std::string("preferred_username"),
                                   std::string("email"), std::string("sub")}) {
    if (account.name.empty()) account.name = name_at(body, field);
  }
  account.id = name_at(body, provider.account_id_field.empty() ? "sub" : provider.account_id_field);
  account.name = for_terminal(account.name, kLongestName);
  account.id = for_terminal(account.id, kLongestName);
  account.claims = std::move(answer.body);
  return account;
}

}  // namespace xauth::oauth
