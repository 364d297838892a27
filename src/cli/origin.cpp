#include "store/origin.h"

#include "base/json_writer.h"
#include "cli/commands.h"
#include "store/whole_file.h"

namespace dreams::cli {

int origin(const Context& context, const OriginArguments& arguments) {
    const auto environment = context.settings.text("environment");
    if (arguments.accept) store::accept_as_it_is(context.database(), context.now());
    Db db = context.open();
    const auto known = arguments.claim ? store::claim(db, environment, context.now())
                                       : store::stamp(db, environment, context.now());
    const auto why_not = store::why_not_sending(db, environment);
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object().member("database", db.path()).member("lineage", known.lineage);
        json.member("copy", known.copy).member("environment", known.environment);
        json.member("born_at", known.born_at).member("copied_at", known.copied_at);
        json.member("copied_from", known.copied_from).member("claimed_at", known.claimed_at);
        json.member("merged_at", known.merged_at).member("merged_with", known.merged_with);
        json.member("may_send", !why_not).member("why_not", why_not).end_object();
        print_json(out);
        return exit_done;
    }
    print(db.path() + " is copy " + known.copy.substr(0, 8) + " of " + known.lineage.substr(0, 8) +
          ", born " + to_text(known.born_at));
    if (known.copied_at)
        print("copied from " + known.copied_from.value_or("").substr(0, 8) + ", seen " +
              to_text(*known.copied_at));
    if (known.merged_at)
        print("joined with " + known.merged_with.value_or("").substr(0, 8) + " " +
              to_text(*known.merged_at));
    print(why_not ? *why_not
                  : "it may send to others as " + known.environment + " since " +
                        to_text(*known.claimed_at));
    return exit_done;
}

}  // namespace dreams::cli
