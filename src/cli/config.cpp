#include "base/json_writer.h"
#include "cli/commands.h"

namespace dreams::cli {

int config(const Context& context) {
    const auto shown = [](const config::Settings::Entry& entry) {
        return entry.setting->kind == config::Kind::secret ? config::masked(entry.value)
                                                           : entry.value;
    };
    if (context.json) {
        std::string out;
        json::Writer json(out);
        json.begin_object();
        for (const auto& entry : context.settings.entries())
            json.key(entry.setting->key)
                .begin_object()
                .member("value", shown(entry))
                .member("default", entry.setting->default_value)
                .member("unit", entry.setting->unit)
                .member("source", entry.source)
                .member("sentence", entry.setting->sentence)
                .end_object();
        json.end_object();
        print_json(out);
        return exit_done;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& entry : context.settings.entries())
        rows.push_back({std::string(entry.setting->key), shown(entry),
                        std::string(entry.setting->default_value), std::string(entry.setting->unit),
                        entry.source, std::string(entry.setting->sentence)});
    print_table({"setting", "value", "default", "unit", "from", "what it is for"}, rows);
    return exit_done;
}

}  // namespace dreams::cli
