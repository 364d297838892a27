#include "web/timetable.h"

#include <algorithm>
#include <utility>

#include "base/cron.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "store/freshness.h"
#include "store/lease.h"
#include "store/timetable.h"
#include "templates/timetable.h"
#include "templates/timetable_empty.h"
#include "templates/timetable_row.h"
#include "web/response.h"
#include "web/wording.h"

namespace dreams::web {
namespace {

using html::arg;
using Text = std::optional<std::string>;

constexpr std::size_t times_shown = 3;
/// A program looks every few seconds; one that has not by now is not there.
constexpr std::chrono::minutes overdue_after{2};

/// What a job does, in the words of whom it serves.
constexpr std::pair<std::string_view, std::string_view> titles[] = {
    {"fub", "Read Follow Up Boss"},
    {"listings", "Read your MLS's feed"},
    {"idx", "Look up homes on your listing site"},
    {"notion", "Keep Notion the same"},
    {"watch", "Look at watched homes"},
    {"score", "Score everyone"},
    {"match", "Match homes with buyers"},
    {"brief", "Send the morning page"},
    {"backup", "Back up the file"},
};

std::string_view title_of(std::string_view name) {
    const auto found =
        std::ranges::find(titles, name, &std::pair<std::string_view, std::string_view>::first);
    return found == std::end(titles) ? name : found->second;
}

/// A job and who is at it.
struct Job {
    TimedJob state;
    std::vector<Instant> next;  ///< the nearest first
    std::optional<store::LeaseHolder> holder;
    std::optional<Instant> by_hand;  ///< it was done since, by a command or a button

