#include "sim/mail/dialogue.h"

#include <algorithm>

#include "base/text.h"
#include "sim/wire/base64.h"

namespace dreams::sim {
namespace {

using Reply = MailDialogue::Reply;
using Then = MailDialogue::Then;

Reply said(const std::string& line, Then then = Then::go_on) {
    return {line + "\r\n", then};
}

/// `MAIL FROM:<a@b> SIZE=7` → `a@b`.
std::string address_in(std::string_view line) {
    const auto open = line.find('<'), close = line.find('>', open);
    if (open == line.npos || close == line.npos) return "";
    return std::string(line.substr(open + 1, close - open - 1));
}

constexpr auto not_now = "503 5.5.1 not in this order";

}  // namespace

Reply MailDialogue::greeting() const {
    if (options_.fault == MailFault::silent) return {};
    if (options_.fault == MailFault::closed_421) return said("421 4.3.2 not now", Then::hang_up);
    return said("220 mail.example.com ESMTP");
}

void MailDialogue::tls_is_on() {
    tls_ = Tls::on;
    logged_in_ = false;
    mail_ = {};
}

Reply MailDialogue::answer(std::string_view line) {
    if (options_.fault == MailFault::silent) return {};
    if (in_ == In::message) return message_line(line);
    heard.emplace_back(line);
    return in_ == In::commands ? command(std::string(line)) : credentials(line);
}

Reply MailDialogue::command(const std::string& line) {
    const auto verb = text::lower(line.substr(0, line.find(' ')));
    if (verb == "ehlo") return hello();
    if (verb == "helo") return said("250 mail.example.com");
    if (verb == "quit") return said("221 2.0.0 bye", Then::hang_up);
    if (verb == "starttls" && tls_ == Tls::offered) return said("220 go on", Then::start_tls);
    if (verb == "auth") return auth(line);
    if (verb == "mail") {
        if (!options_.user.empty() && !logged_in_) return said("530 5.7.0 log in first");
        if (options_.fault == MailFault::sender_550) return said("550 5.7.1 not you");
        mail_ = {.from = address_in(line)};
        return said("250 2.1.0 ok");
    }
    if (verb == "rcpt") return recipient(address_in(line));
    if (verb != "data") return said("502 5.5.2 not known here");
    if (mail_.to.empty()) return said(not_now);
    in_ = In::message;
    return said("354 go on");
}

Reply MailDialogue::hello() const {
    std::string lines = "250-mail.example.com\r\n250-8BITMIME\r\n250-SIZE 10000000\r\n";
    if (tls_ == Tls::offered) lines += "250-STARTTLS\r\n";
    if (!options_.user.empty()) lines += "250-AUTH PLAIN LOGIN\r\n";
    return said(lines + "250 ENHANCEDSTATUSCODES");
}

Reply MailDialogue::auth(const std::string& line) {
    const auto words = text::split(line, ' ');
    const auto way = words.size() > 1 ? text::lower(words[1]) : "";
    if (options_.user.empty() || (way != "plain" && way != "login"))
        return said("504 5.5.4 no such way of logging in");
    in_ = way == "plain" ? In::plain : In::login_user;
    if (words.size() > 2) return credentials(words[2]);
    return said(way == "plain" ? "334 " : "334 VXNlcm5hbWU6");
}

Reply MailDialogue::credentials(std::string_view line) {
    const auto bytes = from_base64(line).value_or("");
    if (in_ == In::login_user) {
        user_ = bytes;
        in_ = In::login_password;
        return said("334 UGFzc3dvcmQ6");
    }
    if (in_ == In::login_password) return judged(user_, bytes);
    const auto first = bytes.find('\0'), second = bytes.find('\0', first + 1);
    if (second == bytes.npos) return judged("", "");
    return judged(bytes.substr(first + 1, second - first - 1), bytes.substr(second + 1));
}

Reply MailDialogue::judged(const std::string& user, const std::string& password) {
    in_ = In::commands;
    logged_in_ = user == options_.user && password == options_.password;
    return said(logged_in_ ? "235 2.7.0 welcome" : "535 5.7.8 not right");
}

Reply MailDialogue::recipient(const std::string& address) {
    if (mail_.from.empty()) return said(not_now);
    const auto refused =
        std::ranges::find(options_.refuses, address, &std::pair<std::string, int>::first);
    if (refused != options_.refuses.end())
        return said(std::to_string(refused->second) + " not " + address);
    mail_.to.push_back(address);
    return said("250 2.1.5 ok");
}

Reply MailDialogue::message_line(std::string_view line) {
    if (line == ".") return message_ended();
    mail_.text += std::string(line.substr(line.starts_with('.') ? 1 : 0)) + "\r\n";
    return {"", options_.fault == MailFault::cut_off_in_data ? Then::hang_up : Then::go_on};
}

Reply MailDialogue::message_ended() {
    in_ = In::commands;
    heard.emplace_back("(message)");
    if (options_.fault == MailFault::busy_451) return said("451 4.3.0 not now");
    if (options_.fault == MailFault::too_large_552) return said("552 5.3.4 too large");
    taken.push_back(std::exchange(mail_, {}));
    if (options_.fault == MailFault::cut_off_after_data) return {"", Then::hang_up};
    return said("250 2.0.0 taken");
}

}  // namespace dreams::sim
