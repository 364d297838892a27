#include "base/smtp.h"

#include <sys/socket.h>

#include <algorithm>

#include "base/curl.h"
#include "base/internet_address.h"
#include "base/smtp_talk.h"
#include "base/text.h"

namespace dreams::smtp {
namespace {

/// The relay's address, read.
struct Place {
    std::string scheme, host, port;
    bool in_the_clear = false;  ///< this machine: no TLS

    std::string site() const {
        const auto usual = scheme == "smtps" ? "465" : in_the_clear ? "25" : "587";
        return port == usual ? host : host + ":" + port;
    }
};

std::string part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, 0) != CURLUE_OK) return "";
    std::string result = text;
    curl_free(text);
    return result;
}

Place place_of(const std::string& text) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> url(curl_url(), curl_url_cleanup);
    const bool read = curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) == CURLUE_OK;
    Place place{.scheme = part(url.get(), CURLUPART_SCHEME),
                .host = text::lower(part(url.get(), CURLUPART_HOST)),
                .port = part(url.get(), CURLUPART_PORT)};
    const bool known = place.scheme == "smtp" || place.scheme == "smtps";
    const auto path = part(url.get(), CURLUPART_PATH);
    if (!read || !known || place.host.empty() || (path != "/" && !path.empty()))
        throw Error(Fault::invalid,
                    "a mail server's address is smtp://host, smtps://host, or one of these with a "
                    "port");
    if (!part(url.get(), CURLUPART_USER).empty())
        throw Error(Fault::invalid,
                    "a mail server's address holds no user and no password: they are settings of "
                    "their own");
    place.in_the_clear = place.scheme == "smtp" && http::is_loopback(place.host);
    if (place.port.empty())
        place.port = place.scheme == "smtps" ? "465" : place.in_the_clear ? "25" : "587";
    return place;
}

void require_address(const std::string& address, const std::string& whose) {
    if (!is_address(address)) throw Error(Fault::invalid, whose + " is no e-mail address");
}

void require_addresses(const Envelope& envelope) {
    require_address(envelope.from, "the sender");
    if (envelope.to.empty()) throw Error(Fault::invalid, "mail needs a recipient");
    for (std::size_t i = 0; i < envelope.to.size(); ++i)
        require_address(envelope.to[i], "recipient " + std::to_string(i + 1));
}

/// What the callbacks share.
struct Posting {
    const Envelope& envelope;
    std::size_t given = 0;  ///< bytes of the message that libcurl has taken
    Talk talk;
    bool kept_out = false;  ///< the name of this machine led to another
};

std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* user) {
    auto& posting = *static_cast<Posting*>(user);
    const auto& message = posting.envelope.message;
    const auto bytes = std::min(size * count, message.size() - posting.given);
    std::copy_n(message.data() + posting.given, bytes, buffer);
    posting.given += bytes;
    return bytes;
}

int on_talk(CURL*, curl_infotype type, char* bytes, std::size_t size, void* user) {
    auto& talk = static_cast<Posting*>(user)->talk;
    if (type == CURLINFO_HEADER_OUT) talk.said({bytes, size});
    if (type == CURLINFO_HEADER_IN) talk.answered({bytes, size});
    return 0;
}

std::size_t unread(char*, std::size_t size, std::size_t count, void*) {
    return size * count;  // on_talk has it already
}

/// In the clear only this machine is spoken to, whatever its name resolves to.
curl_socket_t on_open(void* user, curlsocktype, curl_sockaddr* address) {
    if (http::is_loopback(address->addr))
        return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    static_cast<Posting*>(user)->kept_out = true;
    return CURL_SOCKET_BAD;
}

void set_relay(CURL* handle, const Relay& relay, const Place& place, const Envelope& envelope) {
    // What stands behind the host is the name that libcurl greets with.
    const auto greeting = envelope.from.substr(envelope.from.find('@') + 1);
    const auto url = place.scheme + "://" + place.host + ":" + place.port + "/" + greeting;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     static_cast<long>(place.in_the_clear ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    if (!relay.authorities.empty())
        curl_easy_setopt(handle, CURLOPT_CAINFO, relay.authorities.c_str());
    if (!relay.user.empty()) {
        curl_easy_setopt(handle, CURLOPT_USERNAME, relay.user.c_str());
        curl_easy_setopt(handle, CURLOPT_PASSWORD, relay.password.c_str());
    }
    const auto connecting = std::min(relay.deadline, curl::connect_deadline);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // signals and threads do not go together
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(relay.deadline.count()));
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(connecting.count()));
}