    bool is_off() const { return state.schedule.empty(); }
    bool waits(Instant now) const { return !holder && state.due_at && *state.due_at <= now; }
};

/// The time in the file has its jitter; those after it are the schedule's.
std::vector<Instant> next_times(const TimedJob& job, const Zone& zone) {
    std::vector<Instant> times;
    if (!job.due_at || job.schedule.empty()) return times;
    times.push_back(*job.due_at);
    const Cron cron(job.schedule);
    while (times.size() < times_shown) times.push_back(cron.next(times.back(), zone));
    return times;
}

/// When what the job reads was last read, if that was after its own last run.
std::optional<Instant> by_hand(const TimedJob& job, const std::vector<store::Freshness>& sources) {
    const auto source = std::ranges::find(sources, job.name, &store::Freshness::source);
    if (source == sources.end() || job.is_open() || source->last_success <= job.ended_at)
        return std::nullopt;
    return source->last_success;
}

std::vector<Job> jobs_of(Request& request) {
    std::vector<Job> all;
    const auto sources = store::freshness(request.db());
    for (auto& state : store::timed_jobs(request.db())) {
        auto next = next_times(state, request.zone());
        auto holder =
            store::lease_holder(request.db(), store::lease_of_job(state.name), request.now());
        const auto since = by_hand(state, sources);
        all.push_back({std::move(state), std::move(next), std::move(holder), since});
    }
    return all;
}

std::string_view state_of(const Job& job, Instant now) {
    if (job.holder) return "running";
    if (job.is_off()) return "off";
    if (job.state.is_open()) return "cut_off";
    return job.waits(now) ? "waiting" : "planned";
}

Text sentence_of(const Text& words) {
    if (!words || words->empty()) return std::nullopt;
    return words->ends_with('.') ? *words : *words + ".";
}

/// Why it is off, as a sentence on the page; a setting's name stays as it is.
Text why_off_of(const TimedJob& job) {
    auto sentence = job.schedule.empty() ? sentence_of(job.why_off) : std::nullopt;
    const bool setting = sentence && sentence->starts_with("jobs.");
    if (sentence && !setting && sentence->front() >= 'a' && sentence->front() <= 'z')
        sentence->front() = static_cast<char>(sentence->front() - 'a' + 'A');
    return sentence;
}

/// What came of it last; and when it is tried again, if another was at its work.
Text outcome_in_words(const Job& job, const Request& request) {
    const auto& state = job.state;
    if (!state.started_at || !state.ended_at || job.by_hand) return std::nullopt;
    auto sentence = sentence_of(state.sentence);
    if (state.again_since && state.due_at)
        sentence = sentence.value_or("Another run was at it.") + " It is tried again at " +
                   time_text(*state.due_at, request.zone()) +
                   ", and every ten minutes for half a day.";
    return sentence;
}

Text overdue_of(const Job& job, const Request& request) {
    const auto now = request.now();
    if (!job.holder && job.state.is_open() && !job.is_off())
        return "It was cut off, and is done again as soon as a program runs that keeps the "
               "timetable.";
    if (!job.waits(now)) return std::nullopt;
    if (!request.options().keeps_timetable)
        return "It waits for a program that keeps the timetable. This one was started with "
               "--no-jobs; dreams run keeps it.";
    if (now - *job.state.due_at < overdue_after) return std::nullopt;
    return "Missed, and not made up yet: no program keeps the timetable since " +
           moment_text(*job.state.due_at, request.zone(), request.today()) +
           ". dreams serve and dreams run do.";
}

Text running_of(const Job& job, const Request& request) {
    if (!job.holder) return std::nullopt;
    std::string who = job.holder->process.empty()
                          ? "another program"
                          : "process " + job.holder->process + " on " + job.holder->host;
    if (job.holder->since) who += ", since " + time_text(*job.holder->since, request.zone());
    return who;
}

void append_row(html::Safe& rows, const Job& job, const Request& request) {
    const auto& state = job.state;
    const auto moment = [&](Instant at) {
        return moment_text(at, request.zone(), request.today());
    };
    const auto last_at = job.by_hand ? job.by_hand : state.started_at;
    const auto last = last_at ? Text(moment(*last_at)) : std::nullopt;
    const auto late =
        state.was_made_up() ? Text("made up: due " + moment(*state.was_due_at)) : Text{};
    std::string later;
    for (std::size_t i = 1; i < job.next.size(); ++i)
        later += (later.empty() ? "then " : "; ") + moment(job.next[i]);
    const bool ended = state.started_at && state.ended_at && !job.by_hand;
    html::append<templates::timetable_row>(
        rows, arg<"name">(state.name), arg<"title">(title_of(state.name)),
        arg<"schedule">(job.is_off() ? "" : Cron(state.schedule).in_words()),
        arg<"next">(job.next.empty() ? Text{} : Text(moment(job.next[0]))), arg<"later">(later),
        arg<"last">(last), arg<"last_at">(last_at),
        arg<"outcome">(ended ? state.outcome : std::nullopt),
        arg<"took">(ended ? took_text(*state.started_at, *state.ended_at) : ""),
        arg<"running">(running_of(job, request)), arg<"waiting">(job.waits(request.now())),
        arg<"startable">(!job.holder && !job.is_off() && !job.waits(request.now())),
        arg<"failed">(state.outcome == JobEnd::failed),
        arg<"sentence">(outcome_in_words(job, request)), arg<"why_off">(why_off_of(state)),
        arg<"overdue">(overdue_of(job, request)), arg<"made_up">(job.by_hand ? "by hand" : late));
}

http::Response as_page(Request& request, const std::vector<Job>& jobs) {
    html::Safe rows;
    bool underway = false;
    for (const auto& job : jobs) {
        append_row(rows, job, request);
        underway |= job.holder.has_value() || job.waits(request.now());
    }
    const auto empty = jobs.empty() ? html::render<templates::timetable_empty>() : html::Safe();
    return page(request, Tab::timetable, "Timetable",
                html::render<templates::timetable>(arg<"rows">(rows), arg<"empty">(empty),
                                                   arg<"zone">(request.zone().name()),
                                                   arg<"underway">(underway)));
}

http::Response as_json(const Request& request, const std::vector<Job>& jobs) {
    std::string body;
    json::Writer writer(body);
    writer.begin_object().key("success").truth(true).member("zone", request.zone().name());
    writer.key("jobs").begin_array();
    for (const auto& job : jobs) {
        const auto& state = job.state;
        writer.begin_object().member("name", state.name).member("schedule", state.schedule);
        writer.member("state", state_of(job, request.now())).member("why_off", state.why_off);
        writer.member("due_at", state.due_at).member("next", job.next);
        writer.member("was_due_at", state.was_due_at);
        writer.key("made_up").truth(state.was_made_up());
        writer.member("started_at", state.started_at).member("ended_at", state.ended_at);
        writer.member("outcome", state.outcome).member("sentence", state.sentence);
        writer.member("again_since", state.again_since).member("by_hand_at", job.by_hand);
        writer.key("holder");
        if (job.holder)
            writer.begin_object()
                .member("process", job.holder->process)
                .member("host", job.holder->host)
                .member("since", job.holder->since)
                .end_object();
        else
            writer.null();
        writer.end_object();
    }
    writer.end_array().end_object();
    return json(std::move(body));
}

}  // namespace

http::Response get_timetable(Request& request) {
    const auto jobs = jobs_of(request);
    return request.wants_json() ? as_json(request, jobs) : as_page(request, jobs);
}

http::Response post_run_job(Request& request) {
    auto turn = request.site().writing.take();
    store::ask_for_job(turn.db(), request.segment(), request.now());
    return see_other("/timetable");
}

}  // namespace dreams::web
