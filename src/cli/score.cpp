#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/whole_file.h"

namespace dreams::cli {
namespace {

std::string json_of(const jobs::RescoreReport& report, const score::Policy& policy, Instant as_of) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("people", report.people).member("changed", report.changed);
    json.member("as_of", as_of).member("day", report.day).member("policy", policy.name);
    json.member("unknown_stages", report.unknown_stages).key("seconds").begin_object();
    json.member("reading", report.reading_seconds)
        .member("scoring", report.scoring_seconds)
        .member("writing", report.writing_seconds);
    json.end_object().end_object();
    return out;
}

}  // namespace

std::string unknown_stage(const std::string& stage) {
    return "the stage '" + stage + "' is not known to the scoring; it counts as neutral";
}

int score(const Context& context, const ScoreArguments& arguments) {
    const store::InUse in_use(context.open(), context.now());
    Db db = context.open();
    const auto as_of = arguments.as_of.empty() ? context.now() : *instant_from(arguments.as_of);
    const score::Policy& policy = *score::policy_named(arguments.policy);
    auto progress = terminal_progress(context);
    const auto report = jobs::rescore(db, policy, as_of, context.zone(), {}, *progress);
    progress.reset();  // ends its line before the answer begins
    if (context.json) {
        print_json(json_of(report, policy, as_of));
        return exit_done;
    }
    // The January formulas name stages that no account has: there it is no news.
    if (policy.recipe == score::Recipe::house)
        for (const auto& stage : report.unknown_stages) remark(context, unknown_stage(stage));
    print(fmt::format("{} people scored as of {} for {}, {} with another priority than before",
                      text::grouped(report.people), to_text(as_of), to_text(report.day),
                      text::grouped(report.changed)));
    return exit_done;
}

}  // namespace dreams::cli
