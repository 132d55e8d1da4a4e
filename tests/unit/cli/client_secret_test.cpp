#include "cli/client_secret.h"

#include <doctest/doctest.h>

#include "unit/cli/cli_context.h"

using namespace xauth;
using namespace xauth::cli;
using namespace xauth::test;

namespace {

struct SecretFile : CommandContext {
  std::string read(const std::string& content, mode_t mode = 0600) {
    put(path, content, mode);
    std::string secret;
    told = written_to(2, [&] { secret = read_client_secret(context, path).reveal(); });
    return secret;
  }

  const std::string path = login.scratch / "secret";
  std::string told;
};

}  // namespace

TEST_CASE("a client secret is the file's one line") {
  SecretFile file;
  CHECK(file.read("s3cr et\n") == "s3cr et");
  CHECK(file.read("s3cret\r\n\n") == "s3cret");
  CHECK(file.read("s3cret") == "s3cret");
  CHECK(file.read(std::string(4096, 's')).size() == 4096);
  CHECK(file.told.empty());
}

TEST_CASE("what is no client secret is refused and not told") {
  SecretFile file;
  for (const std::string& content :
       {std::string(), std::string("\n"), std::string("canary\nmore\n"), std::string("canary\x1b"),
        std::string("canary\0", 7), std::string("canary\xC3\xA9"), std::string(4097, 's')}) {
    const auto error = error_of([&] { file.read(content); });
    CHECK(error.code == Code::usage);
    CHECK(error.message.find("canary") == std::string::npos);
  }
  const auto missing = [&] { read_client_secret(file.context, file.path + ".missing"); };
  CHECK(error_of(missing).code == Code::usage);
  const auto directory = [&] { read_client_secret(file.context, file.login.scratch.path()); };
  CHECK(error_of(directory).code == Code::usage);
}

TEST_CASE("a secret that others may read gets a warning, ST-11") {
  SecretFile file;
  for (const mode_t mode : {0640U, 0604U, 0644U}) {
    CHECK(file.read("s", mode) == "s");
    CHECK(file.told ==
          "xauth: warning: others may read " + file.path + "; chmod 600 keeps it to you\n");
  }
}
