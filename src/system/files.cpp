#include "system/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <memory>
#include <utility>

#include "system/file_calls.h"

namespace xauth {

namespace {

// Directories are opened for reading, because fsync(2) and readdir(3) want that.
Descriptor open_directory(int at, const std::string& name, int flags) {
  const int mode = O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags;
  return Descriptor(retried([&] { return ::openat(at, name.c_str(), mode); }));
}

// The directory that holds `path`, as it is spelled; empty for a name alone and for "/".
std::string parent_of(const std::string& path) {
  const std::size_t name_end = path.find_last_not_of('/');
  const std::size_t slash = path.rfind('/', name_end);
  if (name_end == std::string::npos || slash == std::string::npos) return {};
  const std::size_t parent_end = path.find_last_not_of('/', slash);
  return parent_end == std::string::npos ? "/" : path.substr(0, parent_end + 1);
}

// A directory's new entry is lost with the power until its parent is flushed. A parent that may be
// written but not read cannot be.
void flush_parent(const std::string& path) {
  const std::string parent = parent_of(path);
  const std::string& where = parent.empty() ? "." : parent;
  if (const Descriptor fd = open_directory(AT_FDCWD, where, 0)) flush_directory(fd.get(), where);
}

// An umask such as 0777 takes our own bits too. By name, since what we may not read cannot be
// opened; never through a symlink.
int restore_owner_bits(int at, const std::string& name) {
  struct stat made {};
  if (::fstatat(at, name.c_str(), &made, AT_SYMLINK_NOFOLLOW) != 0) return errno;
  if ((made.st_mode & 0700) == 0700) return 0;
  return tried([&] { return ::fchmodat(at, name.c_str(), 0700, AT_SYMLINK_NOFOLLOW); });
}

// Makes one directory, 0700; returns 0 or an errno.
int make_directory(int at, const std::string& name) {
  const int reason = tried([&] { return ::mkdirat(at, name.c_str(), 0700); });
  return reason == 0 ? restore_owner_bits(at, name) : reason;
}

// Makes the directory and the parents that are missing; one that another process made meanwhile is
// as good.
void make_with_parents(const std::string& path) {
  int reason = make_directory(AT_FDCWD, path);
  if (const std::string parent = parent_of(path); reason == ENOENT && !parent.empty()) {
    make_with_parents(parent);
    reason = make_directory(AT_FDCWD, path);
  }
  if (reason == EEXIST) return;
  if (reason != 0) throw storage_error("make the directory", path, reason);
  flush_parent(path);
}

// Reads until the end, but at most `content.size()` bytes; returns how many. Where they are to be
// `expected` bytes, so many and no more are the end, as a regular file gives all that it has.
std::size_t read_into(int fd, std::string& content, const std::string& path,
                      std::optional<std::size_t> expected = std::nullopt) {
  std::size_t filled = 0;
  while (filled < content.size()) {
    const ssize_t count =
        retried([&] { return ::read(fd, content.data() + filled, content.size() - filled); });
    if (count < 0) throw storage_error("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled == expected) break;
  }
  return filled;
}

// Whether a directory that others may enter is one of ours: empty, or with our files in it.
bool looks_like_ours(const Directory& directory) {
  const auto names = directory.list();
  return names.empty() || std::any_of(names.begin(), names.end(), [](const std::string& name) {
           return name == "config.json" || name == "tokens" || name == "providers";
         });
}

// Refuses a directory that others use as well: making it private would lock them out.
void refuse_shared(const Directory& directory) {
  const std::string& path = directory.path();
  struct stat found {};
  if (::fstat(directory.descriptor(), &found) != 0) throw storage_error("examine", path, errno);
  const bool open_to_others = (found.st_mode & (S_IRWXG | S_IRWXO)) != 0;
  const bool sticky = (found.st_mode & S_ISVTX) != 0;
  if (!sticky && (!open_to_others || looks_like_ours(directory))) return;
  throw Error(Code::storage, path + " is shared with other users, so nothing secret is kept there",
              "--config-dir with a directory of your own");
}

struct CloseStream {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}

Descriptor::~Descriptor() { close(); }

int Descriptor::release() { return std::exchange(fd_, -1); }

int Descriptor::close() {
  if (fd_ < 0) return 0;
  // Linux has closed it even when it says EINTR; a second try could close another thread's.
  return ::close(release()) == 0 ? 0 : errno;
}

Directory::Directory(Descriptor fd, std::string path, Warn warn)
    : fd_(std::move(fd)), path_(std::move(path)), warn_(std::move(warn)) {}

std::optional<Directory> Directory::open(const std::string& path, Warn warn) {
  Descriptor fd = open_directory(AT_FDCWD, path, 0);
  if (!fd && errno == ENOENT) return std::nullopt;
  if (!fd) throw storage_error("open", path, errno);
  Directory directory(std::move(fd), path, std::move(warn));
  refuse_shared(directory);
  require_ours(directory.descriptor(), path, S_IFDIR, directory.warn_);
  return directory;
}

Directory Directory::make(const std::string& path, Warn warn) {
  if (auto found = open(path, warn)) return std::move(*found);
  make_with_parents(path);
  if (auto made = open(path, std::move(warn))) return std::move(*made);
  throw storage_error("open", path, "it is a symbolic link to nothing");
}

std::optional<Directory> Directory::open_inside(const std::string& name) const {
  assert(is_plain_name(name));
  const std::string path = path_of(name);
  Descriptor fd = open_directory(fd_.get(), name, O_NOFOLLOW);
  if (!fd && errno == ENOENT) return std::nullopt;
  if (!fd && (errno == ENOTDIR || errno == ELOOP)) {
    throw storage_error("open", path, "it is not a directory (symbolic links are not followed)");
  }
  if (!fd) throw storage_error("open", path, errno);
  require_ours(fd.get(), path, S_IFDIR, warn_);
  return Directory(std::move(fd), path, warn_);
}

Directory Directory::make_inside(const std::string& name) const {
  if (auto found = open_inside(name)) return std::move(*found);
  const int reason = make_directory(fd_.get(), name);
  if (reason != 0 && reason != EEXIST) {
    throw storage_error("make the directory", path_of(name), reason);
  }
  flush_directory(fd_.get(), path_);
  if (auto made = open_inside(name)) return std::move(*made);
  throw storage_error("open", path_of(name), ENOENT);
}

// No descriptor when there is no such file.
Descriptor Directory::open_file(const std::string& name) const {
  assert(is_plain_name(name));
  // O_NONBLOCK: opening a FIFO must not wait for a writer.
  const int mode = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
  Descriptor fd(retried([&] { return ::openat(fd_.get(), name.c_str(), mode); }));
  if (fd || errno == ENOENT) return fd;
  if (errno == ELOOP) throw storage_error("open", path_of(name), "it is a symbolic link");
  throw storage_error("open", path_of(name), errno);
}

std::optional<std::string> Directory::read(const std::string& name, std::size_t most) const {
  const Descriptor fd = open_file(name);
  if (!fd) return std::nullopt;
  const std::string path = path_of(name);
  const std::size_t size = require_ours(fd.get(), path, S_IFREG, warn_);
  if (size > most) {
    throw storage_error("read", path, "it is larger than " + std::to_string(most) + " bytes");
  }
  std::string content(size + 1, '\0');  // one more, to see the end
  const std::size_t filled = read_into(fd.get(), content, path, size);
  if (filled > size) throw storage_error("read", path, "it grew while it was read");
  content.resize(filled);
  return content;
}

std::optional<std::string> Directory::read_start(const std::string& name, std::size_t most) const {
  const Descriptor fd = open_file(name);
  if (!fd) return std::nullopt;
  const std::string path = path_of(name);
  require_ours(fd.get(), path, S_IFREG, warn_);
  std::string content(most, '\0');
  content.resize(read_into(fd.get(), content, path));
  return content;
}

std::vector<std::string> Directory::list() const {
  Descriptor fd = open_directory(fd_.get(), ".", 0);
  if (!fd) throw storage_error("list", path_, errno);
  const std::unique_ptr<DIR, CloseStream> stream(::fdopendir(fd.get()));
  if (!stream) throw storage_error("list", path_, errno);
  fd.release();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (entry == nullptr) break;
    std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(std::move(name));
  }
  if (errno != 0) throw storage_error("list", path_, errno);
  return names;
}

void Directory::remove(const std::string& name) const {
  assert(is_plain_name(name));
  const int reason = tried([&] { return ::unlinkat(fd_.get(), name.c_str(), 0); });
  if (reason == ENOENT) return;
  if (reason != 0) throw storage_error("remove", path_of(name), reason);
  flush_directory(fd_.get(), path_);
}

void Directory::rename(const std::string& from, const std::string& to) const {
  assert(is_plain_name(from) && is_plain_name(to));
  const int reason =
      tried([&] { return ::renameat(fd_.get(), from.c_str(), fd_.get(), to.c_str()); });
  if (reason != 0) throw storage_error("rename", path_of(from) + " to " + path_of(to), reason);
  flush_directory(fd_.get(), path_);
}

}  // namespace xauth
