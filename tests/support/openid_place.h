// Where the modules of OpenID Connect's conformance suite are played: the provider is known by its
// issuer alone, the client has a secret and sends it by Basic.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/workplace.h"

namespace xauth::test {

class OpenidPlace : public Workplace {
 public:
  explicit OpenidPlace(demo::Manner manner = demo::plain());

  // Runs `xauth login work` with that scope to its end, the person allowing it.
  Finished sign_in(const std::string& scope = "openid") const;

  // Runs a login that must fail by its ID token: with 7 and `complaint` in its message, its grant
  // revoked, userinfo not asked, and nothing kept.
  void check_refused(const std::string& complaint) const;

  // Runs a login that must succeed, with its ID token kept.
  void check_accepted() const;

  // Lets `change` see every ID token from now on before it is signed.
  void change_id_tokens(demo::ChangeIdToken change) const;
  void set_claim(const std::string& name, Json value) const;
  void erase_claim(const std::string& name) const;

  // What discovery's document says from now on; `move` also lets the endpoint at `from` answer at
  // `to`, and nowhere else.
  void tell(const std::string& member, Json value);
  void move(const std::string& member, const std::string& from, const std::string& to);

  // How often `path` was asked, and the last request to it.
  int asked(const std::string& path) const { return provider->server().count(path); }
  demo::LoggedRequest last(const std::string& path) const;

  // A member of the kept tokens, and the header or the claims of the kept ID token.
  std::string token(const std::string& member) const;
  Json id_token_header() const { return id_token_part(0); }
  Json id_token_claims() const { return id_token_part(1); }

 private:
  Json id_token_part(int index) const;

  Json::Object told_;
};

// The value of a request header; empty when it is absent.
std::string header_of(const demo::LoggedRequest& request, std::string_view name);

// The Authorization header of that place's client. RFC 6749 §2.3.1
std::string basic_credentials();

}  // namespace xauth::test
