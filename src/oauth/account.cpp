#include "oauth/account.h"

#include "base/json.h"
#include "base/terminal_text.h"
#include "oauth/token.h"

namespace xauth::oauth {

namespace {

constexpr std::size_t kLongestName = 255;  // as OpenID Connect bounds `sub`

// The string or number at `path`, whose steps are parted by dots; empty when there is none.
std::string text_at(const Json& body, std::string_view path) {
  const Json* at = &body;
  while (at != nullptr && !path.empty()) {
    const auto step = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(step.size() + 1, path.size()));
    at = at->find(step);
  }
  if (at == nullptr) return {};
  if (at->string() != nullptr) return *at->string();
  return at->number() != nullptr ? at->number()->text : std::string();
}

}  // namespace

std::optional<HttpRequest> make_account_request(const Provider& provider,
                                                const Secret& access_token) {
  if (provider.userinfo_url.empty()) return std::nullopt;
  HttpRequest request;
  request.url = endpoint("userinfo_url", provider.userinfo_url);
  request.authorization = Secret("Bearer " + access_token.reveal());
  return request;
}

Account read_account(const Provider& provider, const HttpRequest& request,
                     const HttpResponse& response) {
  const std::string& host = request.url.host;
  check_answered(response, host);
  const auto body = parse_json(response.body);
  if (response.status != 200 || !body || body->object() == nullptr) {
    throw Error(Code::bad_response, host + " did not say whose account this is (status " +
                                        std::to_string(response.status) + ")");
  }
  Account account;
  for (const std::string& field : {provider.account_field, std::string("preferred_username"),
                                   std::string("email"), std::string("sub")}) {
    if (account.name.empty() && !field.empty()) account.name = text_at(*body, field);
  }
  account.id =
      text_at(*body, provider.account_id_field.empty() ? "sub" : provider.account_id_field);
  account.name = for_terminal(account.name, kLongestName);
  account.id = for_terminal(account.id, kLongestName);
  return account;
}

}  // namespace xauth::oauth
