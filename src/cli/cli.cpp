#include "cli/cli.h"

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/usage.h"
#include "store/lease.h"

namespace dreams::cli {
namespace {

/// What is said before the command's name.
struct Global {
    std::string database, config, now;
    bool json = false, quiet = false;
    config::SecretFiles secret_files = config::SecretFiles::needed;
};

Context context_of(const Global& global) {
    Context context{.settings = config::Settings::load(
                        global.config, config::Environment::of_process(), global.secret_files)};
    if (!global.database.empty()) context.settings.set("database", global.database, "--database");
    context.settings.settle_paths();
    if (!global.now.empty()) context.settings.set("now", global.now, "--now");
    context.clock = system_clock(context.settings.instant("now"));
    context.json = global.json;
    context.quiet = global.quiet;
    return context;
}

const auto instant_text = CLI::Validator(
    [](const std::string& text) {
        return instant_from(text) ? std::string() : "an instant looks like 2026-01-19T16:00:00Z";
    },
    "INSTANT");

const auto mapped_column = CLI::Validator(
    [](const std::string& text) {
        return text.find('=') == std::string::npos ? "a column is told as in 'where=address'"
                                                   : std::string();
    },
    "COLUMN=FIELD");

/// The arguments of every command, and what the command line made of them.
struct Line {
    Global global;
    MigrateArguments migrate;
    OriginArguments origin;
    MergeArguments merge;
    TransferArguments transfer;
    CompareArguments compare;
    DictionaryArguments dictionary;
    BackupArguments backup;
    RestoreArguments restore;
    SyncArguments sync;
    WatchArguments watch;
    BriefArguments brief;
    ImportArguments files;
    ScoreArguments score;
    CallsArguments calls;
    LeadsArguments leads;
    ExplainArguments explain;
    MatchArguments match;
    ServeArguments serve;
    InstallArguments install;
    bool man = false, completion = false;  ///< of install
    RunArguments run;
    DemoArguments demo;
    std::function<int(const Context&)> command;  ///< the one that was named
};

/// Of commands for programs: --help, the man page and the completion do not name them.
constexpr auto no_group = "";

/// Adds a subcommand that does `what`.
CLI::App* command(CLI::App& app, Line& line, const char* name, const char* help,
                  std::function<int(const Context&)> what) {
    CLI::App* sub = app.add_subcommand(name, help);
    sub->footer(options_of_all(app));
    sub->callback([&line, what = std::move(what)] { line.command = what; });
    return sub;
}

/// Adds a subcommand that does `what` with its `arguments`, as the line will have them.
template <class Arguments>
CLI::App* command(CLI::App& app, Line& line, const char* name, const char* help,
                  int (*what)(const Context&, const Arguments&), const Arguments& arguments) {
    return command(app, line, name, help,
                   [what, &arguments](const Context& context) { return what(context, arguments); });
}

void add_global(CLI::App& app, Global& global) {
    app.add_option("--database", global.database, "the file (setting: database)");
    app.add_option("--config", global.config, "the settings file");
    app.add_option("--now", global.now, "a fixed clock, for runs that can be repeated")
        ->check(instant_text);
    app.add_flag("--json", global.json, "one JSON document on standard output");
    app.add_flag("--quiet", global.quiet, "no progress, no remarks");
    app.set_version_flag("--version", std::string("dreams " DREAMS_VERSION));
    app.fallthrough();  // global options may stand behind the command too
}

void add_file_commands(CLI::App& app, Line& line) {
    command(app, line, "init", "make a new file", init);
    CLI::App* migrate_command =
        command(app, line, "migrate", "bring an older file up to date", migrate, line.migrate);
    migrate_command->add_option("--legacy-zone", line.migrate.legacy_zone,
                                "where the older program's clock stood");
    command(app, line, "status", "how fresh and how big the file is", status);
    command(app, line, "doctor", "looks at everything and says what to do", doctor)
        ->preparse_callback([&](std::size_t) {
            line.global.secret_files = config::SecretFiles::looked_at;  // it says what is missing
        });
    command(app, line, "notify", "sends a test message by mail, ntfy and Slack, as they are set up",
            notify);
    command(app, line, "config", "every setting: value, default, where it comes from", config);
}

void add_copy_commands(CLI::App& app, Line& line) {
    CLI::App* compare_command = command(
        app, line, "compare", "two files side by side, table by table", compare, line.compare);
    compare_command->add_option("a", line.compare.a, "one file")->required();
    compare_command->add_option("b", line.compare.b, "the other")->required();
    CLI::App* merge_command = command(
        app, line, "merge", "join another copy of the file into this one", merge, line.merge);
    merge_command->add_option("other", line.merge.other, "the other copy; it is only read");
    merge_command->add_flag("--dry-run", line.merge.dry_run, "count, change nothing");
    merge_command->add_flag("--conflicts", line.merge.conflicts, "what was typed in both copies");
    merge_command->add_option("--choose", line.merge.choose,
                              "decide a conflict, 12=ours or 12=theirs");
    CLI::App* origin_command =
        command(app, line, "origin", "which copy of a file this is, and whether it may send",
                origin, line.origin);
    origin_command->add_flag("--claim", line.origin.claim, "this is the one to send from");
    origin_command->add_flag("--accept", line.origin.accept,
                             "take a copy that came without its -wal file");
    CLI::App* dictionary_command =
        command(app, line, "dictionary", "what every table and column of the file is", dictionary,
                line.dictionary);
    dictionary_command->add_option("--compare", line.dictionary.compare, "another file beside it");
    CLI::App* backup_command =
        command(app, line, "backup", "a copy that is proved, packed and kept by a rule", backup,
                line.backup);
    backup_command->add_option("--new-key", line.backup.new_key,
                               "only make a key for encrypted backups, in this file");
    CLI::App* restore_command =
        command(app, line, "restore", "what a backup would change; with --yes, the file as it was",
                restore, line.restore);
    restore_command->add_option("file", line.restore.file, "the backup")->required();
    restore_command->add_flag("--yes", line.restore.yes, "do it; the present file is kept");
}

void add_transfer(CLI::App& app, Line& line) {
    const auto add = [&](const char* name, const char* help, auto what, const char* replace) {
        CLI::App* sub = command(app, line, name, help, what, line.transfer);
        sub->add_option("target", line.transfer.target, "ssh://user@host/path/dreams.db")
            ->required();
        sub->add_flag("--replace", line.transfer.replace, replace);
        sub->add_flag("--yes", line.transfer.yes, "do not ask; twice, for --replace");
        sub->add_option("--remote-program", line.transfer.remote_program,
                        "how DREAMS is called over there");
        sub->add_option("--ssh-config", line.transfer.ssh_config, "a configuration file for ssh");
    };
    add("push", "join this file into one on another machine", push,
        "in the place of the file there, which is kept beside it");
    add("pull", "join a file on another machine into this one", pull,
        "in the place of this file, which is kept beside it");
    CLI::App* receive_command =
        command(app, line, "receive", "what push runs on the other side", receive, line.transfer);
    receive_command->group(no_group);
    receive_command->add_flag("--replace", line.transfer.replace, "in the place of the file");
    command(app, line, "give", "what pull runs on the other side", give)->group(no_group);
}

void add_sync(CLI::App& app, Line& line) {
    CLI::App* sub =
        command(app, line, "sync", "read the sources into the file, and rescore", sync, line.sync);
    sub->add_option("source", line.sync.source,
                    "fub, listings, idx or notion; nothing: all that are set up")
        ->check(CLI::IsMember({"fub", "listings", "idx", "notion"}));
    sub->add_flag("--full", line.sync.full, "read everything anew");
    sub->add_flag("--dry-run", line.sync.dry_run, "on a copy that is thrown away");
    sub->add_flag("--accept-drop", line.sync.accept_drop, "go on though far fewer records arrive");
    sub->add_flag("--conflicts", line.sync.conflicts, "notion: what was changed on both sides");
    sub->add_option("--choose", line.sync.choose,
                    "notion: decide a conflict, 12=ours or 12=theirs");
    sub->add_flag("--add-missing", line.sync.add_missing,
                  "notion: add the properties that the database lacks");
    sub->add_option("--new-page", line.sync.new_page,
                    "notion: a new page for this home, whose old one was deleted");
}

void add_news(CLI::App& app, Line& line) {
    CLI::App* watch_command =
        command(app, line, "watch", "look at the homes that somebody cares for, tell what changed",
                watch, line.watch);
    watch_command->add_flag("--dry-run", line.watch.dry_run,
                            "only say what would be looked at and told");
    CLI::App* brief_command = command(
        app, line, "brief", "the morning page: whom to call, what changed", brief, line.brief);
    auto* send = brief_command->add_flag("--send", line.brief.send, "mail it, once a business day");
    brief_command->add_flag("--again", line.brief.again, "though it was sent today")->needs(send);
}

void add_import(CLI::App& app, Line& line) {
    CLI::App* sub = command(app, line, "import", "listing files: Redfin, Realtor.com, any table",
                            import_files, line.files);
    sub->add_option("files", line.files.files, "the files; the oldest is read first");
    sub->add_flag("--preview,--dry-run", line.files.preview, "count and show, change nothing");
    sub->add_option("--known", line.files.known, "what to do with homes that are there already")
        ->check(CLI::IsMember({"update", "fill", "skip"}));
    sub->add_option("--column", line.files.columns, "what a column means")
        ->check(mapped_column)
        ->allow_extra_args(false);
    sub->add_option("--observed-at", line.files.observed_at, "when what the files say was so")
        ->check(instant_text);
    sub->add_flag("--again", line.files.again, "files that were imported already, once more");
    sub->add_flag("--list", line.files.list, "the imports so far");
    sub->add_option("--undo", line.files.undo, "take back the import of this number");
}

void add_score_commands(CLI::App& app, Line& line) {
    const auto policies = CLI::IsMember({"house", "january"});
    CLI::App* score_command = command(app, line, "score", "rescore everyone", score, line.score);
    score_command->add_option("--as-of", line.score.as_of, "as of an instant")->check(instant_text);
    score_command->add_option("--policy", line.score.policy, "house or january")->check(policies);

    CLI::App* calls_command =
        command(app, line, "calls", "whom to call today and why", calls, line.calls);
    calls_command->add_option("--limit", line.calls.limit, "at most so many")
        ->check(CLI::Range(1, 200));

    CLI::App* explain_command =
        command(app, line, "explain", "a person's scores, contribution by contribution", explain,
                line.explain);
    explain_command->add_option("lead", line.explain.lead, "id, FUB id, e-mail or full name")
        ->required();
    explain_command->add_flag("--events", line.explain.all_events,
                              "every event, not the first few");
    explain_command->add_option("--as-of", line.explain.as_of, "as of an instant")
        ->check(instant_text);
    explain_command->add_option("--policy", line.explain.policy, "house or january")
        ->check(policies);
}

void add_match(CLI::App& app, Line& line) {
    CLI::App* sub =
        command(app, line, "match", "which homes fit which buyer, and why", match, line.match);
    sub->add_option("lead", line.match.lead, "id, FUB id, e-mail or full name; nothing: everyone");
    sub->add_option("--property", line.match.property, "only this home, by its id");
    sub->add_option("--limit", line.match.limit, "at most so many lines")
        ->check(CLI::Range(1, 10'000'000));
    sub->add_flag("--dry-run", line.match.dry_run, "reckon and show, change nothing");
}

void add_leads(CLI::App& app, Line& line) {
    CLI::App* sub = command(app, line, "leads", "people", leads, line.leads);
    sub->add_option("--stage", line.leads.stage, "of this stage only");
    sub->add_option("--min-heat", line.leads.min_heat, "at least so warm")
        ->check(CLI::Range(0, 100));
    sub->add_option("--search", line.leads.search, "name, e-mail or phone");
    sub->add_option("--sort", line.leads.sort, "by this column")
        ->check(CLI::IsMember({"name", "stage", "priority", "heat", "value", "relationship",
                               "last_activity", "priority_score", "heat_score", "value_score",
                               "relationship_score", "last_activity_at"}));
    sub->add_option("--limit", line.leads.limit, "at most so many")
        ->check(CLI::Range(1, 10'000'000));
}

void add_serve(CLI::App& app, Line& line) {
    CLI::App* sub = command(app, line, "serve", "the dashboard", serve, line.serve);
    sub->add_option("--listen", line.serve.listen, "address:port (setting: web.listen)");
    sub->add_option("--port", line.serve.port, "another port of web.listen's address")
        ->check(CLI::Range(1, 65535));
    sub->add_flag("--no-jobs", line.serve.no_jobs, "the pages alone, no timetable");
}

void add_run(CLI::App& app, Line& line) {
    CLI::App* sub =
        command(app, line, "run", "the timetable, until it is asked to end", run_jobs, line.run);
    sub->add_option("--once", line.run.once,
                    "this job now, and no other, even if it is off: for cron");
}

void add_install(CLI::App& app, Line& line) {
    CLI::App* sub =
        command(app, line, "install", "for systemd or cron: what runs DREAMS on a server",
                [&](const Context& context) {
                    if (!line.man && !line.completion) return install(context, line.install);
                    print_lines(line.man ? man_page(app, context.zone().date_of(context.now()))
                                         : bash_completion(app));
                    return static_cast<int>(exit_done);
                });
    sub->require_option(0, 1);
    sub->add_option("--units", line.install.units, "write systemd's unit into this folder");
    sub->add_flag("--crontab", line.install.crontab, "print the timetable for a cron");
    sub->add_flag("--man", line.man, "print the page for man");
    sub->add_flag("--completion", line.completion, "print the completion for bash");
}

void add_demo(CLI::App& app, Line& line) {
    CLI::App* sub =
        command(app, line, "demo", "a simulated account, synced, scored and on the dashboard", demo,
                line.demo);
    sub->add_option("--leads", line.demo.leads, "so many people")->check(CLI::Range(1, 200'000));
    sub->add_option("--seed", line.demo.seed, "another number, another town");
    sub->add_option("--port", line.demo.port, "the dashboard's port; 0: any free one")
        ->check(CLI::Range(0, 65535));
}

/// Runs what the command line named; gives the exit status.
int carried_out(const Line& line) {
    try {
        const int status = line.command(context_of(line.global));
        return flush_answer() ? status : exit_failed;
    } catch (const store::LeaseHeld& error) {
        print_error(error.what());
        return exit_busy;
    } catch (const std::exception& error) {
        print_error(sentence_of(error));
    }
    return exit_failed;
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App app("DREAMS: whom to call today, and why", "dreams");
    Line line;
    add_global(app, line.global);
    add_file_commands(app, line);
    add_copy_commands(app, line);
    add_transfer(app, line);
    add_sync(app, line);
    add_news(app, line);
    add_import(app, line);
    add_score_commands(app, line);
    add_match(app, line);
    add_leads(app, line);
    add_serve(app, line);
    add_run(app, line);
    add_install(app, line);
    add_demo(app, line);
    app.require_subcommand(1);
    app.footer("`dreams help COMMAND` says more of one.");
    try {
        app.parse(words_given(app, argc, argv));
    } catch (const CLI::Success& asked) {  // --help, --version
        app.exit(asked);
        return flush_answer() ? exit_done : exit_failed;
    } catch (const CLI::ParseError& error) {
        print_error(wrong_usage(app, error));
        return exit_usage;
    }
    return carried_out(line);
}

}  // namespace dreams::cli
