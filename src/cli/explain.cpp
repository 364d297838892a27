#include <fmt/format.h>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/before_calling.h"
#include "store/leads.h"
#include "web/score_json.h"

namespace dreams::cli {
namespace {

/// A score by its name: as the file has it, and as it follows from what the file knows.
struct Part {
    const char* name;
    std::int64_t stored;
    const score::Explained& score;
};
std::vector<Part> parts_of(const Scores& stored, const score::Judgement& judged) {
    return {{"priority", stored.priority, judged.priority},
            {"heat", stored.heat, judged.heat},
            {"value", stored.value, judged.value},
            {"relationship", stored.relationship, judged.relationship}};
}

/// What was asked, and the answer.
struct Explanation {
    Lead lead;
    const score::Policy& policy;
    Instant as_of;
    bool as_stored;  ///< neither an instant nor a policy was asked for: the file's scores it is
    bool stale;      ///< not all they did or said could be read: the file's scores do not fall
    History history;
    score::Judgement judged;
};

Explanation explained(const Context& context, Db& db, const ExplainArguments& arguments) {
    std::string who;
    for (const auto& name : arguments.lead) who += (who.empty() ? "" : " ") + name;
    Lead lead = store::lead(db, store::find_lead(db, who)).value();
    const auto before = store::before_calling(db, lead.id);
    const auto* policy = score::policy_named(
        arguments.policy.empty() ? before.policy.value_or("house") : arguments.policy);
    if (!policy) policy = &score::house_policy();  // the file's scores are a later program's
    const auto as_of = arguments.as_of.empty() ? lead.scores.recorded_at.value_or(context.now())
                                               : *instant_from(arguments.as_of);
    const bool as_stored =
        lead.scores.recorded_at && arguments.as_of.empty() && arguments.policy.empty();
    auto [history, judged] = jobs::explain(db, lead.id, *policy, as_of);
    return {std::move(lead),    *policy,          as_of, as_stored, before.stale_since.has_value(),
            std::move(history), std::move(judged)};
}

std::string json_of(const Explanation& explanation) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("lead_id", explanation.lead.id);
    json.member("fub_id", explanation.lead.person.fub_id).member("as_of", explanation.as_of);
    json.member("policy", explanation.policy.name).member("reason", explanation.judged.reason);
    web::write_scores(json.key("scores"), explanation.judged, explanation.history);
    json.end_object();
    return out;
}

/// What stands behind a contribution, strongest first, at most `most` of it.
std::string behind(const Explanation& explanation, const score::Contribution& part,
                   std::size_t most, const Zone& zone) {
    std::string text;
    for (std::size_t i = 0; i < part.traces.size() && i < most; ++i) {
        const auto trace = part.traces[i];
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", explanation.history.ids[trace],
                            zone.to_local_text(explanation.history.traces[trace].at));
    }
    if (part.traces.size() > most) text += fmt::format(", {} more", part.traces.size() - most);
    return text;
}

/// Why the file's score may be another than what follows from what the file knows.
std::string unlike_stored(const Explanation& explanation, std::int64_t stored,
                          std::int64_t follows) {
    if (!explanation.as_stored || stored == follows) return "";
    const auto in_file = ", in the file " + std::to_string(stored) + ": ";
    return explanation.stale && stored > follows
               ? in_file +
                     "some of what they did or said could not be read, so it does not fall"
                     " meanwhile"
               : in_file + "more has come in since it was scored";
}

void tell(const Explanation& explanation, std::size_t most_events, const Zone& zone) {
    const auto& person = explanation.lead.person;
    print(fmt::format("{} {} ({}), by the {} policy as of {}", person.first_name.value_or(""),
                      person.last_name.value_or(""), explanation.lead.id.text,
                      explanation.policy.name, zone.to_local_text(explanation.as_of)));
    print(explanation.judged.reason);
    for (const auto& [name, stored, score] :
         parts_of(explanation.lead.scores, explanation.judged)) {
        print("");
        print(fmt::format("{} {} ({:.2f})", name, score.value, score.raw) +
              unlike_stored(explanation, stored, score.value));
        std::vector<Cells> rows;
        for (const auto& part : score.contributions)
            rows.push_back({fmt::format("{:+.2f}", part.points), std::string(part.name), part.why,
                            behind(explanation, part, most_events, zone)});
        if (!rows.empty()) print_table({"#points", "for", "why", "from"}, rows);
    }
}

}  // namespace

int explain(const Context& context, const ExplainArguments& arguments) {
    constexpr std::size_t first_few = 3;
    Db db = context.open(Db::Mode::read_only);
    const auto explanation = explained(context, db, arguments);
    if (context.json)
        print_json(json_of(explanation));
    else
        tell(explanation, arguments.all_events ? explanation.history.ids.size() : first_few,
             context.zone());
    return exit_done;
}

}  // namespace dreams::cli
