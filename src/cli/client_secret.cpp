#include "cli/client_secret.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/encoding.h"
#include "system/files.h"
#include "system/input.h"

namespace xauth::cli {

namespace {

constexpr std::size_t kLongest = 4096;  // real ones are below 200

void warn_if_others_read(const Context& context, int fd, const std::string& path) {
  struct stat status {};
  if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode)) return;
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return;
  context.out.warn("others may read " + path + "; chmod 600 keeps it to you");
}

}  // namespace

Secret read_client_secret(const Context& context, const std::string& path) {
  const bool from_input = path == "-";
  const Descriptor file(from_input ? dup(STDIN_FILENO) : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    throw Error(Code::usage, "--client-secret-file " + path + ": " + std::strerror(errno));
  }
  if (!from_input) warn_if_others_read(context, file.get(), path);
  std::string content = read_input(file.get(), kLongest, path);
  while (!content.empty() && (content.back() == '\n' || content.back() == '\r')) content.pop_back();
  Secret secret(std::move(content));
  const std::string& text = secret.reveal();
  if (text.empty() || text.size() > kLongest || !is_printable_ascii(text)) {
    throw Error(Code::usage, path + " holds no client secret (one line of printable characters)");
  }
  return secret;
}

}  // namespace xauth::cli
