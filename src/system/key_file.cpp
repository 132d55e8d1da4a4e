#include "system/key_file.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "system/file_calls.h"
#include "system/password_text.h"
#include "system/private_file.h"

namespace xauth {

namespace {

constexpr std::size_t kLargest = 8192;  // in bytes: more than any password

// 0 or an errno.
int fill(Descriptor& file, std::string_view content) {
  if (const int reason = make_private(file.get())) return reason;
  if (const int reason = write_all(file.get(), content, 0)) return reason;
  if (const int reason = tried([&] { return ::fsync(file.get()); })) return reason;
  return file.close();
}

// So that the file's name survives a crash as well.
void flush_directory_of(const std::string& path) {
  const auto slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int mode = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  const Descriptor fd(retried([&] { return ::open(directory.c_str(), mode); }));
  if (!fd) throw storage_error("open", directory, errno);
  flush_directory(fd.get(), directory);
}

}  // namespace

Secret password_from_file(const std::string& path) {
  try {
    return password_in(read_private_file(path, "the key file", kLargest), "the key file " + path);
  } catch (Error& error) {
    error.code = Code::storage;
    throw;
  }
}

void make_key_file(const std::string& path, std::string_view content) {
  const int mode = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  Descriptor file(retried([&] { return ::open(path.c_str(), mode, 0600); }));
  if (!file) throw storage_error("make the key file", path, errno);
  try {
    if (const int reason = fill(file, content)) throw storage_error("write", path, reason);
    flush_directory_of(path);
  } catch (const Error&) {
    tried([&] { return ::unlink(path.c_str()); });
    throw;
  }
}

}  // namespace xauth
