#include "sources/json_answer.h"

#include "base/text.h"

namespace dreams::sources {

json::Value json_answer(const std::string& who, const std::function<http::Answer()>& ask,
                        const std::function<Error(const http::Answer&)>& refusal) {
    constexpr int readings = 3;
    for (int reading = 1;; ++reading) {
        const auto answer = ask();
        if (answer.status != 200) throw refusal(answer);
        try {
            return json::parse(answer.body);
        } catch (const Error& error) {
            if (reading < readings) continue;
            const bool page = text::trimmed(answer.body).starts_with('<');
            throw Error(Fault::unavailable,
                        page ? who + " answered with a web page instead of data"
                             : who + "'s answer was cut off or is " + std::string(error.what()));
        }
    }
}

}  // namespace dreams::sources
