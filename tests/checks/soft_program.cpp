// Built without any hardening, to see the hardening check fail.
#include <cstdio>

int main() { std::puts("soft"); }
