#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace dreams::smtp {

/// What a client and a relay said to each other, as far as a refusal is in it. `site` is the
/// relay's name in its sentences, `recipients` how many there are in all.
class Talk {
public:
    void said(std::string_view command);   ///< a line of the client's
    void answered(std::string_view line);  ///< of the relay's

    /// What the relay refused, so that nobody has the message; none: it refused nothing.
    std::optional<Error> refusal(const std::string& site, std::size_t recipients) const;
    /// The relay has taken the message: for whom not; none: it took it for all.
    std::optional<Error> shortfall(const std::string& site, std::size_t recipients) const;

private:
    enum class Step { greeting, login, sender, recipient, message };
    struct Refused {
        std::size_t recipient;  ///< counted from 1
        int code;
    };
    std::string named_recipients() const;

    Step step_ = Step::greeting;
    bool over_ = false;
    std::size_t recipient_ = 0;     ///< of whom was spoken last; 0: of nobody yet
    std::vector<Refused> refused_;  ///< recipients
    int code_ = 0;                  ///< of what else was refused last; 0: nothing
    Step refused_at_ = Step::greeting;
};

}  // namespace dreams::smtp
