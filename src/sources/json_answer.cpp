#include "sources/json_answer.h"

#include "base/text.h"

namespace dreams::sources {

json::Value read_json(const std::string& who, const http::Answer& answer) {
    try {
        return json::parse(answer.body);
    } catch (const Error& error) {
        const bool page = text::trimmed(answer.body).starts_with('<');
        throw Error(Fault::unavailable,
                    page ? who + " answered with a web page instead of data"
                         : who + "'s answer was cut off or is " + std::string(error.what()));
    }
}

json::Value json_answer(const std::string& who, const std::function<http::Answer()>& ask,
                        const std::function<Error(const http::Answer&)>& refusal) {
    constexpr int readings = 3;
    for (int reading = 1;; ++reading) {
        const auto answer = ask();
        if (answer.status != 200) throw refusal(answer);
        try {
            return read_json(who, answer);
        } catch (const Error&) {
            if (reading >= readings) throw;
        }
    }
}

std::string own_word(const http::Answer& answer,
                     const std::function<std::optional<std::string>(const json::Value&)>& word) {
    constexpr std::size_t longest = 300;
    try {
        return text::shortened(word(json::parse(answer.body)).value_or(""), longest);
    } catch (const Error&) {
        return "";  // the status says enough
    }
}

std::string in_brackets(const std::string& word) {
    return word.empty() ? "" : " (" + word + ")";
}

}  // namespace dreams::sources
