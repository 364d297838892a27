#pragma once

// What an import or a join changed, value by value, so that it can be undone. Internal to store/.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "model/sighting.h"
#include "store/properties_row.h"

namespace dreams::store {

/// Whose change it is: `import` 7, `join` 3. `seen` 0 is what a source other than a file said: it
/// is never undone, and is written only where it says again what an import changed or made.
struct Action {
    std::string_view kind;
    std::int64_t id = 0;
};

constexpr std::string_view by_another_source = "seen";

struct JournalEntry {
    std::string table_name, row_id, column_name;
    std::optional<std::string> old_value, new_value;

    static constexpr auto columns() {
        return Columns{Column{"table_name", &JournalEntry::table_name},
                       Column{"row_id", &JournalEntry::row_id},
                       Column{"column_name", &JournalEntry::column_name},
                       Column{"old_value", &JournalEntry::old_value},
                       Column{"new_value", &JournalEntry::new_value}};
    }
};

class Journal {
public:
    explicit Journal(Db& db);
    void write(const Action& action, const JournalEntry& entry);
    /// Every column in which two rows of one home differ. The histories are written as the entries
    /// that were added, not whole.
    void write_differences(const Action& action, const HomeRow& before, const HomeRow& after,
                           const std::string& price_entry, const std::string& status_entry);
    /// What `said` says again of the values that an import put into `row`: entries with the same
    /// value before and after. When that import is undone, they stay.
    void write_confirmed(const Action& action, const Sighting& said, const HomeRow& row);

private:
    Statement insert_, owned_;
};

/// An entry with its place in the order of all.
struct NumberedEntry : JournalEntry {
    std::int64_t id = 0;
    static constexpr auto columns() {
        return JournalEntry::columns().with(Column{"id", &NumberedEntry::id});
    }
};

/// The entries of an action, the last one first.
std::vector<NumberedEntry> journal_backwards(Db& db, const Action& action);

/// A value as the journal holds it; a number is its shortest text that reads back the same.
std::optional<std::string> journal_text(const std::optional<std::string>& value);
std::optional<std::string> journal_text(const std::optional<JsonText>& value);
std::optional<std::string> journal_text(const std::optional<std::int64_t>& value);
std::optional<std::string> journal_text(const std::optional<double>& value);
std::optional<std::string> journal_text(const std::optional<Instant>& value);

/// Puts the old value of `entry` back into `row`, if the row still has the new one (a history:
/// takes the entry out). False: something else stands there now, and stays.
bool put_back(HomeRow& row, const JournalEntry& entry);

/// One text for everything in the row but its stamps and what the IDX check and Notion say: tells
/// whether anybody changed it since.
std::string fingerprint(const HomeRow& row);

}  // namespace dreams::store
