#include "system/file_calls.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cctype>
#include <system_error>

namespace xauth {

namespace {

constexpr mode_t permissions = 07777;
constexpr mode_t for_others = 077;

std::string octal(mode_t mode) {
  std::string digits = "0";
  for (int shift = 6; shift >= 0; shift -= 3) {
    digits += static_cast<char>('0' + ((mode >> shift) & 7));
  }
  return digits;
}

void remove_bits_for_others(int fd, const std::string& path, mode_t mode, const Warn& warn) {
  const mode_t wanted = mode & permissions & ~for_others;
  const int reason = tried([&] { return ::fchmod(fd, wanted); });
  if (!warn) return;
  warn("others had access to " + path + " (mode " + octal(mode) + "); " +
       (reason == 0 ? "its mode is " + octal(wanted) + " now"
                    : "its mode cannot be changed: " + reason_text(reason)));
}

}  // namespace

bool is_plain_name(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

std::string reason_text(int reason) {
  std::string text = std::generic_category().message(reason);
  // "No space left on device", but not "RPC version wrong".
  if (text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0) {
    text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  }
  return text;
}

Error storage_error(std::string_view action, const std::string& path, std::string_view reason) {
  std::string message = "cannot ";
  message.append(action).append(" ").append(path).append(": ").append(reason);
  return Error(Code::storage, std::move(message));
}

Error storage_error(std::string_view action, const std::string& path, int reason) {
  return storage_error(action, path, reason_text(reason));
}

std::size_t require_ours(int fd, const std::string& path, mode_t type, const Warn& warn) {
  struct stat found {};
  if (::fstat(fd, &found) != 0) throw storage_error("examine", path, errno);
  if ((found.st_mode & S_IFMT) != type) {
    const bool file = type == S_IFREG;
    throw storage_error("open", path, file ? "it is not a regular file" : "it is not a directory");
  }
  if (found.st_uid != ::geteuid()) {
    throw storage_error("open", path,
                        "it belongs to another user (uid " + std::to_string(found.st_uid) + ")");
  }
  if ((found.st_mode & for_others) != 0) remove_bits_for_others(fd, path, found.st_mode, warn);
  return static_cast<std::size_t>(found.st_size);
}

int make_private(int fd) {
  struct stat found {};
  if (::fstat(fd, &found) != 0) return errno;
  if ((found.st_mode & permissions) == 0600) return 0;
  return tried([&] { return ::fchmod(fd, 0600); });
}

int write_all(int fd, std::string_view content, off_t offset) {
  while (!content.empty()) {
    const ssize_t count =
        retried([&] { return ::pwrite(fd, content.data(), content.size(), offset); });
    if (count < 0) return errno;
    if (count == 0) return ENOSPC;  // a device that takes nothing and says nothing
    content.remove_prefix(static_cast<std::size_t>(count));
    offset += count;
  }
  return 0;
}

void flush_directory(int fd, const std::string& path) {
  const int reason = tried([&] { return ::fsync(fd); });
  // EINVAL: a file system that has nothing to flush for a directory.
  if (reason != 0 && reason != EINVAL) throw storage_error("flush", path, reason);
}

}  // namespace xauth
