// A person's home, a provider to log in to, and the person: what most tests of the program need.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "demo/user_agent.h"
#include "support/fake_provider.h"
#include "support/program.h"

namespace xauth::test {

// A home directory of its own, whose config directory is `config`, and a provider. The environment
// holds HOME and XAUTH_CONFIG_DIR; a test adds what it is about.
struct Workplace {
  explicit Workplace(demo::Manner manner = demo::plain(), const std::vector<int>& ports = {})
      : provider(start_provider(std::move(manner), ports)) {}

  // `login PROFILE` with the provider's URLs, that client, any free port and no browser, and
  // `more`.
  std::vector<std::string> login(const std::string& profile, const std::string& client,
                                 const std::vector<std::string>& more = {}) const;

  // How the program is started with these arguments, here.
  Start start(std::vector<std::string> arguments, std::string input = {}) const {
    return {.arguments = std::move(arguments), .variables = variables, .input = std::move(input)};
  }

  // Runs the login to its end; `decision` is the person's, in a browser.
  Finished log_in(const std::vector<std::string>& arguments,
                  demo::Decision decision = demo::Decision::allow) const;

  // A file of the config directory, and what it holds.
  std::string path_of(const std::string& file) const { return home.path_of("config/" + file); }
  bool has(const std::string& file) const;
  Json json_of(const std::string& file) const;

  // The member of a JSON file as text: "profiles.work.scope"; nothing when there is none.
  std::optional<std::string> kept(const std::string& file, const std::string& members) const;

  // Every regular file of the config directory but the locks: its path in it and its content.
  std::map<std::string, std::string> files() const;

  const TemporaryDirectory home;
  Variables variables = {{"HOME", home.path()}, {"XAUTH_CONFIG_DIR", home.path_of("config")}};
  std::unique_ptr<demo::Provider> provider;
};

// The URL options of `provider`.
std::vector<std::string> urls_of(const demo::Provider& provider);

// The authorize URL that a login told: the one line that is a URL. Fails the test case without.
Url authorize_url_in(const std::string& told);

// What the login at `told` waits for: the redirect URI with its port, and the state.
std::string redirect_uri_in(const std::string& told);
std::string state_in(const std::string& told);

// Waits until the login has told its URL, and returns all that it told so far.
std::string await_url(Running& login);

// Answers the consent page at `authorize_url` as a browser would, to the last page.
demo::FinalPage decide(const Url& authorize_url, demo::Decision decision = demo::Decision::allow);

// A port that nobody has, outside the range that port 0 gives: so that no other test gets it.
int free_port();

}  // namespace xauth::test
