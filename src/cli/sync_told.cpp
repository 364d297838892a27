#include "cli/sync_told.h"

#include <fmt/format.h>

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/context.h"

namespace dreams::cli {
namespace {

void write_counts(json::Writer& json, std::int64_t requests, const Counts& counts) {
    json.member("requests", requests)
        .member("processed", counts.processed)
        .member("created", counts.created)
        .member("updated", counts.updated)
        .member("unchanged", counts.unchanged)
        .member("failed", counts.failed);
}

void write_run(json::Writer& json, const SyncReport& run) {
    json.begin_object().member("source", run.source).member("outcome", run.outcome);
    write_counts(json, run.requests, run.counts);
    json.member("seconds", run.seconds).key("streams").begin_object();
    for (const auto& [name, requests, counts] : run.streams) {
        json.key(name).begin_object();
        write_counts(json, requests, counts);
        json.end_object();
    }
    json.end_object().key("refused").begin_array();
    for (const auto& [what, why] : run.refused)
        json.begin_object().member("what", what).member("why", why).end_object();
    json.end_array().member("notices", run.notices);
    if (!run.error.empty()) json.member("error", run.error);
    json.end_object();
}

void tell_run(const SyncReport& run) {
    std::vector<Cells> rows;
    for (const auto& [name, requests, counts] : run.streams) {
        Cells row{name};
        for (const auto number : {requests, counts.processed, counts.created, counts.updated,
                                  counts.unchanged, counts.failed})
            row.push_back(text::grouped(number));
        rows.push_back(std::move(row));
    }
    if (!rows.empty())
        print_table({"", "#requests", "#read", "#new", "#changed", "#same", "#refused"}, rows);
    for (const auto& [what, why] : run.refused) print("refused: " + what + ": " + why);
    if (const auto told = static_cast<std::int64_t>(run.refused.size()); told < run.counts.failed)
        print("refused: " + text::grouped(run.counts.failed - told) + " more");
    for (const auto& notice : run.notices) print("note: " + notice);
    print(fmt::format("{}: {} in {:.1f} s, {} requests, {} new, {} changed", run.source,
                      word(run.outcome), run.seconds, text::grouped(run.requests),
                      text::grouped(run.counts.created), text::grouped(run.counts.updated)));
}

}  // namespace

std::string json_of(const std::vector<SyncReport>& runs,
                    const std::optional<jobs::RescoreReport>& scored) {
    std::string out;
    json::Writer json(out);
    json.begin_object().key("runs").begin_array();
    for (const auto& run : runs) write_run(json, run);
    json.end_array();
    if (scored)
        json.key("scored")
            .begin_object()
            .member("people", scored->people)
            .member("changed", scored->changed)
            .member("day", scored->day)
            .end_object();
    json.end_object();
    return out;
}

std::string json_of(const SyncReport& run) {
    std::string out;
    json::Writer json(out);
    write_run(json, run);
    return out;
}

void tell(const std::vector<SyncReport>& runs, const std::optional<jobs::RescoreReport>& scored) {
    for (const auto& run : runs)
        if (run.sync_id != 0) tell_run(run);  // of one that never began there is but its error
    if (scored)
        print(text::grouped(scored->people) + " people scored, " + text::grouped(scored->changed) +
              " with another priority than before");
}

}  // namespace dreams::cli
