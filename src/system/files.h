// Files that hold secrets: a directory by descriptor, reads that refuse what is not ours, saves
// that leave the old file or the new one, whole, and locks that the kernel releases.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace xauth {

// A descriptor that is closed when it goes.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }

  // Closes now and reports what close(2) said: 0 or an errno.
  int close();

  // Gives it away: the caller closes it.
  int release();

 private:
  int fd_ = -1;
};

// Takes one line about something that was found wrong and mended, such as a mode.
using Warn = std::function<void(const std::string& line)>;

// A directory of ours, opened once; everything in it is reached from its descriptor. All members
// throw Error (storage) that names the path, what was tried and why it failed.
class Directory {
 public:
  // Opens `path` (a symlink is followed only to a directory of ours); nothing when there is none.
  // Group or other permission bits are warned about and removed; another owner, and a directory
  // that others share (sticky, or open to them and with nothing of ours in it), are refused.
  static std::optional<Directory> open(const std::string& path, Warn warn);

  // The same, and makes it, with its parents, 0700 whatever the umask, when there is none.
  static Directory make(const std::string& path, Warn warn);

  // The directory `name` in this one; it is never a symlink.
  std::optional<Directory> open_inside(const std::string& name) const;
  Directory make_inside(const std::string& name) const;

  // The whole content of the regular file `name`; nothing when there is none. Refused: a symlink,
  // anything but a regular file, another owner, more than `most` bytes. Group or other bits are
  // warned about and removed.
  std::optional<std::string> read(const std::string& name, std::size_t most) const;

  // The same, but the first `most` bytes at most, of a file of any size.
  std::optional<std::string> read_start(const std::string& name, std::size_t most) const;

  // The names of the entries, in no order, without `.` and `..`.
  std::vector<std::string> list() const;

  // Removes the file, if there is one, and flushes the directory.
  void remove(const std::string& name) const;

  // Renames within this directory, over what is there, and flushes the directory.
  void rename(const std::string& from, const std::string& to) const;

  // Where `name` is, for messages.
  std::string path_of(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }
  int descriptor() const { return fd_.get(); }

 private:
  Directory(Descriptor fd, std::string path, Warn warn);

  Descriptor open_file(const std::string& name) const;

  Descriptor fd_;
  std::string path_;
  Warn warn_;
};

// A new content for the file `name`, under the temporary name `.name.RANDOM` until commit(). What
// is not committed is unlinked by the destructor, unless keep() was called.
class NewFile {
 public:
  // Creates the temporary file (0600 from the first byte on, whatever the umask).
  NewFile(const Directory& directory, const std::string& name);
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile();

  // Makes sure that `bytes` can be written later; throws Error (storage) when they cannot.
  void reserve(std::size_t bytes);

  // Cuts what was reserved beyond the content, writes it whole, and flushes it to the disk.
  void write(std::string_view content);

  // Renames it to its name and flushes the directory.
  void commit();

  // Leaves the temporary file where it is, for a person or the next command to find.
  void keep() { kept_ = true; }

  const std::string& temporary_name() const { return temporary_; }
  std::string path() const { return directory_.path_of(temporary_); }

  // Whether `entry` is a temporary name that NewFile makes for `name`.
  static bool is_temporary(std::string_view entry, std::string_view name);

 private:
  const Directory& directory_;
  std::string name_;
  std::string temporary_;
  Descriptor fd_;
  std::size_t reserved_ = 0;
  bool kept_ = false;
};

// An exclusive lock on the file `name`, which is made when absent and never deleted; the kernel
// releases it when the holder ends, however it ends.
class FileLock {
 public:
  // Waits at most `patience`, by the monotonic clock; throws Error (busy) then, and (interrupted)
  // within moments of a signal that is watched for (system/signals.h). A file system without locks
  // is warned about, and the work goes on without one.
  FileLock(const Directory& directory, const std::string& name, std::chrono::milliseconds patience,
           const Warn& warn);

  // Whether another process held it first.
  bool waited() const { return waited_; }

  // False where the file system has no locks: others may be at work.
  bool held() const { return held_; }

 private:
  Descriptor fd_;
  bool waited_ = false;
  bool held_ = true;
};

}  // namespace xauth
