#include "base/http.h"

#include <sys/socket.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <mutex>

#include "base/curl.h"
#include "base/error.h"
#include "base/internet_address.h"
#include "base/text.h"
#include "base/url.h"

namespace dreams::http {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::seconds stall_deadline = 30s;   // without a single byte
constexpr std::size_t most_header_bytes = 256u << 10;  // all headers of one answer
constexpr std::size_t idle_handles = 8;                // each may hold five connections

using curl::connect_deadline;
using curl::Easy;
using curl::in_seconds;
using curl::List;

/// Handles not in use; each keeps its connections open for the next question.
class Handles {
public:
    Easy take() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) return curl::easy();
        Easy handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
    }
    void give_back(Easy handle) {
        curl_easy_reset(handle.get());  // forgets the question, keeps the connections
        const std::lock_guard lock(mutex_);
        if (idle_.size() < idle_handles) idle_.push_back(std::move(handle));
    }

private:
    std::mutex mutex_;
    std::vector<Easy> idle_;
};

/// What the callbacks fill.
struct Receiving {
    Answer answer;
    std::size_t most_bytes;
    std::size_t header_bytes = 0;
    bool too_large = false;
    bool kept_out = false;              ///< an address was private, and must not be
    bool connected = false;             ///< set when libcurl has failed
    std::chrono::microseconds took{0};  ///< likewise
};

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& receiving = *static_cast<Receiving*>(user);
    if (receiving.answer.body.size() + size * count > receiving.most_bytes) {
        receiving.too_large = true;
        return 0;  // libcurl ends the transfer
    }
    receiving.answer.body.append(bytes, size * count);
    return size * count;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) {
    auto& receiving = *static_cast<Receiving*>(user);
    const auto line = text::trimmed({bytes, size * count});
    if (line.starts_with("HTTP/")) receiving.answer.headers.clear();  // after a 100 Continue
    receiving.header_bytes += size * count;
    if (receiving.header_bytes > most_header_bytes) return 0;
    const auto colon = line.find(':');
    if (colon != line.npos && receiving.answer.body.empty())  // later ones are trailers
        receiving.answer.headers.emplace_back(text::trimmed(line.substr(0, colon)),
                                              text::trimmed(line.substr(colon + 1)));
    return size * count;
}

/// Opens the socket for an address that may be connected to: what a name resolved to is judged
/// here, so that no second look-up can say another thing.
curl_socket_t on_open(void* user, curlsocktype, curl_sockaddr* address) {
    if (is_public(address->addr))
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    static_cast<Receiving*>(user)->kept_out = true;
    return CURL_SOCKET_BAD;
}

std::string in_bytes(std::size_t bytes) {
    constexpr std::size_t mega = 1u << 20;
    if (bytes >= mega) return std::to_string(bytes / mega) + " MB";
    return text::grouped(static_cast<std::int64_t>(bytes)) + " bytes";
}

}  // namespace

std::optional<std::string> header(const Headers& headers, std::string_view name) {
    const auto found = std::ranges::find_if(
        headers, [&](const auto& each) { return text::same_word(each.first, name); });
    if (found == headers.end()) return std::nullopt;
    return found->second;
}

std::string host_of(const std::string& url) {
    const auto place = url_from(url);
    return place ? place->site() : "";
}

std::optional<Instant> http_date(const std::string& text) {
    const std::time_t seconds = curl_getdate(text.c_str(), nullptr);
    if (seconds == -1) return std::nullopt;
    return Instant{std::chrono::seconds{seconds}};
}

std::string url_encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '-' || c == '.' || c == '_' || c == '~')
            result += c;
        else
            ((result += '%') += digits[byte >> 4]) += digits[byte & 15];
    }
    return result;
}

