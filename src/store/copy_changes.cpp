#include "store/copy_changes.h"

#include <string>

#include "store/merge_rules.h"

namespace dreams::store {
namespace {

std::string any_typed(const MergeRule& rule, const std::string& row) {
    std::string any;
    for (const auto column : rule.typed)
        any += (any.empty() ? row : " OR " + row) + std::string(column) + " IS NOT NULL";
    return any;
}

void add_trigger(std::vector<TriggerSpec>& triggers, const MergeRule& rule,
                 const std::string& event, const std::string& when) {
    const std::string table(rule.table);
    TriggerSpec trigger{.name = "dreams_copy_changes_" + table + "_" + event, .table = table};
    trigger.sql = "CREATE TRIGGER " + trigger.name + " AFTER " + event + " ON " + table +
                  (when.empty() ? "" : " WHEN " + when) +
                  " BEGIN UPDATE dreams_origin SET changes = coalesce(changes, 0) + 1; END";
    triggers.push_back(std::move(trigger));
}

std::vector<TriggerSpec> made() {
    std::vector<TriggerSpec> triggers;
    for (const auto& rule : merge_rules()) {
        if (!rule.is_remembered()) continue;
        const bool whole = rule.joined == Joined::parts;
        const auto was = whole ? "" : any_typed(rule, "old."),
                   is = whole ? "" : any_typed(rule, "new.");
        add_trigger(triggers, rule, "INSERT", is);
        add_trigger(triggers, rule, "DELETE", was);
        add_trigger(triggers, rule, "UPDATE", whole ? "" : was + " OR " + is);
    }
    return triggers;
}

}  // namespace

const std::vector<TriggerSpec>& copy_triggers() {
    static const std::vector<TriggerSpec> triggers = made();
    return triggers;
}

}  // namespace dreams::store
