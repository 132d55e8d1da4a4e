// Logins that wait on another device: each is a code for the client and one for the person.
#pragma once

#include <deque>
#include <string>

#include "base/secret.h"
#include "base/time.h"
#include "demo/grants.h"
#include "demo/manner.h"
#include "demo/random_text.h"

namespace xauth::demo {

// Not for several threads at once: its owner has the lock. It keeps the newest 64.
class DeviceCodes {
 public:
  // What a person is asked about a user code.
  struct Waiting {
    Secret device_code;
    std::string user_code;  // "BCDF-GHJK"
    Secret page_token;      // goes back with the answer to the page
    Approval approval;
    Time expires_at;
    Seconds interval;
    std::optional<Time> polled_at = {};
    std::optional<bool> allowed = {};
  };

  // `manner` has a device grant.
  DeviceCodes(const Manner& manner, Now now, FillRandom fill_random);

  // A pair of codes for what the client asks for. RFC 8628 §3.2, §6.1
  const Waiting& issue(Approval approval);

  // The login that this user code stands for, whatever the case of its letters and without what
  // separates them; a null pointer when there is none, or it has expired or was decided.
  Waiting* find(const std::string& user_code);

  // The same by the token of its page.
  Waiting* find_by_page(const std::string& page_token);

  // The client's question after its code: what was agreed to, once. Throws Rejection (device_code,
  // device_expired, device_denied, slow_down, authorization_pending). RFC 8628 §3.4, §3.5
  Approval redeem(const std::string& device_code, const std::string& client_id);

 private:
  template <class Matches>
  Waiting* find_open(Matches matches);
  std::string new_user_code();
  [[noreturn]] void turn_away(Waiting& waiting);

  const Manner& manner_;
  Now now_;
  FillRandom fill_random_;
  std::deque<Waiting> waiting_;
};

}  // namespace xauth::demo
