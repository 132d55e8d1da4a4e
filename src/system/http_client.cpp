#include "system/http_client.h"

#include <curl/curl.h>

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include "base/encoding.h"
#include "system/broken_pipe.h"
#include "system/client_certificate.h"
#include "system/http_answer.h"
#include "system/proxy.h"
#include "system/tls_checks.h"
#include "system/transfer_failure.h"
#include "system/trust_store.h"

namespace xauth {

namespace {

constexpr const char* kUserAgent = "xauth/1";

using Handle = std::unique_ptr<CURL, void (*)(CURL*)>;

// Header lines in the form that libcurl reads, without a copy that nobody wipes.
class HeaderLines {
 public:
  HeaderLines() = default;
  HeaderLines(const HeaderLines&) = delete;
  HeaderLines& operator=(const HeaderLines&) = delete;
  ~HeaderLines() {
    for (auto& line : lines_) wipe(line);
  }

  // libcurl reads "Name:" as "do not send it" and "Name;" as "send it empty".
  void add(std::string_view name, std::string_view value) {
    std::string& line = lines_.emplace_back();
    line.reserve(name.size() + value.size() + 2);  // no reallocation may leave a copy behind
    line.append(name).append(value.empty() ? ";" : ": ").append(value);
  }
  void leave_out(std::string_view name) { lines_.emplace_back(name) += ':'; }

  // The list, valid until the next add() or leave_out().
  curl_slist* list() {
    nodes_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      nodes_[i] = {lines_[i].data(), i + 1 < lines_.size() ? &nodes_[i + 1] : nullptr};
    }
    return nodes_.data();
  }

