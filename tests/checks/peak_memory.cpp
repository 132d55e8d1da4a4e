// peak_memory FILE COMMAND…: runs it, and writes to FILE how many KiB of memory it had at most.
// Linked statically, because what this program has itself is counted, too.
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status = 0;
  rusage used{};
  if (child < 0 || wait4(child, &status, 0, &used) != child) return 1;
  FILE* file = fopen(argv[1], "w");
  if (file == nullptr) return 1;
  fprintf(file, "%ld\n", used.ru_maxrss);
  fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
