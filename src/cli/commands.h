#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/context.h"

// Every subcommand: what it may be told, and the function that does it. Each function is in the
// file of its name; the list of them is in cli.cpp.
//
// A command answers on standard output, says beside that what is worth knowing on standard error,
// and returns an Exit: `exit_done`, or why its answer is not the whole of what was asked. What it
// could not do at all it throws: store::LeaseHeld where another run is at it (`exit_busy`), any
// other Error for the rest (`exit_failed`), with the sentence that cli.cpp prints.

namespace dreams::cli {

int init(const Context& context);

struct MigrateArguments {
    std::string legacy_zone;  ///< where the older program's clock stood; empty: the office's zone
};
int migrate(const Context& context, const MigrateArguments& arguments);

struct OriginArguments {
    bool claim = false, accept = false;
};
int origin(const Context& context, const OriginArguments& arguments);

struct MergeArguments {
    std::string other;  ///< the other copy; empty: only the conflicts
    bool dry_run = false, conflicts = false;
    std::vector<std::string> choose;  ///< `12=ours`
};
int merge(const Context& context, const MergeArguments& arguments);

struct TransferArguments {
    std::string target;  ///< `ssh://user@host/path/dreams.db`
    bool replace = false;
    int yes = 0;  ///< how often it was said
    std::string remote_program = "dreams", ssh_config;
};
int push(const Context& context, const TransferArguments& arguments);
int pull(const Context& context, const TransferArguments& arguments);
/// What push and pull run on the other side: the copy comes on standard input, goes to standard
/// output.
int receive(const Context& context, const TransferArguments& arguments);
int give(const Context& context);

struct SyncArguments {
    std::string source;  ///< empty: all that are set up
    bool full = false, dry_run = false, accept_drop = false;
    // Of Notion alone.
    bool conflicts = false, add_missing = false;
    std::vector<std::string> choose;  ///< `12=ours`
    std::string new_page;             ///< properties.id of a home whose page was trashed
};
int sync(const Context& context, const SyncArguments& arguments);

struct WatchArguments {
    bool dry_run = false;  ///< only what would be looked at and told
};
int watch(const Context& context, const WatchArguments& arguments);

struct BriefArguments {
    bool send = false;   ///< else it is only shown
    bool again = false;  ///< though it was sent today
};
int brief(const Context& context, const BriefArguments& arguments);

struct ImportArguments {
    std::vector<std::string> files;
    std::vector<std::string> columns;  ///< `COLUMN=field`: what a column means
    std::string known = "update";      ///< homes that are there: update, fill or skip
    std::string observed_at;           ///< empty: the day in each file's name, else now
    bool preview = false, again = false, list = false;
    std::optional<std::int64_t> undo;
};
int import_files(const Context& context, const ImportArguments& arguments);

struct RunArguments {
    std::string once;  ///< this job now, and no other; empty: the timetable, until asked to end
};
int run_jobs(const Context& context, const RunArguments& arguments);

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

struct MatchArguments {
    std::vector<std::string> lead;  ///< its words: a name need not be quoted; empty: everyone
    std::string property;           ///< properties.id; empty: all
    std::int64_t limit = 20;        ///< lines at most
    bool dry_run = false;
};
int match(const Context& context, const MatchArguments& arguments);

int status(const Context& context);

int doctor(const Context& context);

/// A test message through every channel that is set up.
int notify(const Context& context);

struct CompareArguments {
    std::string a, b;
};
int compare(const Context& context, const CompareArguments& arguments);

struct BackupArguments {
    std::string new_key;  ///< only make a key, in this file
};
int backup(const Context& context, const BackupArguments& arguments);

struct RestoreArguments {
    std::string file;
    bool yes = false;  ///< else only what would change is shown
};
int restore(const Context& context, const RestoreArguments& arguments);

struct DictionaryArguments {
    std::string compare;  ///< another file, to be set beside ours; may be empty
};
int dictionary(const Context& context, const DictionaryArguments& arguments);

int config(const Context& context);

struct ServeArguments {
    bool no_jobs = false;     ///< without the timetable
    std::string listen;       ///< empty: the setting web.listen
    std::optional<int> port;  ///< in the place of that one's port
};
int serve(const Context& context, const ServeArguments& arguments);

struct InstallArguments {
    std::string units;  ///< the folder for systemd's units
    bool crontab = false;
};
int install(const Context& context, const InstallArguments& arguments);

struct DemoArguments {
    int leads = 430;
    std::uint64_t seed = 1;
    std::optional<int> port;  ///< none: 8484, or any free one
};
int demo(const Context& context, const DemoArguments& arguments);

}  // namespace dreams::cli
