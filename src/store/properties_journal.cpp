#include "store/properties_journal.h"

#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "base/text.h"
#include "store/property_changes.h"

namespace dreams::store {
namespace {

template <class Number>
std::string shortest(Number number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return {digits.data(), end};
}

void set(std::optional<std::string>& value, const std::string& text) {
    value = text;
}
void set(std::optional<JsonText>& value, const std::string& text) {
    value = JsonText{text};
}
void set(std::optional<std::int64_t>& value, const std::string& text) {
    value = text::integer(text);
}
void set(std::optional<double>& value, const std::string& text) {
    value = text::number(text);
}
void set(std::optional<Instant>& value, const std::string& text) {
    value = instant_from(text);
}

bool is_history(std::string_view column) {
    return column == "price_history" || column == "status_history";
}

bool is_stamp(std::string_view column) {
    return column == "created_at" || column == "updated_at";
}

}  // namespace

std::optional<std::string> journal_text(const std::optional<std::string>& value) {
    return value;
}
std::optional<std::string> journal_text(const std::optional<JsonText>& value) {
    return value ? std::optional(value->text) : std::nullopt;
}
std::optional<std::string> journal_text(const std::optional<std::int64_t>& value) {
    return value ? std::optional(shortest(*value)) : std::nullopt;
}
std::optional<std::string> journal_text(const std::optional<double>& value) {
    return value ? std::optional(shortest(*value)) : std::nullopt;
}
std::optional<std::string> journal_text(const std::optional<Instant>& value) {
    return value ? std::optional(dreams::to_text(*value)) : std::nullopt;
}

Journal::Journal(Db& db)
    : insert_(db.prepare(R"sql(
          INSERT INTO dreams_home_journal
                 (action, action_id, table_name, row_id, column_name, old_value, new_value)
          VALUES (:action, :action_id, :table_name, :row_id, :column_name, :old_value, :new_value)
      )sql")),
      owned_(db.prepare(R"sql(
          SELECT j.column_name, j.new_value FROM dreams_home_journal j
            JOIN dreams_imports i ON i.id = j.action_id
           WHERE j.row_id = :home AND j.table_name = 'properties' AND j.action = 'import'
             AND NOT (:action = 'import' AND j.action_id = :action_id) AND i.undone_at IS NULL
             AND j.old_value IS NOT j.new_value
             AND NOT EXISTS (SELECT 1 FROM dreams_home_journal s
                              WHERE s.row_id = j.row_id AND s.table_name = j.table_name
                                AND s.column_name = j.column_name AND s.action = 'seen'
                                AND s.id > j.id AND s.new_value = j.new_value))sql")) {}

void Journal::write(const Action& action, const JournalEntry& entry) {
    insert_.bind(0, action.kind, Hold::borrow);
    insert_.bind(1, action.id);
    int at = 2;
    for_each_column(entry, [&]<class T>(const char*, const T& value) {
        Field<T>::bind(insert_, at++, value, Hold::borrow);
    });
    insert_.step();
    insert_.reset();
}

void Journal::write_differences(const Action& action, const HomeRow& before, const HomeRow& after,
                                const std::string& price_entry, const std::string& status_entry) {
    const auto note = [&](const char* column, const auto& old_value, const auto& new_value) {
        if (old_value == new_value || is_history(column) || is_stamp(column)) return;
        write(action, {"properties", after.id.text, column, journal_text(old_value),
                       journal_text(new_value)});
    };
    for_each_pair(before.listing, after.listing, note);
    for_each_pair(before.features, after.features, note);
    for_each_pair(before.engagement, after.engagement, note);
    for_each_pair(before.idx, after.idx, note);
    if (!price_entry.empty())
        write(action, {"properties", after.id.text, "price_history", {}, price_entry});
    if (!status_entry.empty())
        write(action, {"properties", after.id.text, "status_history", {}, status_entry});
}

void Journal::write_confirmed(const Action& action, const Sighting& said, const HomeRow& row) {
    owned_.bind(0, std::string_view(row.id.text), Hold::borrow);
    owned_.bind(1, action.kind, Hold::borrow);
    owned_.bind(2, action.id);
    std::set<std::pair<std::string, std::string>> owned;
    while (owned_.step()) owned.emplace(owned_.text(0), owned_.text(1));
    owned_.reset();
    if (owned.empty()) return;
    const auto confirm = [&](const char* column, const auto& theirs, const auto& ours) {
        const auto value = journal_text(theirs);
        if (value && value == journal_text(ours) && owned.contains({column, *value}))
            write(action, {"properties", row.id.text, column, value, value});
    };
    for_each_pair(said.listing, row.listing, confirm);
    for_each_pair(said.features, row.features, confirm);
    for_each_pair(said.engagement, row.engagement, confirm);
    const auto made = owned.lower_bound({"id", ""});
    if (action.kind == by_another_source && made != owned.end() && made->first == "id")
        write(action, {"properties", row.id.text, "id", made->second, made->second});
}

std::vector<NumberedEntry> journal_backwards(Db& db, const Action& action) {
    return db.list<NumberedEntry>(R"sql(
        SELECT id, table_name, row_id, column_name, old_value, new_value FROM dreams_home_journal
         WHERE action = :action AND action_id = :id ORDER BY id DESC)sql",
                                  {{"action", action.kind}, {"id", action.id}});
}

bool put_back(HomeRow& row, const JournalEntry& entry) {
    bool done = false;
    const auto visit = [&](const char* column, auto& value) {
        if (entry.column_name != column) return;
        if constexpr (std::is_same_v<std::decay_t<decltype(value)>, std::optional<JsonText>>) {
            if (is_history(column)) {
                const auto without = without_entry(value, entry.new_value.value_or(""));
                done = without != value;
                value = without;
                return;
            }
        }
        if (journal_text(value) != entry.new_value) return;
        done = true;
        if (entry.old_value)
            set(value, *entry.old_value);
        else
            value.reset();
    };
    for_each_column(row.listing, visit);
    for_each_column(row.features, visit);
    for_each_column(row.engagement, visit);
    for_each_column(row.idx, visit);
    return done;
}

std::string fingerprint(const HomeRow& row) {
    std::string text;
    const auto add = [&](const char*, const auto& value) {
        text += journal_text(value).value_or("\x01") + '\x02';
    };
    for_each_column(row.listing, add);
    for_each_column(row.features, add);
    for_each_column(row.engagement, add);
    return shortest(text::hash(text));
}

}  // namespace dreams::store
