#include "support/workplace.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>

#include "base/encoding.h"
#include "system/listening_socket.h"
#include "system/loopback_server.h"
#include "system/real_system.h"

namespace xauth::test {

namespace {

// The value of a parameter of the authorize URL in `told`.
std::string parameter_in(const std::string& told, std::string_view name) {
  for (const auto& parameter : parse_query(authorize_url_in(told).query.value_or(""))) {
    if (parameter.name == name) return parameter.value.value_or("");
  }
  FAIL("the authorize URL has no " << name);
  return {};
}

bool is_free(int port) {
  try {
    ::close(listen_on("127.0.0.1", port));
    return true;
  } catch (const BindFailure&) {
    return false;
  }
}

}  // namespace

std::vector<std::string> urls_of(const demo::Provider& provider) {
  return {"--authorize-url", provider.authorize_url(), "--token-url",    provider.token_url(),
          "--revoke-url",    provider.revoke_url(),    "--userinfo-url", provider.account_url()};
}

std::vector<std::string> Workplace::login(const std::string& profile, const std::string& client,
                                          const std::vector<std::string>& more) const {
  std::vector<std::string> arguments = {"login", profile};
  for (auto& word : urls_of(*provider)) arguments.push_back(std::move(word));
  for (const char* word :
       {"--redirect-uri", "http://127.0.0.1:0/callback", "--no-browser", "--client-id"}) {
    arguments.emplace_back(word);
  }
  arguments.push_back(client);
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

Finished Workplace::log_in(const std::vector<std::string>& arguments,
                           demo::Decision decision) const {
  Running login(start(arguments));
  decide(authorize_url_in(await_url(login)), decision);
  return login.wait();
}

bool Workplace::has(const std::string& file) const {
  return std::filesystem::exists(path_of(file));
}

Json Workplace::json_of(const std::string& file) const {
  auto json = parse_json(content_of(path_of(file)));
  REQUIRE_MESSAGE(json, file);
  return *std::move(json);
}

std::optional<std::string> Workplace::kept(const std::string& file,
                                           const std::string& members) const {
  const Json whole = json_of(file);
  const Json* at = &whole;
  std::istringstream steps(members);
  for (std::string step; at != nullptr && std::getline(steps, step, '.');) at = at->find(step);
  if (at == nullptr) return std::nullopt;
  return at->string() != nullptr ? *at->string() : at->text();
}

std::map<std::string, std::string> Workplace::files() const {
  std::map<std::string, std::string> found;
  const std::filesystem::path root = home.path_of("config");
  if (!std::filesystem::exists(root)) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.path().extension() == ".lock") continue;
    found[entry.path().lexically_relative(root)] = content_of(entry.path());
  }
  return found;
}

Url authorize_url_in(const std::string& told) {
  std::istringstream lines(told);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("http")) continue;
    const auto url = parse_url(line);
    REQUIRE_MESSAGE(url, line);
    return *url;
  }
  FAIL("no line is a URL: " << told);
  return {};
}

std::string redirect_uri_in(const std::string& told) { return parameter_in(told, "redirect_uri"); }

std::string state_in(const std::string& told) { return parameter_in(told, "state"); }

// The line is written at once, so that it is whole when a part of it is there.
std::string await_url(Running& login) { return login.await_error("code_challenge_method=S256"); }

demo::FinalPage decide(const Url& authorize_url, demo::Decision decision) {
  return demo::consent(real_system({}), authorize_url, decision);
}

int free_port() {
  constexpr int kFirst = 10'000;
  constexpr int kCount = 20'000;  // Linux gives ports from 32,768 on
  static int next = ::getpid();
  while (!is_free(kFirst + ++next % kCount)) {
  }
  return kFirst + next % kCount;
}

}  // namespace xauth::test
