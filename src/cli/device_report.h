// What a person, or a program that reads JSON, is told during a device login.
#pragma once

#include <string>

#include "base/time.h"
#include "cli/context.h"
#include "oauth/device.h"

namespace xauth::cli {

// Tells where to go with the code, and how to treat it; on a terminal that can show it with a link
// and, where all of it is seen at the same time, a QR code. `provider` is its name for people. RFC
// 8628 §3.3, §5.4
void tell_device_code(const Context& context, const std::string& provider,
                      const oauth::DeviceAuthorization& code, Seconds left);

}  // namespace xauth::cli
