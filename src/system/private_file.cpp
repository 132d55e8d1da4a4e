#include "system/private_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"
#include "system/file_calls.h"

namespace xauth {

namespace {

struct OpenFile {
  Descriptor descriptor;
  std::string name;  // for messages
};

[[noreturn]] void fail(const OpenFile& file, int error) {
  throw Error(Code::usage, file.name + " cannot be read: " + std::strerror(error));
}

OpenFile open_regular(const std::string& path, const std::string& what, mode_t forbidden) {
  // Without O_NONBLOCK a pipe of that name would hang here.
  const int mode = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  OpenFile file{Descriptor(retried([&] { return open(path.c_str(), mode); })), what + " " + path};
  if (!file.descriptor) fail(file, errno);
  struct stat status {};
  if (fstat(file.descriptor.get(), &status) != 0) fail(file, errno);
  if (!S_ISREG(status.st_mode)) throw Error(Code::usage, file.name + " is no regular file");
  if ((status.st_mode & forbidden) != 0) {
    throw Error(Code::usage, "others may read or change " + file.name, "chmod 600 " + path);
  }
  return file;
}

std::string read_at_most(const OpenFile& file, std::size_t most) {
  std::string content;
  std::array<char, 4096> buffer{};
  while (content.size() <= most) {
    const auto count =
        retried([&] { return read(file.descriptor.get(), buffer.data(), buffer.size()); });
    if (count < 0) fail(file, errno);
    if (count == 0) break;
    content.append(buffer.data(), static_cast<std::size_t>(count));
  }
  explicit_bzero(buffer.data(), buffer.size());
  if (content.size() <= most) return content;
  wipe(content);
  throw Error(Code::usage, file.name + " is larger than " + std::to_string(most / 1024) + " KiB");
}

}  // namespace

Secret read_private_file(const std::string& path, const std::string& what, std::size_t most) {
  return Secret(read_at_most(open_regular(path, what, S_IRWXG | S_IRWXO), most));
}

std::string read_public_file(const std::string& path, const std::string& what, std::size_t most) {
  return read_at_most(open_regular(path, what, 0), most);
}

}  // namespace xauth