void set_callbacks(CURL* handle, Posting& posting, const Place& place) {
    curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(handle, CURLOPT_READFUNCTION, on_read);
    curl_easy_setopt(handle, CURLOPT_READDATA, &posting);
    curl_easy_setopt(handle, CURLOPT_INFILESIZE_LARGE,
                     static_cast<curl_off_t>(posting.envelope.message.size()));
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, unread);
    curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L);
    curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, on_talk);
    curl_easy_setopt(handle, CURLOPT_DEBUGDATA, &posting);
    if (!place.in_the_clear) return;
    curl_easy_setopt(handle, CURLOPT_PROXY, "");
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, on_open);
    curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &posting);
}

curl::List listed(const std::vector<std::string>& items) {
    curl_slist* list = nullptr;
    for (const auto& item : items) list = curl_slist_append(list, item.c_str());
    return curl::List(list);
}

/// What libcurl reports, where the relay has refused nothing.
Error failure(CURLcode code, const Posting& posting, const Relay& relay, const Place& place) {
    const auto site = place.site();
    const bool handed_over = posting.given == posting.envelope.message.size();
    const std::string unsure = ": whether it has the message is not known";
    if (posting.kept_out)
        return {Fault::invalid,
                place.host + " is another machine: mail goes there with TLS, or not at all"};
    if (const auto why = curl::why_not_connected(code, place.host, site))
        return {Fault::unavailable, *why};
    switch (code) {
        case CURLE_USE_SSL_FAILED:
            return {Fault::invalid, site + " offers no STARTTLS, so nothing was sent to it"};
        case CURLE_LOGIN_DENIED:
            return {Fault::unauthorized, site + " knows no way of logging in that is known here"};
        case CURLE_OPERATION_TIMEDOUT:
            return {Fault::unavailable, site + " did not take the message within " +
                                            curl::in_seconds(relay.deadline) +
                                            (handed_over ? unsure : "")};
        case CURLE_WEIRD_SERVER_REPLY:
            return {Fault::unavailable, site + " gave an answer that is no SMTP"};
        default:
            return {Fault::unavailable,
                    site + " closed the connection" + (handed_over ? unsure : " too early")};
    }
}

void send(const Relay& relay, const Place& place, const Envelope& envelope) {
    require_addresses(envelope);
    Posting posting{.envelope = envelope};
    const auto handle = curl::easy();
    const auto to = listed(envelope.to);
    const auto elsewhere =
        listed({relay.reached_at.empty() ? "" : place.host + "::" + relay.reached_at});
    set_relay(handle.get(), relay, place, envelope);
    set_callbacks(handle.get(), posting, place);
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_FROM, envelope.from.c_str());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT, to.get());
    curl_easy_setopt(handle.get(), CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
    if (!relay.reached_at.empty())
        curl_easy_setopt(handle.get(), CURLOPT_CONNECT_TO, elsewhere.get());
    const CURLcode code = curl_easy_perform(handle.get());
    const auto& talk = posting.talk;
    const auto refusal = code == CURLE_OK ? talk.shortfall(place.site(), envelope.to.size())
                                          : talk.refusal(place.site(), envelope.to.size());
    if (refusal) throw *refusal;
    if (code != CURLE_OK) throw failure(code, posting, relay, place);
}

}  // namespace

bool is_address(std::string_view text) {
    constexpr std::size_t longest = 254;  // RFC 5321, 4.5.3.1.3
    constexpr std::string_view means_something = "<>()[],;:\\\"";
    const auto at = text.find('@');
    return text.size() <= longest && at != text.npos && at > 0 && at + 1 < text.size() &&
           text.rfind('@') == at && std::ranges::all_of(text, [&](char c) {
               return c > ' ' && c < 0x7f && means_something.find(c) == means_something.npos;
           });
}

Post post(Relay relay) {
    auto place = place_of(relay.url);
    return [relay = std::move(relay), place = std::move(place)](const Envelope& envelope) {
        send(relay, place, envelope);
    };
}

}  // namespace dreams::smtp
