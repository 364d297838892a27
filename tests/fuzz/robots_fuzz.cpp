// robots.txt: the first line is the path that is asked for, the rest is the file.

#include "base/robots.h"

#include "fuzz/fuzz.h"

using namespace dreams;

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto text = fuzz::text_of(data, size);
    const auto end = std::min(text.find('\n'), text.size());
    const auto robots = http::Robots::read(text.substr(std::min(end + 1, text.size())), "dreams");
    fuzz::promise(robots.allows("/robots.txt"), "robots.txt itself may always be asked for");
    const bool allowed = robots.allows(text.substr(0, end));
    fuzz::promise(allowed == robots.allows(text.substr(0, end)),
                  "the same question, the same answer");
    if (const auto delay = robots.crawl_delay())
        fuzz::promise(delay->count() >= 0 && delay->count() <= 3600, "a delay is at most an hour");
    return 0;
}
