#include "base/smtp_talk.h"

#include <algorithm>

#include "base/text.h"

namespace dreams::smtp {
namespace {

bool for_now(int code) {
    return code < 500;
}
std::string in_brackets(int code) {
    return " (" + std::to_string(code) + ")";
}

}  // namespace

void Talk::said(std::string_view command) {
    if (command.starts_with("AUTH ")) step_ = Step::login;
    if (command.starts_with("MAIL FROM:")) step_ = Step::sender;
    if (command.starts_with("DATA\r")) step_ = Step::message;
    if (command.starts_with("QUIT\r")) over_ = true;
    if (!command.starts_with("RCPT TO:")) return;
    step_ = Step::recipient;
    ++recipient_;
}

void Talk::answered(std::string_view line) {
    const auto code = text::integer(line.substr(0, 3));
    const bool goes_on = line.size() > 3 && line[3] == '-';
    if (over_ || !code || goes_on || *code < 400 || *code > 599) return;
    const int number = static_cast<int>(*code);
    if (step_ == Step::recipient) {
        refused_.push_back({recipient_, number});
    } else {
        code_ = number;
        refused_at_ = step_;
    }
}

std::string Talk::named_recipients() const {
    std::string named = refused_.size() == 1 ? "recipient " : "recipients ";
    for (const auto& each : refused_)
        named += (&each == &refused_.front() ? "" : ", ") + std::to_string(each.recipient) +
                 in_brackets(each.code);
    return named;
}

std::optional<Error> Talk::refusal(const std::string& site, std::size_t recipients) const {
    if (refused_.size() == recipients) {
        const bool later = std::ranges::any_of(refused_, for_now, &Refused::code);
        return Error(later ? Fault::unavailable : Fault::invalid,
                     site + " refuses " + named_recipients());
    }
    if (code_ == 0) return std::nullopt;
    const bool wants_login = code_ == 530 || code_ == 538;
    const bool at_login = refused_at_ == Step::login || wants_login;
    const auto what = wants_login                     ? " wants a login"
                      : at_login && for_now(code_)    ? " takes no login now"
                      : at_login                      ? " refuses the user or the password"
                      : refused_at_ == Step::greeting ? " takes no mail from this machine"
                      : refused_at_ == Step::sender   ? " takes no mail from this sender"
                                                      : " does not take the message";
    return Error(for_now(code_) ? Fault::unavailable
                 : at_login     ? Fault::unauthorized
                                : Fault::invalid,
                 site + what + in_brackets(code_));
}

std::optional<Error> Talk::shortfall(const std::string& site, std::size_t recipients) const {
    if (refused_.empty()) return std::nullopt;
    return Error(Fault::invalid,
                 site + " has the message for " + std::to_string(recipients - refused_.size()) +
                     " of " + std::to_string(recipients) + ": it refuses " + named_recipients());
}

}  // namespace dreams::smtp
