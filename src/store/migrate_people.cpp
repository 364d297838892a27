#include "store/migrate_people.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "store/schema.h"
#include "store/schema_tables.h"

namespace dreams::store {
namespace {

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_fub(const std::optional<std::string>& source) {
    return source && (text::same_word(text::trimmed(*source), "fub") ||
                      text::same_word(text::trimmed(*source), "followupboss"));
}

bool is_nobodys(const std::optional<std::string>& source) {
    return !source || text::trimmed(*source).empty();
}

/// A column that refers to a person.
struct Reference {
    std::string table, column;
    bool by_fub_id;
};

const std::vector<Reference>& references() {
    static const std::vector<Reference> list = [] {
        std::vector<Reference> found;
        for (const auto* table : dictionary_tables())
            for (const auto& column : table->columns)
                if (column.rule.find("REFERENCES leads(") != std::string_view::npos)
                    found.push_back({std::string(table->name), std::string(column.name),
                                     column.rule.find("leads(fub_id)") != std::string_view::npos});
        return found;
    }();
    return list;
}

// ---- leads.fub_id

struct LeadRow {
    std::int64_t rowid = 0;
    KnownPerson person;
    static constexpr auto columns() {
        return Columns{Column{"row", &LeadRow::rowid}, Part{&LeadRow::person}};
    }
};

constexpr auto lead_rows =
    "SELECT _rowid_ AS row, id, fub_id, external_id, external_source FROM leads ";

void write_fub_id(Db& db, const LeadRow& lead, const std::optional<std::string>& number) {
    db.run("UPDATE leads SET fub_id = :number WHERE _rowid_ = :row",
           {{"number", number}, {"row", lead.rowid}});
}

/// Where the number of a person without one can be known from; none: nowhere.
std::optional<std::string> known_elsewhere(const KnownPerson& person) {
    if (is_fub(person.external_source) && person.external_id)
        if (auto number = fub_number(*person.external_id)) return number;
    return fub_number(person.id.text);
}

void fill_fub_ids(Db& db, Ledger& ledger) {
    for (const auto& lead : db.list<LeadRow>(std::string(lead_rows))) {
        const std::string now = lead.person.fub_id ? lead.person.fub_id->text : "";
        if (text::trimmed(now).empty()) {
            const auto number = known_elsewhere(lead.person);
            if (number || lead.person.fub_id) write_fub_id(db, lead, number);
            if (number) ledger.count_change("leads", "fub_id", "filled from another id");
        } else if (const auto number = fub_number(now); !number) {
            ledger.list_value("leads", lead.rowid, "fub_id", now, "no FUB number");
        } else if (*number != now) {
            write_fub_id(db, lead, number);
            ledger.count_change("leads", "fub_id", "written as a number");
        }
    }
}

/// How many of a lead's columns say something: the dictionary's, and neither empty nor 0.
std::string fullness() {
    std::string sum;
    for (const auto& column : leads_table.columns)
        sum += (sum.empty() ? "" : " + ") + std::string("coalesce(") + std::string(column.name) +
               " NOT IN ('', 0, '[]'), 0)";
    return sum;
}

/// Takes the number from a row that is not to keep it.
void give_way(Db& db, const LeadRow& lead, Ledger& ledger) {
    const std::string number = lead.person.fub_id->text;
    ledger.list_value("leads", lead.rowid, "fub_id", number,
                      "another row of the same person keeps it");
    write_fub_id(db, lead, std::nullopt);
    // The sync finds people by (external_id, FUB) too: that must not lead it to two rows.
    if (!is_fub(lead.person.external_source) || lead.person.external_id != number) return;
    ledger.list_value("leads", lead.rowid, "external_id", number,
                      "another row of the same person keeps it");
    db.run("UPDATE leads SET external_id = NULL WHERE _rowid_ = :row", {{"row", lead.rowid}});
}

// ---- rows that refer to people

/// `match_<lead>_<home>` names its person too.
std::string join_sql(const Reference& reference) {
    const std::string set =
        "UPDATE OR IGNORE " + reference.table + " SET " + reference.column + " = :now";
    const std::string where = " WHERE " + reference.column + " = :before";
    if (reference.table != "matches") return set + where;
    return set +
           ", id = CASE id WHEN 'match_' || :before || '_' || property_id"
           " THEN 'match_' || :now || '_' || property_id ELSE id END" +
           where;
}

void join(Db& db, const Reference& reference, const std::string& before, const std::string& now,
          Ledger& ledger) {
    ledger.count_change(reference.table, reference.column, "joined to its person",
                        db.run(join_sql(reference), {{"before", before}, {"now", now}}));
    const auto left = db.list<std::int64_t>(
        "SELECT _rowid_ FROM " + reference.table + " WHERE " + reference.column + " = :before",
        {{"before", before}});
    for (const auto row : left)
        ledger.set_aside(reference.table, row, "another row says the same of this person");
}

bool may_wait(const std::string& table) {
    return table == "contact_events" || table == "contact_communications" ||
           table == "lead_activities";
}

void set_orphan_aside(Db& db, const std::string& table, std::int64_t row, const std::string& parent,
                      Ledger& ledger) {
    if (parent != "leads")
        return ledger.set_aside(table, row, "refers to a row of " + parent + " that is not there");
    const auto reference = std::ranges::find(references(), table, &Reference::table);
    const auto contact = db.value<std::optional<std::string>>(
        "SELECT " + reference->column + " FROM " + table + " WHERE _rowid_ = :row", {{"row", row}});
    const auto number = fub_number(contact.value_or(""));
    if (number && may_wait(table)) return ledger.let_wait(table, row, *number);
    ledger.set_aside(
        table, row,
        reference->by_fub_id ? "nobody has this FUB number" : "its person is not known");
}

}  // namespace

std::optional<std::string> fub_number(std::string_view text) {
    auto number = text::trimmed(text);
    if (number.ends_with(".0")) number.remove_suffix(2);
    if (!is_number(number)) return std::nullopt;
    return std::string(number);
}

PersonFinder::PersonFinder(const std::vector<KnownPerson>& people, const std::vector<Twin>& twins)
    : people_(people) {
    constexpr std::size_t ambiguous = SIZE_MAX;
    for (std::size_t at = 0; at < people_.size(); ++at) {
        const auto& person = people_[at];
        by_id_.emplace(person.id.text, at);
        if (person.fub_id) by_fub_.emplace(person.fub_id->text, at);
        if (!person.external_id) continue;
        if (!is_fub(person.external_source) && !is_nobodys(person.external_source)) continue;
        if (!by_external_.emplace(*person.external_id, at).second)
            by_external_[*person.external_id] = ambiguous;
    }
    std::erase_if(by_external_, [](const auto& each) { return each.second == ambiguous; });
    for (const auto& twin : twins) twins_.emplace(twin.gave_way.text, twin.keeps.text);
}

const KnownPerson* PersonFinder::find(const Index& index, std::string_view contact) const {
    auto found = index.find(std::string(contact));
    if (found == index.end())
        if (const auto number = fub_number(contact)) found = index.find(*number);
    return found == index.end() ? nullptr : &people_[found->second];
}

const KnownPerson* PersonFinder::settled(const KnownPerson* person) const {
    const auto twin = person ? twins_.find(person->id.text) : twins_.end();
    return twin == twins_.end() ? person : find(by_id_, twin->second);
}

const KnownPerson* PersonFinder::by_lead_id(std::string_view contact) const {
    for (const Index* index : {&by_id_, &by_fub_, &by_external_})
        if (const auto* person = find(*index, contact)) return settled(person);
    return nullptr;
}

const KnownPerson* PersonFinder::by_fub_id(std::string_view contact) const {
    for (const Index* index : {&by_fub_, &by_id_, &by_external_})
        if (const auto* person = find(*index, contact)) return settled(person);
    return nullptr;
}

std::vector<Twin> settle_fub_ids(Db& db, Ledger& ledger) {
    fill_fub_ids(db, ledger);
    std::vector<Twin> twins;
    LeadRow keeper;
    for (const auto& lead : db.list<LeadRow>(std::string(lead_rows) + R"sql(
             WHERE fub_id IN (SELECT fub_id FROM leads GROUP BY fub_id HAVING count(*) > 1)
             ORDER BY fub_id, )sql" + fullness() +
                                             " DESC, created_at, id")) {
        if (lead.person.fub_id != keeper.person.fub_id) {
            keeper = lead;
            continue;
        }
        give_way(db, lead, ledger);
        twins.push_back({lead.person.id, keeper.person.id});
    }
    return twins;
}

