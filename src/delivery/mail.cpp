#include "delivery/mail.h"

#include <fmt/chrono.h>
#include <sodium.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "delivery/mime_words.h"

namespace dreams::delivery {
namespace {

/// Nothing in quoted-printable text looks like it: there, hex digits follow a `=`.
constexpr std::string_view boundary = "=_dreams";

std::string_view domain_of(const std::string& address) {
    return std::string_view(address).substr(address.find('@') + 1);
}

/// A name where no letter means anything to mail but itself; else as encoded words.
std::string phrase(const std::string& name) {
    const bool atoms = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == ' ' || c == '-' || c == '_' || c == '\'';
    });
    constexpr std::size_t one_line_of_it = 60;
    return atoms && name.size() <= one_line_of_it ? name : encoded_words(name);
}

std::string shown(const Mailbox& box) {
    const auto name = phrase(one_line(box.name));
    return name.empty() ? box.address : name + "\r\n <" + box.address + ">";
}

std::string shown(const std::vector<Mailbox>& boxes) {
    std::string all;
    for (const auto& box : boxes) all += (all.empty() ? "" : ",\r\n ") + shown(box);
    return all;
}

std::string part(std::string_view kind, std::string_view content) {
    return "Content-Type: text/" + std::string(kind) +
           "; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
           quoted_printable(content);
}

std::string with_link(const Message& message) {
    const auto link = one_line(message.link);
    if (link.empty() || message.text.find(link) != std::string::npos) return message.text;
    return message.text + (message.text.ends_with('\n') ? "\n" : "\n\n") + link + "\n";
}

std::string body(const Message& message) {
    if (message.html.empty()) return part("plain", with_link(message));
    const std::string mark = "--" + std::string(boundary);
    return "Content-Type: multipart/alternative; boundary=\"" + std::string(boundary) +
           "\"\r\n\r\n" + mark + "\r\n" + part("plain", with_link(message)) + "\r\n" + mark +
           "\r\n" + part("html", message.html) + "\r\n" + mark + "--\r\n";
}

std::string fresh_id() {
    std::array<unsigned char, 16> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::string digits(2 * bytes.size() + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes.data(), bytes.size());
    digits.pop_back();  // the NUL that it ends with
    return digits;
}

Mailbox required(const std::string& text, const std::string& what) {
    if (text.empty()) throw Error(Fault::invalid, "mail needs " + what);
    const auto box = mailbox_from(text);
    if (!box)
        throw Error(Fault::invalid, what +
                                        " of mail is to be like ana@example.com or Ana Bell "
                                        "<ana@example.com>");
    return *box;
}

}  // namespace

std::optional<Mailbox> mailbox_from(const std::string& text) {
    const auto whole = text::trimmed(text);
    const auto open = whole.find('<');
    if (open == whole.npos)
        return smtp::is_address(whole) ? std::optional(Mailbox{.address = std::string(whole)})
                                       : std::nullopt;
    const auto address = whole.substr(open + 1, whole.size() - open - 2);
    if (!whole.ends_with('>') || !smtp::is_address(address)) return std::nullopt;
    auto name = text::trimmed(whole.substr(0, open));
    if (name.size() > 1 && name.starts_with('"') && name.ends_with('"'))
        name = name.substr(1, name.size() - 2);
    return Mailbox{.name = one_line(name), .address = std::string(address)};
}

std::string mime(const Letter& letter) {
    return "Date: " + fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", letter.date) +
           "\r\nFrom: " + shown(letter.from) + "\r\nTo: " + shown(letter.to) +
           "\r\nMessage-ID:\r\n <" + letter.id + "@" + std::string(domain_of(letter.from.address)) +
           ">\r\nSubject: " + header_text(letter.message.subject) +
           // So that nobody's "I am on holiday" comes back.
           "\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n" + body(letter.message);
}

Channel mail(const MailAddresses& addresses, smtp::Post post, const Clock& clock) {
    Letter letter{.from = required(addresses.from, "the sender")};
    if (addresses.to.empty()) throw Error(Fault::invalid, "mail needs a recipient");
    for (const auto& each : addresses.to) letter.to.push_back(required(each, "a recipient"));
    return {"mail", [letter, post = std::move(post), &clock](const Message& message) {
                Letter now = letter;
                now.message = message;
                now.date = clock.now();
                now.id = fresh_id();
                smtp::Envelope envelope{.from = now.from.address, .message = mime(now)};
                for (const auto& box : now.to) envelope.to.push_back(box.address);
                post(envelope);
            }};
}

}  // namespace dreams::delivery
