// What the sources behind files.h share: system calls that survive signals, the wording of their
// failures, and the one check of what was opened.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "base/error.h"
#include "system/files.h"

namespace xauth {

// Makes the system call again for as long as a signal interrupts it; errno is left as it set it.
template <typename Call>
auto retried(Call call) {
  for (;;) {
    const auto result = call();
    if (result != -1 || errno != EINTR) return result;
  }
}

// The same for a call that only succeeds or fails: 0 or its errno.
template <typename Call>
int tried(Call call) {
  return retried(call) == -1 ? errno : 0;
}

// Whether it names an entry of a directory; that it does is the caller's promise.
bool is_plain_name(std::string_view name);

// Error (storage) `cannot ACTION PATH: REASON`; as a number the reason is an errno.
Error storage_error(std::string_view action, const std::string& path, std::string_view reason);
Error storage_error(std::string_view action, const std::string& path, int reason);

// The words for an errno, such as "no space left on device".
std::string reason_text(int reason);

// Refuses what is not of `type` (S_IFREG, S_IFDIR) or not owned by our effective user; warns about
// permission bits for group and others and removes them. Returns the size in bytes. Throws Error
// (storage), but a mode that cannot be changed is only warned about.
std::size_t require_ours(int fd, const std::string& path, mode_t type, const Warn& warn);

// Gives a file that was just created mode 0600 when the umask took more than it should; 0 or an
// errno.
int make_private(int fd);

// Writes all of `content` at `offset`; 0 or an errno.
int write_all(int fd, std::string_view content, off_t offset);

// Flushes a directory's entries to the disk; throws Error (storage).
void flush_directory(int fd, const std::string& path);

}  // namespace xauth
