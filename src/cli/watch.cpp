#include "cli/watch.h"

#include "base/json_writer.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/idx.h"
#include "cli/news_ways.h"
#include "cli/notified.h"
#include "cli/sync_told.h"
#include "jobs/watch.h"
#include "store/fetch_hosts.h"
#include "store/lease.h"
#include "store/watched_homes.h"

namespace dreams::cli {
namespace {

std::int64_t homes_a_run(const Context& context) {
    const auto homes = context.settings.count("watch.homes");
    if (homes < 1) throw Error(Fault::invalid, "watch.homes is the number of homes, 1 or more");
    return homes;
}

void look(const Context& context, Db& db, jobs::Progress& progress, Watched& watched) {
    const auto& url = context.settings.text("idx.url");
    if (url.empty()) return;
    try {
        auto guest =
            site_reader(context.settings, *context.clock, store::fetch_hosts(db), progress);
        sources::Idx idx(url, guest);
        watched.run = jobs::watch(db, idx, guest, *context.clock, homes_a_run(context), progress);
        watched.failure = watched.run->error;
    } catch (const store::LeaseHeld& held) {
        watched.busy = true;
        watched.failure = held.what();
    }
}

void write_told(json::Writer& json, const jobs::Told& told) {
    json.key("told").begin_object();
    json.member("homes", told.homes).member("changes", told.changes);
    json.member("passed", told.passed).member("waiting", told.waiting);
    json.key("sent").truth(!told.unsaid);
    write_members(json, told.notified);
    json.member("sentence", told.sentence());
    if (told.message) json.member("subject", told.message->subject);
    json.end_object();
}

int answer(const Context& context, const Watched& watched) {
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object();
        if (watched.run) json.key("run").raw(json_of(*watched.run));
        write_told(json, watched.told);
        json.end_object();
        print_json(out);
    } else if (!context.quiet) {
        if (watched.run) tell({*watched.run}, {});
        if (!watched.run && watched.failure.empty())
            remark(context, "idx.url is not set: nothing was looked at");
        print(watched.told.sentence());
    }
    for (const auto& each : watched.told.notified.not_taken)
        remark(context, each.channel + ": " + each.sentence);
    if (!watched.failure.empty()) print_error(watched.failure);
    if (watched.busy) return exit_busy;
    if (!watched.failure.empty() || watched.is_unsent()) return exit_failed;
    return watched.run && watched.run->outcome == Outcome::partial ? exit_partial : exit_done;
}

/// What would be looked at and told; asks nobody and changes nothing.
int preview(const Context& context) {
    Db db = context.open(Db::Mode::read_only);
    const auto now = context.now();
    const auto homes =
        store::homes_to_watch(db, now - jobs::looks_apart, now, homes_a_run(context));
    const auto told = jobs::what_to_tell(db, news_ways(context), context.zone(), now);
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object().key("homes").begin_array();
        for (const auto& each : homes)
            json.begin_object()
                .member("property_id", each.home.id)
                .member("address", each.home.address)
                .member("mls_number", each.number())
                .member("people", each.people)
                .end_object();
        json.end_array();
        write_told(json, told);
        json.end_object();
        print_json(out);
        return exit_done;
    }
    std::vector<Cells> rows;
    for (const auto& each : homes)
        rows.push_back({each.home.address.value_or(each.home.id.text), each.number(),
                        each.status.value_or(""), std::to_string(each.people)});
    if (rows.empty())
        print("no home is to be looked at now");
    else
        print_table({"home", "MLS number", "status", "#people"}, rows);
    print(told.sentence());
    if (told.message) print_lines("\n" + told.message->subject + "\n\n" + told.message->text);
    return exit_done;
}

}  // namespace

std::string Watched::sentence() const {
    if (!failure.empty()) return failure;
    std::string looked;
    if (run)
        looked = text::grouped(run->counts.processed) + " homes looked at, " +
                 text::grouped(run->counts.updated) + " changed, " + text::grouped(run->requests) +
                 " requests; ";
    return looked + told.sentence();
}

Watched look_and_tell(const Context& context, Db& db, jobs::Progress& progress) {
    Watched watched;
    look(context, db, progress, watched);
    watched.told = jobs::tell(db, news_ways(context), context.zone(), context.now());
    return watched;
}

int watch(const Context& context, const WatchArguments& arguments) {
    if (arguments.dry_run) return preview(context);
    Db db = context.open();
    return answer(context, look_and_tell(context, db, *terminal_progress(context)));
}

}  // namespace dreams::cli
