#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>

#include "system/file_calls.h"
#include "system/files.h"

namespace xauth {

namespace {

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t random_length = 16;  // of 5 bits each

std::string random_part() {
  std::array<unsigned char, random_length> bytes{};
  const ssize_t count = retried([&] { return ::getrandom(bytes.data(), bytes.size(), 0); });
  if (count < 0) throw Error(Code::failure, "no random bytes: " + reason_text(errno));
  assert(count == static_cast<ssize_t>(random_length));  // never fewer, up to 256 bytes
  std::string part;
  for (const unsigned char byte : bytes) part += alphabet[byte % alphabet.size()];
  return part;
}

// For file systems that cannot promise space: takes it.
int fill_with_zeros(int fd, std::size_t bytes) {
  static constexpr std::array<char, 4096> zeros{};
  for (std::size_t done = 0; done < bytes; done += zeros.size()) {
    const std::string_view piece(zeros.data(), std::min(zeros.size(), bytes - done));
    if (const int reason = write_all(fd, piece, static_cast<off_t>(done))) return reason;
  }
  return 0;
}

bool cannot_promise(int reason) {
  return reason == EOPNOTSUPP || reason == EINVAL || reason == ENOSYS;
}

// While another failure is already under way, which says more.
void unlink_quietly(const Directory& directory, const std::string& name) {
  tried([&] { return ::unlinkat(directory.descriptor(), name.c_str(), 0); });
}

}  // namespace

NewFile::NewFile(const Directory& directory, const std::string& name)
    : directory_(directory), name_(name) {
  assert(is_plain_name(name));
  int reason = EEXIST;
  // With 80 random bits one name is enough, ten are so where somebody plays with us.
  for (int attempt = 0; reason == EEXIST && attempt < 10; ++attempt) {
    temporary_ = "." + name + "." + random_part();
    const int mode = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    fd_ = Descriptor(
        retried([&] { return ::openat(directory.descriptor(), temporary_.c_str(), mode, 0600); }));
    reason = fd_ ? 0 : errno;
  }
  if (reason != 0) throw storage_error("create", path(), reason);
  reason = make_private(fd_.get());
  if (reason != 0) {
    unlink_quietly(directory, temporary_);
    throw storage_error("change the mode of", path(), reason);
  }
}

NewFile::~NewFile() {
  if (!kept_) unlink_quietly(directory_, temporary_);
}

void NewFile::reserve(std::size_t bytes) {
  assert(fd_ && bytes > 0);
  // Not posix_fallocate(3): where the file system cannot, glibc's writes one byte a block, which
  // says nothing on one that compresses.
  const auto length = static_cast<off_t>(bytes);
  int reason = tried([&] { return ::fallocate(fd_.get(), 0, 0, length); });
  if (cannot_promise(reason)) reason = fill_with_zeros(fd_.get(), bytes);
  if (reason != 0) throw storage_error("reserve space for", path(), reason);
  reserved_ = bytes;
}

void NewFile::write(std::string_view content) {
  assert(fd_);
  const auto check = [this](std::string_view action, int reason) {
    if (reason != 0) throw storage_error(action, path(), reason);
  };
  // Cut first: once the last byte is written the file is whole, also when we are killed then.
  const auto length = static_cast<off_t>(content.size());
  if (content.size() < reserved_) {
    check("cut", tried([&] { return ::ftruncate(fd_.get(), length); }));
  }
  check("write", write_all(fd_.get(), content, 0));
  check("flush", tried([&] { return ::fsync(fd_.get()); }));
  const int closed = fd_.close();
  check("close", closed == EINTR ? 0 : closed);  // EINTR: closed, and flushed before
}

void NewFile::commit() {
  assert(!fd_);  // written
  const int at = directory_.descriptor();
  const int reason = tried([&] { return ::renameat(at, temporary_.c_str(), at, name_.c_str()); });
  if (reason != 0) {
    throw storage_error("rename", path() + " to " + directory_.path_of(name_), reason);
  }
  kept_ = true;  // under its own name
  flush_directory(at, directory_.path());
}

bool NewFile::is_temporary(std::string_view entry, std::string_view name) {
  const std::size_t fixed = name.size() + 2;
  return entry.size() == fixed + random_length && entry.front() == '.' &&
         entry.substr(1, name.size()) == name && entry[fixed - 1] == '.' &&
         entry.find_first_not_of(alphabet, fixed) == std::string_view::npos;
}

}  // namespace xauth
