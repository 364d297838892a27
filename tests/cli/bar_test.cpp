#include "cli/bar.h"

#include <gmock/gmock.h>

#include <sstream>

namespace dreams::cli {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

struct Terminal {
    ManualClock clock{Instant{}};
    std::ostringstream out;

    /// The lines as they stand at the end: each without what was written over.
    std::vector<std::string> lines() const {
        std::vector<std::string> lines;
        std::istringstream text(out.str());
        for (std::string line; std::getline(text, line);) {
            const auto last = line.rfind("\r\033[K");
            lines.push_back(last == std::string::npos ? line : line.substr(last + 4));
        }
        return lines;
    }
};

TEST(Bar, SaysHowFarHowFastAndHowLongYet) {
    Terminal terminal;
    Bar bar(terminal.out, 200, terminal.clock);
    bar.part("events", 5000);
    terminal.clock.sleep(10s);
    bar.done(2000);
    EXPECT_THAT(terminal.out.str(),
                EndsWith("[#########...............] 2,000 of 5,000, 200/s, 15 s left"));
}

TEST(Bar, SaysOnlyHowFarWhereTheEndIsUnknown) {
    Terminal terminal;
    Bar bar(terminal.out, 200, terminal.clock);
    bar.part("people", 0);
    terminal.clock.sleep(2s);
    bar.done(300);
    EXPECT_THAT(terminal.out.str(), EndsWith(" 300, 150/s"));
    EXPECT_THAT(terminal.out.str(), Not(HasSubstr("[#")));
}

TEST(Bar, DrawsNoOftenerThanAnEyeSees) {
    Terminal terminal;
    Bar bar(terminal.out, 200, terminal.clock);
    bar.part("events", 1000);
    const auto before = terminal.out.str();
    for (int i = 1; i < 100; ++i) bar.done(i);
    EXPECT_EQ(terminal.out.str(), before);
    terminal.clock.sleep(100ms);
    bar.done(100);
    EXPECT_THAT(terminal.out.str(), EndsWith("100 of 1,000"));
}

TEST(Bar, LeavesALineForEachPartAndNote) {
    Terminal terminal;
    {
        Bar bar(terminal.out, 200, terminal.clock);
        bar.part("people", 10);
        bar.done(10);
        bar.part("events", 20);
        bar.done(7);
        bar.note("waiting 3 s: the limit\033[2J is reached");
        bar.done(20);
    }
    EXPECT_THAT(terminal.lines(),
                ElementsAre(HasSubstr("10 of 10"), HasSubstr("7 of 20"),
                            "waiting 3 s: the limit?[2J is reached", HasSubstr("20 of 20")));
}

TEST(Bar, NeverRunsOverTheEdge) {
    Terminal terminal;
    Bar bar(terminal.out, 20, terminal.clock);
    bar.part("events", 1'000'000);
    terminal.clock.sleep(10s);
    bar.done(1'000'000);
    EXPECT_THAT(terminal.out.str(), EndsWith("events             …"));
}

TEST(Bar, SpeaksOfTimeAsPeopleDo) {
    EXPECT_EQ(time_span(0s), "0 s");
    EXPECT_EQ(time_span(59s), "59 s");
    EXPECT_EQ(time_span(60s), "1 min 0 s");
    EXPECT_EQ(time_span(3599s), "59 min 59 s");
    EXPECT_EQ(time_span(3600s), "1 h 0 min");
    EXPECT_EQ(time_span(7500s), "2 h 5 min");
}

}  // namespace
}  // namespace dreams::cli
