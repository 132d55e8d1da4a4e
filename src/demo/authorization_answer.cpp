#include "demo/authorization_answer.h"

#include "base/encoding.h"
#include "demo/pages.h"

namespace xauth::demo {

namespace {

OutgoingReply redirect(const std::string& redirect_uri, const AnswerParameters& parameters) {
  std::string location = redirect_uri;
  char mark = redirect_uri.find('?') == std::string::npos ? '?' : '&';
  for (const auto& [name, value] : parameters) {
    location += mark + name + "=" + form_encode(value);
    mark = '&';
  }
  // 303, so that no browser sends the consent form on. RFC 9700 §4.12
  return {
      303,
      {{"Location", location}, {"Cache-Control", "no-store"}, {"Referrer-Policy", "no-referrer"}},
      ""};
}

}  // namespace

OutgoingReply send_back(const ReturnPath& path, const AnswerParameters& parameters) {
  AnswerParameters given;
  for (const auto& parameter : parameters) {
    if (!parameter.second.empty()) given.push_back(parameter);
  }
  return path.mode == ResponseMode::form_post ? form_post_page(path.redirect_uri, given)
                                              : redirect(path.redirect_uri, given);
}

}  // namespace xauth::demo
