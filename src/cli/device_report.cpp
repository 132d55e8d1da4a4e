#include "cli/device_report.h"

#include <algorithm>
#include <array>

#include "base/terminal_columns.h"
#include "cli/hyperlink.h"
#include "cli/qr_code.h"
#include "cli/waiting_line.h"
#include "system/terminal.h"

namespace xauth::cli {

namespace {

const Url& shortest_way(const oauth::DeviceAuthorization& code) {
  return code.verification_uri_complete ? *code.verification_uri_complete : code.verification_uri;
}

// The address as text, and on a terminal that can, a link that leads there with the code filled in;
// not to any other server than the text says.
std::string address_line(const Context& context, const oauth::DeviceAuthorization& code) {
  const std::string text = code.verification_uri.text();
  if (!context.out.color() || !error_is_terminal() || !shows_links()) return text;
  const Url& way = shortest_way(code);
  const bool same_server = way.scheme == code.verification_uri.scheme &&
                           way.authority() == code.verification_uri.authority();
  return link_to(same_server ? way : code.verification_uri, text);
}

// The rows of a terminal that the line takes.
int rows_of(const std::string& line, int columns) {
  const int width = static_cast<int>(columns_of(line));
  return std::max(1, (width + columns - 1) / columns);
}

using Told = std::array<std::string, 6>;

Told words_for(const std::string& provider, const oauth::DeviceAuthorization& code) {
  return {"To log in to " + provider + ", open this address on any device:",
          code.verification_uri.text(),
          "The page must ask for this code, or show the same one:",
          "  " + code.user_code,
          "The code is for this command on this machine. Tell it to nobody, and never",
          "enter one that somebody sent you: it would give them your account."};
}

// Draws the QR code where what was `told` stays in sight above it, and the wait's line below.
void draw_qr_code(const Context& context, const oauth::DeviceAuthorization& code,
                  const Told& told) {
  auto size = error_terminal_size();
  if (!size || !context.out.color() || !speaks_utf8()) return;
  for (const auto& line : told) size->rows -= rows_of(line, size->columns);
  const auto rows = qr_code(shortest_way(code).text(), *size);
  if (!rows) return;
  for (const auto& row : *rows) context.out.note(row);
}

}  // namespace

void tell_device_code(const Context& context, const std::string& provider,
                      const oauth::DeviceAuthorization& code, Seconds left) {
  if (context.out.json()) {
    Json event;
    event.set("event", Json("device_code"));
    event.set("user_code", Json(code.user_code));
    event.set("verification_uri", Json(code.verification_uri.text()));
    event.set("expires_in", Json(code.expires_in.count()));
    context.out.json_result(event);
    Json waiting;
    waiting.set("event", Json("waiting"));
    waiting.set("expires_in", Json(left.count()));
    context.out.json_result(waiting);
    return;
  }
  const Told told = words_for(provider, code);
  context.out.note(told[0]);
  context.out.say(address_line(context, code));
  context.out.note(told[2]);
  context.out.say("  " + context.out.bold(code.user_code));
  context.out.note(told[4]);
  context.out.note(told[5]);
  draw_qr_code(context, code, told);
}

}  // namespace xauth::cli
