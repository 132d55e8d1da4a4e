// A login that waits, and what a browser or a stranger needs to reach it.
#pragma once

#include <string>
#include <vector>

#include "support/workplace.h"
#include "unit/system/raw_client.h"

namespace xauth::test {

struct WaitingLogin {
  explicit WaitingLogin(const Workplace& here, const std::vector<std::string>& more = {})
      : login(here.start(here.login("work", kPublicClient, more))),
        told(await_url(login)),
        url(authorize_url_in(told)),
        state(state_in(told)),
        port(parse_url(redirect_uri_in(told))->port),
        host("127.0.0.1:" + std::to_string(port)) {}

  // The whole answer to a request; `more` are header lines with their ends.
  std::string ask(const std::string& line, const std::string& more = {}) const {
    testing::RawClient client(port);
    return client.ask(line + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n");
  }

  Running login;
  std::string told;
  Url url;
  std::string state;
  int port;
  std::string host;
};

// Of an HTTP answer; 0: it is none.
inline int status_of(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 ") ? std::stoi(answer.substr(9, 3)) : 0;
}

}  // namespace xauth::test
