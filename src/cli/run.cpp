#include "base/json_writer.h"
#include "cli/beside_timetable.h"
#include "cli/commands.h"
#include "cli/dashboard.h"
#include "cli/service_manager.h"
#include "cli/timetable.h"
#include "store/whole_file.h"

namespace dreams::cli {
namespace {

int run_once(const Context& context, const std::string& job) {
    const auto report = timetable_of(context).do_now(job);
    if (context.json) {
        std::string out;
        json::Writer(out)
            .begin_object()
            .member("job", job)
            .member("outcome", word(report.end))
            .member("sentence", report.sentence)
            .end_object();
        print_json(out);
    }
    const bool in_vain = report.end == JobEnd::failed || report.end == JobEnd::busy;
    if (in_vain) print_error(report.sentence);
    if (!in_vain && !context.json && !context.quiet) print(job + ": " + report.sentence);
    switch (report.end) {
        case JobEnd::done:
            return exit_done;
        case JobEnd::partial:
            return exit_partial;
        case JobEnd::failed:
            return exit_failed;
        case JobEnd::busy:
            return exit_busy;
    }
    return exit_failed;
}

}  // namespace

int run_jobs(const Context& context, const RunArguments& arguments) {
    if (!arguments.once.empty()) return run_once(context, arguments.once);
    hold_end_signals();
    const store::InUse in_use(context.open(), context.now());
    const BesideTimetable table(context);
    tell_service_manager("READY=1");
    remark(context, "The timetable runs; Ctrl-C ends it.");
    wait_until_asked_to_end();
    tell_service_manager("STOPPING=1");
    return exit_done;
}

}  // namespace dreams::cli
