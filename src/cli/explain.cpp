#include <fmt/format.h>

#include "base/json_writer.h"
#include "cli/commands.h"
#include "jobs/rescore.h"
#include "score/policy.h"
#include "store/leads.h"

namespace dreams::cli {
namespace {

using Parts = std::vector<std::pair<const char*, const score::Explained*>>;

Parts parts_of(const score::Judgement& judgement) {
    return {{"heat", &judgement.heat},
            {"value", &judgement.value},
            {"relationship", &judgement.relationship},
            {"priority", &judgement.priority}};
}

std::string json_of(const History& history, const score::Judgement& judgement,
                    const score::Policy& policy, Instant as_of) {
    std::string out;
    json::Writer json(out);
    json.begin_object()
        .member("lead_id", history.lead)
        .member("as_of", as_of)
        .member("policy", policy.name);
    json.key("scores").begin_object();
    for (const auto& [name, part] : parts_of(judgement)) {
        json.key(name).begin_object().member("value", part->value).member("raw", part->raw);
        json.key("contributions").begin_array();
        for (const auto& contribution : part->contributions) {
            json.begin_object()
                .member("name", contribution.name)
                .member("points", contribution.points);
            json.member("why", contribution.why).key("events").begin_array();
            for (const auto trace : contribution.traces) json.string(history.ids[trace]);
            json.end_array().end_object();
        }
        json.end_array().end_object();
    }
    json.end_object().member("reason", judgement.reason).end_object();
    return out;
}

/// The ids behind a contribution, the first few of them.
std::string ids_of(const History& history, const score::Contribution& contribution) {
    constexpr std::size_t told = 4;
    std::string ids;
    for (std::size_t i = 0; i < std::min(told, contribution.traces.size()); ++i)
        ids += (i == 0 ? "" : " ") + history.ids[contribution.traces[i]];
    if (contribution.traces.size() > told)
        ids += fmt::format(" and {} more", contribution.traces.size() - told);
    return ids;
}

}  // namespace

int explain(const Context& context, const ExplainArguments& arguments) {
    Db db = context.open(Db::Mode::read_only);
    const LeadId lead = store::find_lead(db, arguments.lead);
    const auto as_of = arguments.as_of.empty() ? context.now() : *instant_from(arguments.as_of);
    const score::Policy& policy = *score::policy_named(arguments.policy);
    const auto [history, judgement] = jobs::explain(db, lead, policy, as_of);
    if (context.json) {
        print_json(json_of(history, judgement, policy, as_of));
        return exit_done;
    }
    print(judgement.reason);
    for (const auto& [name, part] : parts_of(judgement)) {
        print(fmt::format("\n{} {}", name, part->value));
        std::vector<std::vector<std::string>> rows;
        for (const auto& contribution : part->contributions)
            rows.push_back({fmt::format("{:+.2f}", contribution.points),
                            std::string(contribution.name), contribution.why,
                            ids_of(history, contribution)});
        print_table({"#points", "what", "why", "events"}, rows);
    }
    return exit_done;
}

}  // namespace dreams::cli
