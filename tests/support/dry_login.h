// A preset and the embedded provider in its manner: logins as a person has them there, without
// leaving this machine.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "oauth/provider.h"
#include "support/preset_dialect.h"
#include "support/workplace.h"

namespace xauth::test {

// The text of the embedded preset file of that ID; fails the test case when there is none.
std::string preset_text(const std::string& id);

// The preset is a person's own file with the provider's URLs, which takes the place of the embedded
// one. The profile is called like it.
struct DryLogin {
  explicit DryLogin(const std::string& id) : DryLogin(id, preset_text(id)) {}

  // Of another preset file's text; empty: no preset, just the URLs.
  DryLogin(const std::string& id, const std::string& text);

  // Logs in where the preset's usual redirect URI leads.
  Finished log_in() const;

  // Logs in with -o json, at a listener whatever the preset's redirect URIs are, with `more`.
  Finished log_in_with(const std::vector<std::string>& more) const;

  // `login ID` with the client and the parts of the URLs.
  std::vector<std::string> words() const;

  // Runs `xauth COMMAND ID MORE…`
  Finished run(const std::string& command, const std::vector<std::string>& more = {}) const;

  std::string token_file() const { return "tokens/" + id + ".json"; }

  // A member of the token file as text; empty when there is none.
  std::string kept(const std::string& member) const {
    return here.kept(token_file(), member).value_or("");
  }

  const std::string id;
  const oauth::Provider preset;
  const int port = free_port();
  Workplace here;
  std::optional<PresetDialect> dialect;

 private:
  std::string listener() const { return "http://127.0.0.1:" + std::to_string(port) + "/callback"; }
  void write_preset(const std::string& text) const;
};

}  // namespace xauth::test
