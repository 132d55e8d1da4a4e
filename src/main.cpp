#include <cstdio>

#include "cli/version.h"

int main() { std::printf("xauth %s\n", xauth::cli::kVersion); }
