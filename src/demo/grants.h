// What people have allowed: codes, grants and the tokens that stand for them. One user, in memory.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "base/secret.h"
#include "base/time.h"
#include "demo/manner.h"
#include "demo/random_text.h"

namespace xauth::demo {

using Now = std::function<Time()>;

// What the person agreed to, and for whom.
struct Approval {
  std::string client_id;
  std::string redirect_uri;
  std::string scope;  // separated by single spaces; may be empty
  std::string code_challenge;
  std::string nonce;   // for the ID token; may be empty
  Time approved_at{};  // set when the code is issued, or the grant opened
};

// What is known of a token that is valid. RFC 7662 §2.2
struct TokenFacts {
  std::string client_id;
  std::string scope;
  Time issued_at;
  std::optional<Time> expires_at;  // nothing: a refresh token, which does not expire
};

// What a token answer tells.
struct Tokens {
  std::string access_token;
  Seconds expires_in{};
  std::string scope;
  std::optional<std::string> refresh_token = {};
  std::optional<std::string> id_token = {};
  std::string nonce = {};
  Time approved_at{};
  bool refreshed = false;  // by a refresh token
};

// Not for several threads at once: its owner has the lock. It keeps the newest 1,024 of each kind;
// older ones count as unknown.
class Grants {
 public:
  Grants(Manner manner, Now now, FillRandom fill_random);

  // A code for one exchange within Manner::code_lifetime. RFC 6749 §4.1.2
  std::string issue_code(Approval approval);

  // Exchanges the code. Throws Rejection (code, redirect_uri, code_verifier); a code that was
  // used before also ends the grant that came out of it. RFC 6749 §4.1.3, RFC 7636 §4.6
  Tokens redeem(const std::string& code, const std::string& client_id,
                const std::string& redirect_uri, const std::string& code_verifier);

  // Tokens for what was approved in another way than by a code; a refresh token where `refreshable`
  // and Manner::refresh_scope allow it.
  Tokens open(Approval approval, bool refreshable);

  // New tokens for a refresh token, with `scope` or, when that is empty, all that was granted.
  // Throws Rejection (refresh_token, scope). RFC 6749 §6, RFC 9700 §4.14
  Tokens refresh(const std::string& refresh_token, const std::string& client_id,
                 const std::string& scope);

  // Ends the access token, or the whole grant of the refresh token; nothing happens when it is
  // unknown or another client's. RFC 7009 §2.1
  void revoke(const std::string& token, const std::string& client_id);

  // The scope of a valid access token; nothing when it is unknown, expired or revoked.
  std::optional<std::string> scope_of(const std::string& access_token) const;

  // What is known of an access or refresh token that the client may use now; nothing when it is
  // unknown, expired, spent, revoked or another client's. RFC 7662 §2.2
  std::optional<TokenFacts> facts_of(const std::string& token, const std::string& client_id) const;

  // Lets every access token expire now; refresh tokens stay.
  void expire_access_tokens();

  // How long the access tokens issued from now on live.
  void set_access_token_lifetime(Seconds lifetime) { manner_.access_token_lifetime = lifetime; }

  int refreshes() const { return refreshes_; }
  int alive() const;

 private:
  using GrantId = std::uint64_t;
  struct Grant {
    GrantId id;
    std::string client_id;
    std::string scope;
    std::string nonce;
    Time approved_at;
    bool alive = true;
  };
  struct Code {
    Secret value;
    Approval approval;
    Time expires_at;
    std::optional<GrantId> used_for = {};
  };
  struct AccessToken {
    Secret value;
    GrantId grant;
    std::string scope;
    Time issued_at;
    Time expires_at;
  };
  struct RefreshToken {
    Secret value;
    GrantId grant;
    Time issued_at;
    bool spent = false;
  };

  Grant& add_grant(const Approval& approval);
  Grant* find_grant(GrantId id);
  const Grant* find_grant(GrantId id) const;
  RefreshToken& usable_refresh_token(const std::string& value, const std::string& client_id);
  const Grant* live_grant(GrantId id, const std::string& client_id) const;
  void end_grant(GrantId id);
  Tokens first_tokens(const Grant& grant, bool refreshable);
  Tokens issue_access_token(const Grant& grant, const std::string& scope);
  std::string issue_refresh_token(GrantId id);

  Manner manner_;
  Now now_;
  FillRandom fill_random_;
  GrantId last_id_ = 0;
  int refreshes_ = 0;
  std::deque<Code> codes_;
  std::deque<Grant> grants_;
  std::deque<AccessToken> access_tokens_;
  std::deque<RefreshToken> refresh_tokens_;
};

// Whether the space-separated `scopes` hold `scope`.
bool has_scope(const std::string& scopes, const std::string& scope);

// Whether every one of `asked` is in `granted`; both space-separated. RFC 6749 §6
bool is_within(const std::string& asked, const std::string& granted);

}  // namespace xauth::demo
