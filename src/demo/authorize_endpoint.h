// Where the browser arrives: asks the person, and sends the browser back with the answer.
#pragma once

#include <deque>
#include <string>

#include "base/http_message.h"
#include "base/secret.h"
#include "base/time.h"
#include "demo/addresses.h"
#include "demo/authorization_answer.h"
#include "demo/grants.h"
#include "demo/manner.h"
#include "demo/random_text.h"
#include "demo/registered_client.h"
#include "demo/request_parameters.h"

namespace xauth::demo {

// An `error` that goes back to the client. RFC 6749 §4.1.2.1
struct ClientError {
  std::string error;
  std::string description;
};

// Not for several threads at once: its owner has the lock.
class AuthorizeEndpoint {
 public:
  AuthorizeEndpoint(const Manner& manner, const RegisteredClients& clients,
                    const Addresses& addresses, Now now, FillRandom fill_random, Grants& grants);

  // GET /authorize: the consent page. An unknown client or redirect URI gets an error page and is
  // never redirected; every other fault goes back to the client as `error`. RFC 6749 §4.1.1,
  // §4.1.2.1, RFC 7636 §4.3, RFC 9700 §4.11, OpenID Connect Core §3.1.2.6
  OutgoingReply show(const IncomingRequest& request);

  // POST /consent: takes the answer to a page, once, and sends the browser back with `code` or
  // `error=access_denied`, and `state` as it came. RFC 6749 §4.1.2, RFC 9207 §2
  OutgoingReply decide(const IncomingRequest& request);

 private:
  // Where the answer to a request goes, and what it repeats of it.
  struct Return {
    ReturnPath path;
    std::string state;
  };
  // A page that was shown and not answered yet.
  struct Question {
    Secret page_token;
    Approval approval;
    Return back;
    Time expires_at;
  };

  OutgoingReply ask(const RegisteredClient& client, const RequestParameters& query,
                    const std::string& redirect_uri);
  OutgoingReply show_question(const RegisteredClient& client, Approval approval, Return back);
  OutgoingReply refuse(const Return& back, const ClientError& error) const;
  std::optional<Question> take_question(const std::string& page_token);

  const Manner& manner_;
  const RegisteredClients& clients_;
  const Addresses& addresses_;
  Now now_;
  FillRandom fill_random_;
  Grants& grants_;
  std::deque<Question> questions_;
};

}  // namespace xauth::demo