void join_children(Db& db, const PersonFinder& finder, Ledger& ledger) {
    for (const auto& reference : references()) {
        const auto contacts = db.list<std::string>("SELECT DISTINCT " + reference.column +
                                                   " FROM " + reference.table);
        for (const auto& contact : contacts) {
            const auto* person =
                reference.by_fub_id ? finder.by_fub_id(contact) : finder.by_lead_id(contact);
            if (!person || (reference.by_fub_id && !person->fub_id)) continue;
            const auto& id = reference.by_fub_id ? person->fub_id->text : person->id.text;
            if (id != contact) join(db, reference, contact, id, ledger);
        }
    }
}

void set_orphans_aside(Db& db, Ledger& ledger) {
    for (const auto* table : dictionary_tables()) {
        const std::string name(table->name);
        std::map<std::int64_t, std::string> orphans;
        Statement rows = db.query(
            R"sql(SELECT "rowid", parent FROM pragma_foreign_key_check(:table)
                   WHERE parent IN ('leads', 'properties'))sql",
            {{"table", name}});
        while (rows.step()) orphans.emplace(rows.integer(0), std::string(rows.text(1)));
        for (const auto& [row, parent] : orphans) set_orphan_aside(db, name, row, parent, ledger);
    }
}

}  // namespace dreams::store
