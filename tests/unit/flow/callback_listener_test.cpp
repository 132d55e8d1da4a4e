#include "flow/callback_listener.h"

#include <doctest/doctest.h>
#include <linux/ipv6.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>

#include <cstring>
#include <future>
#include <mutex>

#include "base/error.h"
#include "system/loopback_server.h"
#include "unit/flow/browser.h"
#include "unit/oauth/pending.h"
#include "unit/system/scratch.h"

using namespace xauth;
using namespace xauth::flow;

namespace {

// Lines that were told, from any thread.
class Told {
 public:
  CallbackListener::Say say() {
    return [this](const std::string& line) {
      const std::lock_guard lock(mutex_);
      text_ += line + "\n";
    };
  }
  std::string text() const {
    const std::lock_guard lock(mutex_);
    return text_;
  }

 private:
  mutable std::mutex mutex_;
  std::string text_;
};

// A listener at any free port that waits for the answer to a request of known state.
struct Waiting {
  explicit Waiting(const std::string& redirect_uri = "http://127.0.0.1:0/callback",
                   oauth::ResponseMode mode = oauth::ResponseMode::query)
      : listener({oauth::parse_redirect_uri(redirect_uri)}, std::nullopt, told.say(),
                 detailed.say(), mode) {
    pending.response_mode = mode;
    listener.start(pending);
  }

  std::string bring_answer(const std::string& query) {
    return bring(listener.redirect_uri(), query + "&state=" + pending.state.reveal());
  }

