#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dreams::sim {

/// What a relay does wrong, or refuses.
enum class MailFault {
    none,
    closed_421,          ///< takes no mail now, and hangs up
    sender_550,          ///< nobody may be the sender
    busy_451,            ///< the message, for now
    too_large_552,       ///< the message, for good
    cut_off_in_data,     ///< hangs up in the middle of the message
    cut_off_after_data,  ///< has the message, and hangs up before it says so
    silent,              ///< never says a word
};

/// How a simulated relay behaves.
struct MailOptions {
    std::string user, password;  ///< no user: it takes mail from anyone, without login
    std::vector<std::pair<std::string, int>> refuses;  ///< recipients, and the reply's number
    MailFault fault = MailFault::none;
};

/// A message as a relay has it.
struct Mail {
    std::string from;
    std::vector<std::string> to;
    std::string text;  ///< lines ended by \r\n; the dots of the transfer taken off
};

/// One connection's talk (RFC 5321, AUTH PLAIN and LOGIN of RFC 4954): a line in, a reply out.
class MailDialogue {
public:
    enum class Tls { none, offered, on };
    enum class Then { go_on, start_tls, hang_up };
    struct Reply {
        std::string text;  ///< with its line ends; may be empty
        Then then = Then::go_on;
    };

    MailDialogue(const MailOptions& options, Tls tls) : options_(options), tls_(tls) {}

    Reply greeting() const;
    /// What the relay says to a line, which comes without its end.
    Reply answer(std::string_view line);
    void tls_is_on();  ///< all that was said before is forgotten

    std::vector<Mail> taken;         ///< messages, in the order they came
    std::vector<std::string> heard;  ///< lines; of a message only that there was one, `(message)`

private:
    Reply command(const std::string& line);
    Reply hello() const;
    Reply auth(const std::string& line);
    Reply credentials(std::string_view line);
    Reply judged(const std::string& user, const std::string& password);
    Reply recipient(const std::string& address);
    Reply message_line(std::string_view line);
    Reply message_ended();

    const MailOptions& options_;
    Tls tls_;
    enum class In { commands, plain, login_user, login_password, message } in_ = In::commands;
    bool logged_in_ = false;
    std::string user_;  ///< said by AUTH LOGIN
    Mail mail_;
};

}  // namespace dreams::sim
