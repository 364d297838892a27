#include "cli/idx.h"

#include <algorithm>

#include "base/error.h"
#include "jobs/sync_idx.h"
#include "store/fetch_hosts.h"
#include "store/idx_validation.h"
#include "store/properties.h"

namespace dreams::cli {
namespace {

/// What is worth a word: the usual pause between two requests is none.
constexpr std::chrono::seconds long_wait{15};

}  // namespace

sources::Fetcher site_reader(const config::Settings& settings, Clock& clock,
                             std::vector<FetchHost> known, jobs::Progress& progress) {
    const auto& url = settings.text("idx.url");
    if (url.empty())
        throw Error(Fault::invalid,
                    "your team's listing site is not known: set idx.url in dreams.toml, or "
                    "DREAMS_IDX_URL, to its address as https://www.yourteam.com");
    sources::FetchRules rules{.allow = settings.list("fetch.allow_hosts"),
                              .pace = std::chrono::milliseconds(
                                  static_cast<std::int64_t>(settings.number("idx.pace") * 1000)),
                              .contact = settings.text("fetch.contact")};
    rules.allow.push_back(url);
    return sources::Fetcher(
        std::move(rules), http::network(), clock, std::move(known),
        [&progress](std::chrono::seconds wait, std::string_view why) {
            if (wait < long_wait) return;
            progress.note("waiting " + std::to_string(wait.count()) + " s: " + std::string(why));
        });
}

namespace {

/// A request waits for so many homes at most: each takes some questions, five seconds apart.
constexpr std::int64_t homes_a_request = 3;

/// Gives how many of `homes` are validated then. Throws Error: conflict (a sync of the site is
/// under way), unavailable (the site turned us away, or is down).
std::int64_t validate(const Context& context, Db& db, const std::vector<PropertyId>& homes) {
    jobs::Progress silence;
    auto guest = site_reader(context.settings, *context.clock, store::fetch_hosts(db), silence);
    sources::Idx idx(context.settings.text("idx.url"), guest);
    const auto report = jobs::sync_idx(db, idx, guest, *context.clock, {.only = homes}, silence);
    if (report.outcome == Outcome::failed) throw Error(Fault::unavailable, report.error);
    if (!report.notices.empty()) throw Error(Fault::unavailable, report.notices.front());
    return std::ranges::count_if(homes, [&](const PropertyId& home) {
        const auto row = store::property(db, home);
        return row && row->idx.idx_validation_status == "validated";
    });
}

}  // namespace

web::Orders idx_orders(const Context& context) {
    if (context.settings.text("idx.url").empty()) return {};
    return {
        .validate_idx =
            [&context](const PropertyId& home) {
                Db db = context.open();
                validate(context, db, {home});
                const auto row = store::property(db, home);
                if (!row)
                    throw Error(Fault::not_found,
                                "property " + home.text + " is not there any more");
                return row->idx;
            },
        .validate_waiting = [&context]() -> std::int64_t {
            Db db = context.open();
            std::vector<PropertyId> waiting;
            for (const auto& home : store::homes_to_validate(db, context.now(), homes_a_request))
                waiting.push_back(home.id);
            return waiting.empty() ? 0 : validate(context, db, waiting);
        }};
}

}  // namespace dreams::cli
