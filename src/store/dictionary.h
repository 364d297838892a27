#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/db.h"
#include "base/json_writer.h"
#include "store/compare.h"

namespace dreams::store {

struct DictionaryColumn {
    std::string name;
    std::string type;  ///< as the file declares it, with ` PK` or ` FK`
    std::string description;
    std::string heading;  ///< the group it stands under; may be empty
};

/// A table as the file has it, in the schema's words.
struct DictionaryTable {
    std::string name;
    std::string purpose;
    std::vector<DictionaryColumn> columns;
    std::vector<std::string> indexes;  ///< `contact_id + occurred_at DESC`
    /// `UNIQUE(contact_id, property_id)`, `CHECK(…)`, `NOT NULL: a, b`, as the file has them
    std::vector<std::string> constraints;
    std::vector<std::string> lacking;  ///< columns that it ought to have and has not
    std::int64_t rows = 0;
};

/// Tables under one title: `Core Tables`, `Property Tables`, …
struct DictionaryGroup {
    std::string title;
    std::vector<DictionaryTable> tables;
};

/// Every table of the file. Types, keys, indexes and constraints are the file's; the words are
/// the schema's. What the schema does not know is the owner's, and said to be.
std::vector<DictionaryGroup> dictionary(Db& db);

/// What the file has besides tables, and the program does not know: its owner's.
struct DictionaryExtra {
    std::string type;  ///< `view`, `trigger`
    std::string name;
    std::string table;  ///< that a trigger is on; of a view its own name

    static constexpr auto columns() {
        return Columns{Column{"type", &DictionaryExtra::type},
                       Column{"name", &DictionaryExtra::name},
                       Column{"tbl_name", &DictionaryExtra::table}};
    }
};
std::vector<DictionaryExtra> extras(Db& db);

/// Where the rows of some tables come from.
struct DataFlow {
    std::string source;
    std::string way;     ///< the command or the page, and when
    std::string tables;  ///< comma-separated
};

/// When something is done by itself.
struct DictionaryJob {
    std::string schedule;  ///< in words; with what is missing where it is not set up
    std::string job, environment;
};

/// The two sides of an environment table, and how they compare.
struct Environments {
    std::string a, b;  ///< names for the columns: `DEV`, `PRD`
    std::vector<TableComparison> tables;
};

/// What the document says beside the tables.
struct DictionaryDocument {
    std::string database;
    std::string environment;
    std::optional<Date> updated;  ///< none: neither a day nor row counts are told
    std::vector<DataFlow> flows = {};
    std::vector<DictionaryJob> jobs = {};
    std::optional<Environments> environments = {};
    std::vector<DictionaryExtra> extras = {};
};

/// Tables, the owner's views and triggers, data flow and jobs as members `tables`, `extras`,
/// `flows` and `jobs` of an object that is being written.
void write_dictionary(json::Writer& json, const std::vector<DictionaryGroup>& groups,
                      const DictionaryDocument& document);

/// The whole data dictionary as Markdown.
std::string dictionary_text(const std::vector<DictionaryGroup>& groups,
                            const DictionaryDocument& document);

}  // namespace dreams::store
