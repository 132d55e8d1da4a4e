// The least that a program can do to print a file: what remains is what starting a program costs.
#include <fcntl.h>
#include <unistd.h>

int main(int argc, char** argv) {
  static char bytes[65536];
  const int fd = argc > 1 ? open(argv[1], O_RDONLY) : -1;
  const ssize_t size = fd < 0 ? -1 : read(fd, bytes, sizeof bytes);
  return size < 0 || write(1, bytes, (size_t)size) != size;
}
