#include "demo/grants.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include "demo/code_challenge.h"
#include "demo/rejection.h"

namespace xauth::demo {

namespace {

constexpr std::size_t kMost = 1024;  // of each kind: a test refreshes some hundred times

template <class Item>
Item& push(std::deque<Item>& items, Item item) {
  if (items.size() == kMost) items.pop_front();
  items.push_back(std::move(item));
  return items.back();
}

// Looks at every item, so that the time tells nothing about the values.
template <class Items>
auto* find_value(Items& items, const std::string& value) {
  decltype(&items.front()) found = nullptr;
  for (auto& item : items) {
    if (item.value.matches(value)) found = &item;
  }
  return found;
}

}  // namespace

bool has_scope(const std::string& scopes, const std::string& scope) {
  std::istringstream words(scopes);
  for (std::string word; words >> word;) {
    if (word == scope) return true;
  }
  return false;
}

bool is_within(const std::string& asked, const std::string& granted) {
  std::istringstream words(asked);
  for (std::string word; words >> word;) {
    if (!has_scope(granted, word)) return false;
  }
  return true;
}

Grants::Grants(Manner manner, Now now, FillRandom fill_random)
    : manner_(std::move(manner)), now_(std::move(now)), fill_random_(std::move(fill_random)) {}

std::string Grants::issue_code(Approval approval) {
  auto value = random_text("demo-code-", fill_random_);
  approval.approved_at = now_();
  push(codes_, Code{Secret(value), std::move(approval), now_() + manner_.code_lifetime});
  return value;
}

Tokens Grants::redeem(const std::string& code, const std::string& client_id,
                      const std::string& redirect_uri, const std::string& code_verifier) {
  auto* found = find_value(codes_, code);
  if (found == nullptr || found->approval.client_id != client_id) throw Rejection(Fault::code);
  if (found->used_for) {
    end_grant(*found->used_for);
    throw Rejection(Fault::code);
  }
  if (now_() >= found->expires_at) throw Rejection(Fault::code);
  const auto& approval = found->approval;
  if (approval.redirect_uri != redirect_uri) throw Rejection(Fault::redirect_uri);
  if (!verifies(code_verifier, approval.code_challenge)) throw Rejection(Fault::code_verifier);

  const auto& grant = add_grant(approval);
  found->used_for = grant.id;
  return first_tokens(grant, true);
}

Tokens Grants::open(Approval approval, bool refreshable) {
  approval.approved_at = now_();
  return first_tokens(add_grant(approval), refreshable);
}

Tokens Grants::first_tokens(const Grant& grant, bool refreshable) {
  auto tokens = issue_access_token(grant, grant.scope);
  if (!refreshable) return tokens;
  if (manner_.refresh_scope.empty() || has_scope(grant.scope, manner_.refresh_scope)) {
    tokens.refresh_token = issue_refresh_token(grant.id);
  }
  return tokens;
}

Tokens Grants::refresh(const std::string& refresh_token, const std::string& client_id,
                       const std::string& scope) {
  auto& token = usable_refresh_token(refresh_token, client_id);
  const auto id = token.grant;
  const auto& grant = *find_grant(id);
  if (!is_within(scope, grant.scope)) throw Rejection(Fault::scope);
  auto tokens = issue_access_token(grant, scope.empty() ? grant.scope : scope);
  tokens.refreshed = true;
  if (manner_.rotates_refresh_tokens) {
    token.spent = true;
    tokens.refresh_token = issue_refresh_token(id);
  }
  ++refreshes_;
  return tokens;
}

Grants::RefreshToken& Grants::usable_refresh_token(const std::string& value,
                                                   const std::string& client_id) {
  auto* token = find_value(refresh_tokens_, value);
  const auto* grant = token != nullptr ? find_grant(token->grant) : nullptr;
  if (grant == nullptr || grant->client_id != client_id) throw Rejection(Fault::refresh_token);
  if (token->spent && manner_.reuse_kills_grant) end_grant(token->grant);
  if (token->spent || !grant->alive) throw Rejection(Fault::refresh_token);
  return *token;
}

void Grants::revoke(const std::string& token, const std::string& client_id) {
  const auto is_theirs = [&](GrantId id) {
    const auto* grant = find_grant(id);
    return grant != nullptr && grant->client_id == client_id;
  };
  const auto* refresh_token = find_value(refresh_tokens_, token);
  if (refresh_token != nullptr && is_theirs(refresh_token->grant)) {
    end_grant(refresh_token->grant);
  }
  auto* access_token = find_value(access_tokens_, token);
  if (access_token != nullptr && is_theirs(access_token->grant)) access_token->expires_at = Time();
}

std::optional<std::string> Grants::scope_of(const std::string& access_token) const {
  const auto* token = find_value(access_tokens_, access_token);
  if (token == nullptr || now_() >= token->expires_at) return std::nullopt;
  const auto* grant = find_grant(token->grant);
  if (grant == nullptr || !grant->alive) return std::nullopt;
  return token->scope;
}

std::optional<TokenFacts> Grants::facts_of(const std::string& token,
                                           const std::string& client_id) const {
  const auto* access = find_value(access_tokens_, token);
  if (access != nullptr && now_() < access->expires_at &&
      live_grant(access->grant, client_id) != nullptr) {
    return TokenFacts{client_id, access->scope, access->issued_at, access->expires_at};
  }
  const auto* refresh = find_value(refresh_tokens_, token);
  const auto* grant = refresh != nullptr ? live_grant(refresh->grant, client_id) : nullptr;
  if (grant == nullptr || refresh->spent) return std::nullopt;
  return TokenFacts{client_id, grant->scope, refresh->issued_at, std::nullopt};
}

void Grants::expire_access_tokens() {
  for (auto& token : access_tokens_) token.expires_at = Time();
}

int Grants::alive() const {
  return static_cast<int>(std::count_if(grants_.begin(), grants_.end(),
                                        [](const Grant& grant) { return grant.alive; }));
}

Grants::Grant& Grants::add_grant(const Approval& approval) {
  if (manner_.one_live_grant) {
    for (auto& grant : grants_) {
      if (grant.client_id == approval.client_id) grant.alive = false;
    }
  }
  return push(grants_, Grant{++last_id_, approval.client_id, approval.scope, approval.nonce,
                             approval.approved_at});
}

const Grants::Grant* Grants::find_grant(GrantId id) const {
  const auto found = std::find_if(grants_.begin(), grants_.end(),
                                  [&](const Grant& grant) { return grant.id == id; });
  return found == grants_.end() ? nullptr : &*found;
}

Grants::Grant* Grants::find_grant(GrantId id) {
  return const_cast<Grant*>(std::as_const(*this).find_grant(id));  // *this is not const here
}

const Grants::Grant* Grants::live_grant(GrantId id, const std::string& client_id) const {
  const auto* grant = find_grant(id);
  return grant != nullptr && grant->alive && grant->client_id == client_id ? grant : nullptr;
}

void Grants::end_grant(GrantId id) {
  if (auto* grant = find_grant(id)) grant->alive = false;
}

Tokens Grants::issue_access_token(const Grant& grant, const std::string& scope) {
  auto value = random_text("demo-access-", fill_random_);
  const auto lifetime = manner_.access_token_lifetime;
  push(access_tokens_, AccessToken{Secret(value), grant.id, scope, now_(), now_() + lifetime});
  Tokens tokens{std::move(value), lifetime, scope};
  tokens.nonce = grant.nonce;
  tokens.approved_at = grant.approved_at;
  return tokens;
}

std::string Grants::issue_refresh_token(GrantId id) {
  auto value = random_text("demo-refresh-", fill_random_);
  push(refresh_tokens_, RefreshToken{Secret(value), id, now_()});
  return value;
}

}  // namespace xauth::demo
