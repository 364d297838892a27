#include "base/json_writer.h"
#include "cli/commands.h"
#include "store/schema.h"

namespace dreams::cli {

int init(const Context& context) {
    store::init_file(context.database());
    context.open();  // for its stamp: whose copy it is
    if (context.json) {
        std::string out;
        json::Writer(out).begin_object().member("database", context.database()).end_object();
        print_json(out);
    } else {
        print("made " + context.database() + "; next: set fub.api_key and run `dreams sync`");
    }
    return exit_done;
}

}  // namespace dreams::cli
