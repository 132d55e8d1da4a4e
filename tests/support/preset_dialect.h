// The embedded provider in the manner of a preset: it takes requests as the preset says that they
// are sent, and answers as the preset says that answers look.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "base/json.h"
#include "demo/provider.h"
#include "oauth/provider.h"

namespace xauth::test {

// Puts `value` at `path` ("data.0.id") in `body`, beside what is there; an array gets one element.
void put(Json& body, const std::string& path, Json value);

class PresetDialect {
 public:
  // Changes the answers of `provider` for as long as both live.
  PresetDialect(const oauth::Provider& preset, demo::Provider& provider);

  // What it must have been asked, and was not, in words, a line each; empty when all is well.
  std::string complaints() const;

  // The preset file `text`, with the provider's URLs in place of its own; each named part of the
  // URLs is in the query of each, so that it must be filled in.
  static std::string file_of(const std::string& text, const demo::Provider& provider);

  static constexpr const char* kAccount = "demo-person";
  static constexpr const char* kPart = "part-of-the-url";  // the value of each named part

 private:
  using Fields = std::map<std::string, std::string>;

  OutgoingReply authorize(const IncomingRequest& request, const demo::Answer& original);
  OutgoingReply token(const IncomingRequest& request, const demo::Answer& original);
  OutgoingReply revoke(const IncomingRequest& request, const demo::Answer& original);
  OutgoingReply account(const IncomingRequest& request);

  Fields fields_of_token_request(const IncomingRequest& request);
  Json reshaped(const Json& grant) const;
  std::string id_token() const;
  void expect(bool holds, const std::string& what);
  void expect_parts(const IncomingRequest& request);

  const oauth::Provider preset_;
  const std::string url_;
  mutable std::mutex mutex_;
  std::string complaints_;
  std::string client_id_;
  std::string nonce_;
};

}  // namespace xauth::test