namespace {

/// Which of the three deadlines it was.
std::string timed_out(const Url& place, const Ask& ask, const Receiving& receiving) {
    if (!receiving.connected)
        return place.site() + " could not be reached within " +
               in_seconds(std::min(ask.deadline, connect_deadline));
    const bool stalled = receiving.took + 1s < ask.deadline;  // its clock is a little before ours
    const auto waited = stalled ? stall_deadline : ask.deadline;
    const auto* verb =
        receiving.answer.headers.empty() ? " did not answer" : " did not finish its answer";
    return place.site() + verb + " within " + in_seconds(waited);
}

/// The sentence for what libcurl reports, for a person who runs an office and no network.
std::string sentence(CURLcode code, const Url& place, const Ask& ask, const Receiving& receiving) {
    if (receiving.header_bytes > most_header_bytes)
        return place.site() + " sent more headers than any answer needs";
    if (receiving.too_large)
        return "the answer of " + place.site() + " is larger than " + in_bytes(ask.most_bytes);
    if (receiving.kept_out && code == CURLE_COULDNT_CONNECT)
        return place.host + " lies in a private network, where nothing may be read";
    if (const auto why = curl::why_not_connected(code, place.host, place.site())) return *why;
    switch (code) {
        case CURLE_OPERATION_TIMEDOUT:
            return timed_out(place, ask, receiving);
        case CURLE_GOT_NOTHING:
            return place.site() + " closed the connection without an answer";
        case CURLE_PARTIAL_FILE:
        case CURLE_RECV_ERROR:
        case CURLE_HTTP2:
        case CURLE_HTTP2_STREAM:
            return "the answer of " + place.site() + " was cut off";
        case CURLE_SEND_ERROR:
            return place.site() + " closed the connection before the question was out";
        case CURLE_BAD_CONTENT_ENCODING:
            return "the answer of " + place.site() + " is compressed in a way that cannot be read";
        case CURLE_UNSUPPORTED_PROTOCOL:
        case CURLE_WEIRD_SERVER_REPLY:
            return place.site() + " gave an answer that is no HTTP";
        default:
            return "asking " + place.site() + " failed: " + curl_easy_strerror(code);
    }
}

/// The header lines as libcurl takes them. Two of its own habits are turned off: waiting for
/// `100 Continue`, and calling every body a web form.
List header_lines(const Ask& ask) {
    curl_slist* lines = curl_slist_append(nullptr, "Expect:");
    if (!header(ask.headers, "Content-Type")) lines = curl_slist_append(lines, "Content-Type:");
    for (const auto& [name, value] : ask.headers) {
        if ((name + value).find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos) {
            curl_slist_free_all(lines);
            throw Error(Fault::invalid, "the header " + name.substr(0, name.find('\n')) +
                                            " holds a line break and cannot be sent");
        }
        lines =
            curl_slist_append(lines, (value.empty() ? name + ";" : name + ": " + value).c_str());
    }
    return List(lines);
}

void set_question(CURL* handle, const Ask& ask) {
    curl_easy_setopt(handle, CURLOPT_URL, ask.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "dreams/" DREAMS_VERSION);
    curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (ask.method == "HEAD")
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    else if (!ask.body.empty() || ask.method == "POST" || ask.method == "PUT") {
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDS, ask.body.data());
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(ask.body.size()));
    }
    if (ask.method != "HEAD") curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, ask.method.c_str());
}

void set_limits(CURL* handle, const Ask& ask) {
    const auto connecting = std::min(ask.deadline, connect_deadline);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(ask.deadline.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connecting.count()));
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(stall_deadline.count()));
}

/// A proxy would look the name up itself, and connect to what nobody here has judged.
void set_guard(CURL* handle, Receiving& receiving) {
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &receiving);
}

Answer answer_to(const Ask& ask, Handles& handles) {
    const auto place = url_from(ask.url);
    if (!place)
        throw Error(Fault::invalid, "an address to ask must begin with http:// or https://");
    const List lines = header_lines(ask);
    Receiving receiving{.most_bytes = ask.most_bytes};
    Easy handle = handles.take();
    set_question(handle.get(), ask);
    set_limits(handle.get(), ask);
    curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, lines.get());
    if (ask.reach == Reach::public_only) set_guard(handle.get(), receiving);
    if (is_loopback(place->host)) curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");  // never there
    curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &receiving);
    curl_easy_setopt(handle.get(), CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(handle.get(), CURLOPT_HEADERDATA, &receiving);

    const CURLcode code = curl_easy_perform(handle.get());
    long status = 0;
    curl_off_t took = 0, connected_after = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle.get(), CURLINFO_TOTAL_TIME_T, &took);
    curl_easy_getinfo(handle.get(), CURLINFO_CONNECT_TIME_T, &connected_after);
    receiving.took = std::chrono::microseconds(took);
    receiving.connected = connected_after > 0;
    handles.give_back(std::move(handle));
    if (receiving.too_large) throw TooLarge(sentence(code, *place, ask, receiving));
    if (code != CURLE_OK) throw Error(Fault::unavailable, sentence(code, *place, ask, receiving));
    receiving.answer.status = static_cast<int>(status);
    return std::move(receiving.answer);
}

}  // namespace

Network network() {
    // Two sets: a connection that was opened unjudged must not serve an ask that is to be judged.
    struct Sets {
        Handles open, guarded;
    };
    return [sets = std::make_shared<Sets>()](const Ask& ask) {
        return answer_to(ask, ask.reach == Reach::anywhere ? sets->open : sets->guarded);
    };
}

}  // namespace dreams::http
