#include "cli/run.h"

int main(int argc, char** argv) {
  return xauth::cli::run(xauth::cli::called_with({argv, argv + argc}));
}
