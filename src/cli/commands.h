#pragma once

#include <cstdint>
#include <optional>
#include <string>

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

struct ScoreArguments {
    std::string as_of;
    std::string policy = "house";
};
int score(const Context& context, const ScoreArguments& arguments);

struct CallsArguments {
    int limit = 50;
};
int calls(const Context& context, const CallsArguments& arguments);

struct LeadsArguments {
    std::optional<std::string> stage;
    std::int64_t min_heat = 0;
    std::string search, sort = "priority";
    std::int64_t limit = 50;
};
int leads(const Context& context, const LeadsArguments& arguments);

struct ExplainArguments {
    std::string lead, as_of, policy = "house";
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
    int port = 8484;
};
int demo(const Context& context, const DemoArguments& arguments);

}  // namespace dreams::cli
