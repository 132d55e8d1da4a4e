#include "demo/device_pages.h"

#include <utility>

#include "demo/page_frame.h"
#include "demo/pages.h"

namespace xauth::demo {

OutgoingReply ask_for_code_page(int status, std::string_view trouble) {
  std::string card(kBadge);
  card += "<h1>Enter the code that your device shows</h1>\n";
  if (!trouble.empty()) {
    card += "<p class=\"trouble\" role=\"alert\">" + escape_html(trouble) + "</p>\n";
  }
  card +=
      "<form method=\"get\" action=\"/device\" class=\"one\">\n"
      "<label for=\"user_code\">Code</label>\n"
      "<input id=\"user_code\" name=\"user_code\" required autofocus autocomplete=\"off\" "
      "autocapitalize=\"characters\" spellcheck=\"false\" maxlength=\"20\">\n"
      "<button class=\"primary\">Continue</button>\n</form>\n";
  card += "<p class=\"note\">Never enter a code that somebody sent you.</p>\n";
  return framed({status, "Enter the code", std::move(card), "'self'"});
}

OutgoingReply device_consent_page(const DeviceQuestion& question) {
  std::string card(kBadge);
  card += "<h1>Let <em>" + escape_html(question.client_name) + "</em> use your account?</h1>\n";
  card += "<h2>Your device shows this code</h2>\n<p class=\"code\">" +
          escape_html(question.user_code) + "</p>\n";
  card += kPerson;
  card += "<h2>It would be able to</h2>\n" + list_of_scopes(question.scope);
  card += "<form method=\"post\" action=\"/device\">\n";
  card +=
      "<input type=\"hidden\" name=\"page\" value=\"" + attribute(question.page_token) + "\">\n";
  card += kAllowOrDeny;
  card +=
      "<p class=\"note\">If the code differs, or you did not begin this login yourself, deny it. "
      "No real account is touched, and nothing leaves this machine.</p>\n";
  return framed({200, "Allow access?", std::move(card), "'self'"});
}

OutgoingReply device_done_page(bool allowed) {
  std::string card(kBadge);
  card += allowed ? "<h1>Your device is logged in</h1>\n<p>It goes on by itself in a moment. You "
                    "can close this page.</p>\n"
                  : "<h1>You said no</h1>\n<p>The device gets no access. You can close this "
                    "page.</p>\n";
  return framed({200, allowed ? "Logged in" : "Denied", std::move(card)});
}

}  // namespace xauth::demo
