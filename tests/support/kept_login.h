// A profile that is logged in at the embedded provider, kept as `xauth login` would have left it.
#pragma once

#include <future>
#include <string>
#include <vector>

#include "base/json.h"
#include "demo/provider.h"
#include "support/fake_provider.h"
#include "support/program.h"

namespace xauth::test {

struct LoginWish {
  std::string profile = "work";
  std::string provider{};  // a preset's ID; empty: "custom"
  std::string client_id = kPublicClient;
  std::string client_auth = "none";
  int lifetime = -60;  // seconds that the access token still has, by its file
};

// The tokens that a person's consent and the exchange of the code give. What the provider was
// asked until then counts in its log.
Json log_in(demo::Provider& provider, const std::string& client_id);

// Seconds since 1970.
std::int64_t clock_now();

// A config directory with one profile or more, and the program that uses it.
class KeptLogins {
 public:
  KeptLogins();
  KeptLogins(demo::Provider& provider, const LoginWish& wish = {});

  // Logs in and writes the profile and its tokens; the first one is the default.
  void add(demo::Provider& provider, const LoginWish& wish);

  // Runs `xauth ARGUMENTS`. No secret may be told on its standard error, nor on its standard
  // output, unless the command is `token`.
  Finished xauth(const std::vector<std::string>& arguments) const;
  Start start(const std::vector<std::string>& arguments) const;

  // Runs `sh -c SCRIPT`, with the program as $0.
  Finished shell(const std::string& script) const;

  std::string path_of(const std::string& name) const { return home_.path_of("config/" + name); }
  std::string token_path(const std::string& profile = "work") const {
    return path_of("tokens/" + profile + ".json");
  }
  std::string token_text(const std::string& profile = "work") const;
  Json tokens(const std::string& profile = "work") const;
  std::string token(const std::string& member, const std::string& profile = "work") const;
  Json config() const;

  // Changes one member of the token file, or of the profile's settings; null removes it.
  void set_token(const std::string& member, Json value, const std::string& profile = "work") const;
  void set_setting(const std::string& member, Json value,
                   const std::string& profile = "work") const;
  void write(const std::string& name, const std::string& content) const;  // 0600

  // The names of the files in tokens/ but the locks, sorted.
  std::vector<std::string> token_files() const;

 private:
  TemporaryDirectory home_;

 public:
  Variables variables;  // of the program's environment
};

// Fails the test case when `text` holds a token of the embedded provider or the clients' secret.
void check_no_secret(const std::string& text);

// Holds answers back until it is opened, at the latest by its end. Declare it after the provider.
class Gate {
 public:
  ~Gate() { open(); }
  void open();
  void wait() const { opened_.wait(); }

  // To be kept by what waits and may outlive the gate, as a server's threads do.
  std::shared_future<void> opened() const { return opened_; }

 private:
  bool open_ = false;
  std::promise<void> promise_;
  std::shared_future<void> opened_ = promise_.get_future().share();
};

// An answer of a token endpoint that is no success.
demo::Answer always(int status, const std::string& body,
                    const std::string& content_type = "application/json");

}  // namespace xauth::test
