#include "store/migrate.h"

#include "base/json_writer.h"
#include "cli/commands.h"

namespace dreams::cli {

int migrate(const Context& context, const MigrateArguments& arguments) {
    const Zone zone(arguments.legacy_zone.empty() ? context.settings.text("zone")
                                                  : arguments.legacy_zone);
    auto report = store::migrate(context.database(), zone, context.now());
    try {
        context.open();             // for its stamp: whose copy it is
    } catch (const Error& error) {  // it gets one when it is next opened for writing
        report.notices.push_back(
            std::string("everything is done, but the file has no stamp yet: ") + error.what());
    }
    if (!context.json) {
        for (const auto& line : report.lines()) print(line);
        return exit_done;
    }
    std::string out;
    json::Writer json(out);
    json.begin_object()
        .member("up_to_date", report.up_to_date)
        .member("snapshot", report.snapshot)
        .member("tables", report.tables)
        .member("changed", report.changed)
        .member("unresolved", report.unresolved)
        .member("kept", report.kept)
        .member("notices", report.notices)
        .end_object();
    print_json(out);
    return exit_done;
}

}  // namespace dreams::cli