 private:
  std::vector<std::string> lines_;
  std::vector<curl_slist> nodes_;
};

// One request on its way; what libcurl's callbacks see.
struct Transfer {
  const HttpRequest& request;
  const HttpSettings& settings;
  AnswerReader answer;
  HeaderLines headers;
  Secret body;
  Proxy proxy;
  std::optional<TlsIdentity> identity;
  bool reached = false;
  bool tls_closed = false;  // the peer's close_notify came
  std::array<char, CURL_ERROR_SIZE> detail{};
};

std::size_t on_line(char* data, std::size_t, std::size_t size, void* transfer) noexcept {
  return static_cast<Transfer*>(transfer)->answer.take_line({data, size}) ? size : 0;
}

std::size_t on_body(char* data, std::size_t, std::size_t size, void* transfer) noexcept {
  return static_cast<Transfer*>(transfer)->answer.take_body({data, size}) ? size : size + 1;
}

// Called when the connection stands, TLS included, and the request is about to be written.
int on_connected(void* transfer, char*, char*, int, int) noexcept {
  static_cast<Transfer*>(transfer)->reached = true;
  return CURL_PREREQFUNC_OK;
}

int on_progress(void* transfer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  const auto& interrupted = static_cast<Transfer*>(transfer)->settings.interrupted;
  return interrupted && interrupted() ? 1 : 0;
}

CURLcode on_tls_context(CURL*, void* context, void* transfer) noexcept {
  auto& self = *static_cast<Transfer*>(transfer);
  auto* const tls = static_cast<SSL_CTX*>(context);
  const bool ready = demand_of_peer(tls, self.request.url.host, &self.tls_closed) &&
                     (!self.identity || self.identity->present(tls));
  return ready ? CURLE_OK : CURLE_SSL_CONNECT_ERROR;
}

template <typename Value>
void set(const Handle& curl, CURLoption option, Value value) {
  const CURLcode code = curl_easy_setopt(curl.get(), option, value);
  if (code != CURLE_OK) {
    throw Error(Code::failure,
                std::string("libcurl cannot be set up: ") + curl_easy_strerror(code));
  }
}

long milliseconds(std::chrono::milliseconds time) { return static_cast<long>(time.count()); }

const char* or_none(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

Handle make_handle() {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Handle curl(ready == CURLE_OK ? curl_easy_init() : nullptr, curl_easy_cleanup);
  if (!curl) throw Error(Code::failure, "libcurl cannot be started");
  return curl;
}

// Nothing of ours may end a header early. RFC 9110 §5.5
void require_clean(const HttpRequest& request) {
  bool clean = !has_control(request.url.text()) && !has_control(request.authorization.reveal());
  for (const auto& [name, value] : request.headers) {
    clean = clean && !name.empty() && name.find_first_of(": ") == std::string::npos &&
            !has_control(name) && !has_control(value);
  }
  if (!clean) {
    throw Error(Code::usage, "a request to " + request.url.host +
                                 " was not sent: its URL or a header holds a control character");
  }
}

void require_secure(const Url& url) {
  if (is_secure(url)) return;
  throw Error(Code::usage, "plain http goes only to this machine, not to " + url.authority(),
              "https://" + url.authority());
}

// The URL to ask, with the fields of a form that travel in its query.
Secret target_of(const HttpRequest& request) {
  Url url = request.url;
  url.fragment.reset();
  if (request.form && request.format == BodyFormat::query) {
    const Secret fields = encode_form(*request.form);
    const std::string own = url.query.value_or("");
    url.query = own + (own.empty() || fields.empty() ? "" : "&") + fields.reveal();
  }
  return Secret(url.text());
}

void set_body(const Handle& curl, Transfer& transfer) {
  const auto& request = transfer.request;
  const bool json = request.format == BodyFormat::json;
  const Form form = request.form.value_or(Form());
  if (request.form) transfer.body = json ? encode_json(form) : encode_form(form);
  set(curl, CURLOPT_POSTFIELDS, transfer.body.reveal().c_str());
  set(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(transfer.body.reveal().size()));
  if (!request.form) {
    transfer.headers.leave_out("Content-Type");
  } else {
    transfer.headers.add("Content-Type",
                         json ? "application/json" : "application/x-www-form-urlencoded");
  }
  transfer.headers.leave_out("Expect");  // no waiting for 100 Continue
}

void set_request(const Handle& curl, Transfer& transfer) {
  const auto& request = transfer.request;
  auto& headers = transfer.headers;
  set(curl, CURLOPT_URL, target_of(request).reveal().c_str());
  set(curl, CURLOPT_PATH_AS_IS, 1L);
  const bool in_query = request.format == BodyFormat::query;
  if ((request.form && !in_query) || request.method == "POST") set_body(curl, transfer);
  if (request.method == "DELETE") set(curl, CURLOPT_CUSTOMREQUEST, "DELETE");
  if (!find_header(request.headers, "Accept")) headers.add("Accept", "application/json");
  for (const auto& [name, value] : request.headers) headers.add(name, value);
  if (!request.authorization.empty()) {
    headers.add("Authorization", request.authorization.reveal());
  }
  set(curl, CURLOPT_HTTPHEADER, headers.list());
  set(curl, CURLOPT_USERAGENT, kUserAgent);
}

void set_connection(const Handle& curl, const Transfer& transfer) {
  const auto& limits = transfer.settings.limits;
  set(curl, CURLOPT_PROTOCOLS_STR, transfer.request.url.scheme.c_str());
  set(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set(curl, CURLOPT_HTTP09_ALLOWED, 0L);
  set(curl, CURLOPT_FOLLOWLOCATION, 0L);
  set(curl, CURLOPT_NOSIGNAL, 1L);
  set(curl, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(limits.connect));
  set(curl, CURLOPT_TIMEOUT_MS, milliseconds(limits.total));
  set(curl, CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs does not outlast the time limit
  set(curl, CURLOPT_PROXY, transfer.proxy.url.c_str());  // "" instead of libcurl's own look
  set(curl, CURLOPT_NOPROXY, transfer.proxy.exceptions.c_str());
  set(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
}

void set_tls(const Handle& curl, Transfer& transfer) {
  const auto store = find_trust_store(transfer.settings.ca_file);
  set(curl, CURLOPT_CAINFO, or_none(store.file));
  set(curl, CURLOPT_CAPATH, or_none(store.directory));
  set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
  set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
  set(curl, CURLOPT_SSL_CTX_FUNCTION, on_tls_context);
  set(curl, CURLOPT_SSL_CTX_DATA, &transfer);
}

void set_callbacks(const Handle& curl, Transfer& transfer) {
  set(curl, CURLOPT_HEADERFUNCTION, on_line);
  set(curl, CURLOPT_HEADERDATA, &transfer);
  set(curl, CURLOPT_WRITEFUNCTION, on_body);
  set(curl, CURLOPT_WRITEDATA, &transfer);
  set(curl, CURLOPT_PREREQFUNCTION, on_connected);
  set(curl, CURLOPT_PREREQDATA, &transfer);
  set(curl, CURLOPT_NOPROGRESS, 0L);
  set(curl, CURLOPT_XFERINFOFUNCTION, on_progress);
  set(curl, CURLOPT_XFERINFODATA, &transfer);
  set(curl, CURLOPT_ERRORBUFFER, transfer.detail.data());
}

// libcurl calls an answer complete that ends within its head, or that a TLS stream cut short.
bool is_complete(const Transfer& transfer) {
  const bool ended_by_peer = transfer.answer.ends_with_connection();
  const bool is_tls = transfer.request.url.scheme == "https";
  return transfer.answer.has_head() && !(ended_by_peer && is_tls && !transfer.tls_closed);
}

[[noreturn]] void fail(const Handle& curl, CURLcode code, const Transfer& transfer) {
  const auto& url = transfer.request.url;
  if (!transfer.answer.fault().empty()) {
    throw SendFailure(Code::bad_response, url.authority() + " " + transfer.answer.fault(), "",
                      true);
  }
  if (code == CURLE_SSL_CACERT_BADFILE) {
    throw Error(Code::usage, "no certificate can be read from the CA file " +
                                 find_trust_store(transfer.settings.ca_file).file);
  }
  TransferEnd end;
  end.code = code;
  end.reached = transfer.reached;
  end.by_proxy = !transfer.proxy.url.empty();
  end.detail = transfer.detail.data();
  curl_easy_getinfo(curl.get(), CURLINFO_OS_ERRNO, &end.os_error);
  curl_easy_getinfo(curl.get(), CURLINFO_SSL_VERIFYRESULT, &end.verify_result);
  curl_easy_getinfo(curl.get(), CURLINFO_HTTP_CONNECTCODE, &end.proxy_status);
  throw explain_failure(end, url, transfer.settings.limits);
}

}  // namespace

HttpResponse send_http(const HttpRequest& request, const HttpSettings& settings) {
  require_clean(request);
  require_secure(request.url);
  Transfer transfer{
      request, settings, AnswerReader(settings.limits), {}, {}, find_proxy(request.url), {}};
  if (request.certificate) transfer.identity.emplace(*request.certificate);

  const BrokenPipeGuard guard;  // outlives the handle, whose end writes to the connection
  const Handle curl = make_handle();
  set_request(curl, transfer);
  set_connection(curl, transfer);
  if (request.url.scheme == "https") set_tls(curl, transfer);
  set_callbacks(curl, transfer);

  const CURLcode code = curl_easy_perform(curl.get());
  if (code != CURLE_OK) fail(curl, code, transfer);
  if (!is_complete(transfer)) fail(curl, CURLE_PARTIAL_FILE, transfer);
  return transfer.answer.take();
}

}  // namespace xauth
