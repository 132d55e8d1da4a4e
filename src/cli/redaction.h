// Blanking what a trace must not show.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/http_message.h"
#include "base/json.h"
#include "base/url.h"

namespace xauth::cli {

// Remembers secrets as they are met, and shows texts without them. What is blanked is `***`.
class Redaction {
 public:
  // `secret_paths` lead to further secrets than those that names tell, as in "data.key" of a
  // preset.
  explicit Redaction(std::vector<std::string> secret_paths = {});

  // Remembers the secrets that a request carries, or an answer hands over.
  void learn(const HttpRequest& request);
  void learn(const HttpResponse& response);

  // The URL, its secret parameters blanked, those of the fragment too.
  std::string shown(const Url& url) const;

  // The value of a header: cookies and credentials blanked, of a Location the parameters.
  std::string shown_header(const std::string& name, const std::string& value) const;

  // The form, which is one line, or nothing for none.
  std::string shown(const Form& form) const;

  // A body, on one line: JSON and forms without their secrets, of anything else 200 characters.
  std::string shown_body(const HttpResponse& response) const;

 private:
  bool is_secret(const std::string& name) const;
  bool is_secret_parameter(const std::string& name, const std::string& value) const;
  std::string shown_parameters(const std::string& query) const;
  std::string clean(std::string text) const;
  void learn_value(const std::string& value);
  void learn_members(const Json& json);
  void learn_query(std::string_view query);

  std::vector<std::string> secret_paths_;
  std::vector<Secret> secrets_;
};

// Whether a parameter, member or header of that name holds a secret, in any spelling:
// `access_token`, `accessToken`, `client-secret`. `token_type` does not.
bool is_secret_name(std::string_view name);

}  // namespace xauth::cli