  std::optional<oauth::CallbackVerdict> await_answer() {
    pollfd news{listener.descriptor(), POLLIN, 0};
    CHECK(poll(&news, 1, 20'000) == 1);
    return listener.take_answer();
  }

  // The status line of the answer to a POST of `form` from an https page.
  std::string post(const std::string& form) {
    const auto url = *parse_url(listener.redirect_uri());
    testing::RawClient client(url.effective_port());
    client.send("POST " + url.path + " HTTP/1.1\r\nHost: " + url.authority() +
                "\r\nOrigin: null\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
                "Content-Length: " + std::to_string(form.size()) + "\r\n\r\n" + form);
    return client.read_until("\r\n").substr(0, 12);
  }

  oauth::PendingAuthorization pending = oauth::pending_at();
  Told told;
  Told detailed;
  CallbackListener listener;
};

bool says(const std::string& answer, const char* title) {
  return answer.find(std::string("<h1>") + title) != std::string::npos;
}

int port_of(const CallbackListener& listener) {
  return parse_url(listener.redirect_uri())->effective_port();
}

// A network of our own whose loopback has 127.0.0.1 alone; false where this machine does not let
// us.
bool have_ipv4_alone() {
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq up{};
  std::strcpy(static_cast<char*>(up.ifr_name), "lo");
  up.ifr_flags = IFF_UP | IFF_LOOPBACK | IFF_RUNNING;
  if (::ioctl(socket.get(), SIOCSIFFLAGS, &up) != 0) return false;
  const Descriptor v6(::socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  if (!v6) return true;
  in6_ifreq address{};
  address.ifr6_addr = in6addr_loopback;
  address.ifr6_prefixlen = 128;
  address.ifr6_ifindex = static_cast<int>(::if_nametoindex("lo"));
  return ::ioctl(v6.get(), SIOCDIFADDR, &address) == 0;
}

}  // namespace

TEST_CASE("the answer is kept, and its browser sees what came of it at a clean address, LI-15") {
  const std::pair<Page, const char*> cases[] = {{Page::saved, "You are logged in"},
                                                {Page::refused, "Nothing was granted"},
                                                {Page::failed, "The login did not work"}};
  for (const auto& [page, title] : cases) {
    Waiting waiting;
    auto browser = std::async(std::launch::async, [&] { return waiting.bring_answer("code=c"); });
    const auto answer = waiting.await_answer();
    REQUIRE(answer);
    CHECK(std::get<oauth::CheckedCallback>(*answer).code().reveal() == "c");
    CHECK_FALSE(waiting.listener.take_answer());  // once
    waiting.listener.finish(page);
    CHECK(says(browser.get(), title));
  }
}

TEST_CASE("the redirect goes to the listener's own fixed path whatever was asked, LI-16") {
  Waiting waiting;
  auto browser = std::async(std::launch::async, [&] {
    return get_raw(waiting.listener.redirect_uri(),
                   "/callback?code=c&next=https://evil.example&redirect_uri=//evil.example&state=" +
                       waiting.pending.state.reveal());
  });
  REQUIRE(waiting.await_answer());
  waiting.listener.finish(Page::saved);
  const auto answer = browser.get();
  CHECK(answer.starts_with("HTTP/1.1 303"));
  CHECK(header_in(answer, "Location") == "/callback/result");
  CHECK(header_in(answer, "Connection") == "close");
  CHECK(answer.find("evil") == std::string::npos);
}

TEST_CASE("what is not our answer is answered, told once and forgotten, CB-1, CB-2, LI-14, IN-11") {
  Waiting waiting;
  for (const char* query : {"code=c", "code=<script>&state=wrong", "error=access_denied",
                            "error=access_denied&state=", "state=a&state=b"}) {
    const auto answer = bring(waiting.listener.redirect_uri(), query);
    CHECK(says(answer, "This is not the answer we wait for"));
    CHECK(answer.find("<script") == std::string::npos);
  }
  CHECK_FALSE(waiting.listener.take_answer());
  const auto told = waiting.told.text();
  CHECK(told.starts_with("ignored a reply that is not the answer to this login"));
  CHECK(told.find('\n') == told.size() - 1);

  auto browser = std::async(std::launch::async, [&] { return waiting.bring_answer("code=c"); });
  CHECK(waiting.await_answer());
  waiting.listener.finish(Page::saved);
  CHECK(says(browser.get(), "You are logged in"));
  CHECK(waiting.told.text().ends_with("ignored 5 replies that were not ours\n"));
}

TEST_CASE("the second answer of the same state changes nothing, CB-3") {
  Waiting waiting;
  auto first = std::async(std::launch::async, [&] { return waiting.bring_answer("code=first"); });
  const auto answer = waiting.await_answer();
  CHECK(says(waiting.bring_answer("code=second"), "This answer was used before"));
  CHECK(says(waiting.bring_answer("error=access_denied"), "This answer was used before"));
  CHECK_FALSE(waiting.listener.take_answer());
  REQUIRE(answer);
  CHECK(std::get<oauth::CheckedCallback>(*answer).code().reveal() == "first");
  waiting.listener.finish(Page::saved);
  CHECK(says(first.get(), "You are logged in"));
}

TEST_CASE("other requests are for the curious only and end nothing, LI-6, LI-11, IN-9") {
  Waiting waiting;
  const auto& uri = waiting.listener.redirect_uri();
  CHECK(get_raw(uri, "/favicon.ico").starts_with("HTTP/1.1 404"));
  CHECK(get_raw(uri, "/").starts_with("HTTP/1.1 404"));
  CHECK(get_raw(uri, "/callback/result").starts_with("HTTP/1.1 404"));
  CHECK(waiting.told.text().empty());
  CHECK(waiting.detailed.text().find("got 404") != std::string::npos);
  CHECK_FALSE(waiting.listener.take_answer());
}

TEST_CASE("a login that ends unsaid tells its browser that it did not work") {
  auto waiting = std::make_unique<Waiting>();
  const std::string uri = waiting->listener.redirect_uri();
  const std::string query = "code=c&state=" + waiting->pending.state.reveal();
  auto browser = std::async(std::launch::async, [&] { return get_raw(uri, "/callback?" + query); });
  REQUIRE(waiting->await_answer());
  waiting.reset();
  CHECK(browser.get().starts_with("HTTP/1.1 303"));
}

TEST_CASE("the first redirect URI whose port is free is used, and the others are told") {
  LoopbackServer other([](const IncomingRequest&) { return OutgoingReply{}; });
  const int taken = other.bind("127.0.0.1", 0);
  const auto busy =
      oauth::parse_redirect_uri("http://127.0.0.1:" + std::to_string(taken) + "/callback");
  const auto free = oauth::parse_redirect_uri("http://127.0.0.1:0/second");
  Told told;
  const CallbackListener listener({busy, free}, std::nullopt, told.say(), told.say());
  CHECK(parse_url(listener.redirect_uri())->path == "/second");
  CHECK(port_of(listener) > 0);
  CHECK(told.text().find(std::to_string(taken)) != std::string::npos);

  const auto none = [&] { CallbackListener({busy, busy}, std::nullopt, told.say(), told.say()); };
  const std::string both = busy.text + ", " + busy.text;
  CHECK_THROWS_WITH_AS(none(), ("no redirect URI could be listened on: " + both).c_str(), Error);
}

TEST_CASE(
    "where one redirect URI alone is registered, its busy port is the error and nothing else") {
  LoopbackServer other([](const IncomingRequest&) { return OutgoingReply{}; });
  const int taken = other.bind("127.0.0.1", 0);
  const auto busy =
      oauth::parse_redirect_uri("http://127.0.0.1:" + std::to_string(taken) + "/callback");
  Told told;
  try {
    const CallbackListener listener({busy}, std::nullopt, told.say(), told.say());
    FAIL("the port is shared");
  } catch (const Error& error) {
    CHECK(error.code == Code::failure);
    CHECK(error.message.starts_with("port " + std::to_string(taken) + " on 127.0.0.1 is in use"));
    CHECK(error.message.ends_with(": " + busy.text));
  }
  CHECK(told.text().empty());
}

TEST_CASE("`localhost` listens at the same port of both families, LI-2") {
  Waiting waiting("http://localhost:0/callback");
  const auto& uri = waiting.listener.redirect_uri();
  REQUIRE(uri.starts_with("http://localhost:"));
  const int port = port_of(waiting.listener);
  const std::string request = "GET / HTTP/1.1\r\nHost: " + parse_url(uri)->authority() + "\r\n\r\n";
  CHECK(testing::RawClient(port).ask(request).starts_with("HTTP/1.1 404"));
  std::optional<testing::RawClient> v6;
  try {
    v6.emplace(testing::RawClient(port, AF_INET6));
  } catch (const std::runtime_error&) {
    CHECK(errno == EADDRNOTAVAIL);  // this machine has no IPv6
    return;
  }
  CHECK(v6->ask(request).starts_with("HTTP/1.1 404"));
}

TEST_CASE("where one family is not there the redirect URI of the other is used, LI-3") {
  const int status = test::in_child([] {
    if (!have_ipv4_alone()) return 77;
    Told told;
    const CallbackListener listener({oauth::parse_redirect_uri("http://[::1]:0/callback"),
                                     oauth::parse_redirect_uri("http://127.0.0.1:0/callback")},
                                    std::nullopt, told.say(), told.say());
    if (!listener.redirect_uri().starts_with("http://127.0.0.1:")) return 1;
    const CallbackListener both({oauth::parse_redirect_uri("http://localhost:0/callback")},
                                std::nullopt, told.say(), told.say());
    return both.redirect_uri().starts_with("http://localhost:") ? 0 : 2;
  });
  if (status == 77) MESSAGE("skipped: a network of our own is not allowed here");
  if (status != 77) CHECK(status == 0);
}

TEST_CASE("with a listen address the redirect URI is sent as it is registered") {
  Told told;
  const auto uri = oauth::parse_redirect_uri("http://127.0.0.1:8000/callback");
  const CallbackListener listener({uri}, ListenAddress{"127.0.0.1", 0}, told.say(), told.say());
  CHECK(listener.redirect_uri() == uri.text);
}

TEST_CASE("an answer that is posted is taken where form_post was asked for, LI-8, LI-12") {
  Waiting waiting("http://127.0.0.1:0/callback", oauth::ResponseMode::form_post);
  const std::string state = "&state=" + waiting.pending.state.reveal();
  CHECK(waiting.post("code=c&state=wrong") == "HTTP/1.1 400");
  CHECK(waiting.post(std::string(65'537, 'a')) == "HTTP/1.1 413");
  auto posted = std::async(std::launch::async, [&] {
    return waiting.post("x=" + std::string(60'000, 'a') + "&code=c" + state);
  });
  const auto verdict = waiting.await_answer();
  REQUIRE(verdict);
  CHECK(std::get<oauth::CheckedCallback>(*verdict).code().reveal() == "c");
  waiting.listener.finish(Page::saved);
  CHECK(posted.get() == "HTTP/1.1 303");
}

TEST_CASE("no body is read where the answer comes in the query, LI-12") {
  Waiting waiting;
  CHECK(waiting.post("code=c&state=" + waiting.pending.state.reveal()) == "HTTP/1.1 413");
  CHECK_FALSE(waiting.listener.take_answer());
}
