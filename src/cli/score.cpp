#include "score/policy.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "jobs/rescore.h"

namespace dreams::cli {

int score(const Context& context, const ScoreArguments& arguments) {
    Db db = context.open();
    const auto as_of = arguments.as_of.empty() ? context.now() : *instant_from(arguments.as_of);
    const score::Policy& policy = *score::policy_named(arguments.policy);
    const auto progress = terminal_progress(context);
    const auto report = jobs::rescore(db, policy, as_of, context.zone(), {}, *progress);
    if (context.json) {
        std::string out;
        json::Writer(out)
            .begin_object()
            .member("people", report.people)
            .member("changed", report.changed)
            .member("day", report.day)
            .member("policy", policy.name)
            .member("unknown_stages", report.unknown_stages)
            .end_object();
        print_json(out);
        return exit_done;
    }
    // The January formulas name stages that no account has: there it is no news.
    if (policy.recipe == score::Recipe::house)
        for (const auto& stage : report.unknown_stages)
            remark(context,
                   "the stage '" + stage + "' is not known to the scoring; it counts as neutral");
    remark(context, text::grouped(report.people) + " people scored as of " + to_text(as_of) + ", " +
                        text::grouped(report.changed) + " with another priority than before");
    return exit_done;
}

}  // namespace dreams::cli
