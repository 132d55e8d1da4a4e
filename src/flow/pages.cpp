#include "flow/pages.h"

#include <array>

namespace xauth::flow {

namespace {

struct Text {
  int status;
  const char* kind;  // the class that colours the mark
  const char* mark;  // an SVG path
  const char* title;
  const char* body;
  const char* next;  // what the person may do now
};

constexpr const char* kTick = "M14 25l7 7 14-16";
constexpr const char* kCross = "M16 16l16 16M32 16L16 32";
constexpr const char* kInfo = "M24 14v13M24 33v1";

constexpr const char* kClose = "You can close this tab.";

constexpr std::array<Text, 5> kTexts = {{
    {200, "good", kTick, "You are logged in", "The terminal has your login.", kClose},
    {200, "calm", kCross, "Nothing was granted",
     "The login was refused, and nothing was saved. The terminal says more.", kClose},
    {200, "bad", kInfo, "The login did not work",
     "Nothing was saved. The terminal says what happened and what to do.", kClose},
    {400, "calm", kInfo, "This is not the answer we wait for",
     "It belongs to another login, or to none. Nothing was changed.", "The terminal still waits."},
    {400, "calm", kInfo, "This answer was used before",
     "A login takes one answer, and this one has had it.", "The terminal says how it went."},
}};

constexpr const char* kStyle = R"(
:root{color-scheme:light dark;--page:#f5f6f8;--card:#fff;--text:#16181d;--muted:#5b6270;
--good:#1a6b4f;--bad:#b3261e;--calm:#5b6270;--line:#e3e6eb}
@media (prefers-color-scheme:dark){:root{--page:#111318;--card:#1b1e25;--text:#eceef2;
--muted:#a2a9b6;--good:#63c9a0;--bad:#ff8a80;--calm:#a2a9b6;--line:#2b2f39}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;place-items:center;padding:1.25rem;
background:var(--page);color:var(--text);font:1rem/1.55 system-ui,sans-serif}
main{width:100%;max-width:26rem;padding:2.5rem 2rem 2rem;text-align:center;background:var(--card);
border:1px solid var(--line);border-radius:1rem;box-shadow:0 1px 2px #0001,0 12px 32px -12px #0003}
svg{width:3.5rem;height:3.5rem;fill:none;stroke:currentColor;stroke-width:3.5;
stroke-linecap:round;stroke-linejoin:round}
.good{color:var(--good)}.bad{color:var(--bad)}.calm{color:var(--calm)}
h1{margin:1.125rem 0 .625rem;font-size:1.4rem;line-height:1.25;letter-spacing:-.01em}
h1,p{text-wrap:balance;overflow-wrap:anywhere}
p{margin:0;color:var(--muted)}
p+p{margin-top:.25rem;color:var(--text)}
footer{margin-top:1.75rem;padding-top:1rem;border-top:1px solid var(--line);font-size:.85rem;
color:var(--muted)}
@media (max-width:24rem){body{padding:.75rem}main{padding:2rem 1.25rem 1.5rem}}
)";

std::string html_of(const Text& text) {
  std::string html = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">";
  html += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
  html += "<title>" + std::string(text.title) + " · xauth</title><style>" + kStyle + "</style>";
  html += "</head><body><main><div class=\"" + std::string(text.kind) + "\">";
  html += "<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\"><circle cx=\"24\" cy=\"24\" r=\"22\"/>";
  html += "<path d=\"" + std::string(text.mark) + "\"/></svg></div><h1>" + text.title + "</h1>";
  html += "<p>" + std::string(text.body) + "</p><p>" + text.next + "</p>";
  html += "<footer>xauth</footer></main></body></html>\n";
  return html;
}

Headers harmless_headers(const char* content_type) {
  return {{"Content-Type", content_type},
          {"X-Content-Type-Options", "nosniff"},
          {"Cache-Control", "no-store"},
          {"Referrer-Policy", "no-referrer"},
          {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'"},
          {"X-Frame-Options", "DENY"}};
}

}  // namespace

OutgoingReply reply_with(Page page) {
  const Text& text = kTexts.at(static_cast<std::size_t>(page));
  return {text.status, harmless_headers("text/html; charset=utf-8"), html_of(text)};
}

OutgoingReply reply_with_status(int status) {
  return {status, harmless_headers("text/plain; charset=utf-8"), std::to_string(status) + "\n"};
}

}  // namespace xauth::flow
