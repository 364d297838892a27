#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"

// Every subcommand: what it may be told, and the function that does it. Each function is in the
// file of its name; the list of them is in cli.cpp.

namespace dreams::cli {

int init(const Context& context);

struct MigrateArguments {
    std::string legacy_zone;  ///< where the older program's clock stood; empty: the office's zone
};
int migrate(const Context& context, const MigrateArguments& arguments);

struct SyncArguments {
    std::string source;  ///< empty: all that are set up
    bool full = false, dry_run = false, accept_drop = false;
};
int sync(const Context& context, const SyncArguments& arguments);

struct ImportArguments {
    std::vector<std::string> files;
    std::vector<std::string> columns;  ///< `COLUMN=field`: what a column means
    std::string known = "update";      ///< homes that are there: update, fill or skip
    std::string observed_at;           ///< empty: the day in each file's name, else now
    bool preview = false, again = false, list = false;
    std::optional<std::int64_t> undo;
};
int import_files(const Context& context, const ImportArguments& arguments);

struct ScoreArguments {
    std::string as_of;
    std::string policy = "house";
};
int score(const Context& context, const ScoreArguments& arguments);
/// What is said of a stage that the scoring has no factor for.
std::string unknown_stage(const std::string& stage);

struct CallsArguments {
    int limit = 50;
};
int calls(const Context& context, const CallsArguments& arguments);

struct LeadsArguments {
    std::optional<std::string> stage;
    std::int64_t min_heat = 0;
    std::string search;
    std::string sort = "priority";  ///< a PeopleOrder, or the name of its column
    std::int64_t limit = 50;
};
int leads(const Context& context, const LeadsArguments& arguments);

struct ExplainArguments {
    std::vector<std::string> lead;  ///< its words: a name need not be quoted
    std::string as_of;              ///< empty: when the scores in the file were made
    std::string policy;             ///< empty: whose scores stand in the file
    bool all_events = false;        ///< not only the first few of each contribution
};
int explain(const Context& context, const ExplainArguments& arguments);

int status(const Context& context);
int config(const Context& context);

struct ServeArguments {
    std::string listen;  ///< empty: the setting web.listen
};
int serve(const Context& context, const ServeArguments& arguments);

struct DemoArguments {
    int leads = 430;
    std::uint64_t seed = 1;
    std::optional<int> port;  ///< none: 8484, or any free one
};
int demo(const Context& context, const DemoArguments& arguments);

}  // namespace dreams::cli
