#include "cli/match.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "score/match_policy.h"
#include "store/leads.h"
#include "web/match_view.h"
#include "web/wording.h"

namespace dreams::cli {
namespace {

std::optional<LeadId> lead_asked(Db& db, const MatchArguments& arguments) {
    std::string who;
    for (const auto& word : arguments.lead) who += (who.empty() ? "" : " ") + word;
    return who.empty() ? std::nullopt : std::optional(store::find_lead(db, who));
}

std::string json_of(const jobs::MatchReport& report, const MatchArguments& arguments) {
    std::string out;
    json::Writer json(out);
    json.begin_object().member("buyers", report.buyers).member("without", report.without);
    json.member("left_out", report.left_out).member("homes", report.homes);
    json.member("created", report.created).member("changed", report.changed);
    json.member("unchanged", report.unchanged).member("withdrawn", report.withdrawn);
    json.member("kept", report.kept).key("dry_run").truth(arguments.dry_run);
    json.member("buyer", report.buyer).member("no_buyer", report.no_buyer);
    json.member("total", report.best.total).member("suggestions", report.best.lines);
    json.key("seconds").begin_object().member("reading", report.reading_seconds);
    json.member("matching", report.matching_seconds).member("writing", report.writing_seconds);
    json.end_object().end_object();
    return out;
}

void print_lines(const store::MatchLines& found) {
    std::vector<Cells> rows;
    for (const auto& line : found.lines)
        rows.push_back({fmt::format("{:.1f}", line.match.scores.total.value_or(0)), line.name,
                        line.address.value_or(line.match.property.text), line.city.value_or(""),
                        line.price ? web::money(*line.price) : "",
                        web::why_of(line.match.scores.breakdown)});
    print_table({"#fits", "who", "home", "city", "#price", "why"}, rows);
}

/// What to know of the one person who was asked for.
void remark_on_buyer(const Context& context, const jobs::MatchReport& report) {
    if (report.no_buyer) remark(context, "no home is sought for them: " + *report.no_buyer);
    if (!report.buyer) return;
    for (const auto& sentence :
         {report.buyer->none_because, report.buyer->disagreement, report.buyer->left_out})
        if (sentence) remark(context, *sentence);
}

}  // namespace

std::string told(const jobs::MatchReport& report) {
    return fmt::format(
        "{} and {}: {} new, {} changed, {} withdrawn; {} without any",
        web::counted(report.buyers, "buyer", "buyers"), web::counted(report.homes, "home", "homes"),
        web::counted(report.created, "suggestion", "suggestions"), text::grouped(report.changed),
        text::grouped(report.withdrawn), web::counted(report.without, "buyer", "buyers"));
}

int match(const Context& context, const MatchArguments& arguments) {
    Db db = context.open();
    jobs::MatchOptions options{.lead = lead_asked(db, arguments), .lines = arguments.limit};
    if (!arguments.property.empty()) options.home = PropertyId{arguments.property};
    if (arguments.dry_run) options.rehearsal = jobs::Rehearsal::yes;
    auto progress = terminal_progress(context);
    const auto report =
        jobs::match(db, score::match_policy(), context.now(), context.zone(), options, *progress);
    progress.reset();  // ends its line before the answer begins
    if (context.json) {
        print_json(json_of(report, arguments));
        return exit_done;
    }
    if (report.best.lines.empty())
        remark(context, report.homes == 0
                            ? "no home is on the market; `dreams import` or `dreams sync` brings "
                              "some in"
                            : "no suggestion");
    else
        print_lines(report.best);
    remark_on_buyer(context, report);
    print(told(report) + (arguments.dry_run ? "; nothing was changed" : ""));
    return exit_done;
}

}  // namespace dreams::cli
